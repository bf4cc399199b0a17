/** The alternatives to this throttle, each with the settings that keep best to N calls a second. */

import Bottleneck from "bottleneck";
import { RateLimiter } from "limiter";
import PQueue from "p-queue";
import pThrottle from "p-throttle";
import { RateLimiterMemory, RateLimiterQueue } from "rate-limiter-flexible";

import { OURS } from "./ours";
import type { Peer, Send } from "./peer";

export const PEERS: readonly Peer[] = [
  OURS,
  {
    name: "limiter 4.1",
    settings: "RateLimiter, tokensPerInterval N, interval 1000",
    create(perSecond) {
      const limiter = new RateLimiter({ tokensPerInterval: perSecond, interval: 1000 });
      return async (send) => {
        await limiter.removeTokens(1);
        return send();
      };
    },
  },
  {
    name: "Bottleneck 2.19, reservoir",
    settings: "reservoir N, refreshed each 1000 ms",
    create(perSecond) {
      const limiter = new Bottleneck({
        reservoir: perSecond,
        reservoirRefreshAmount: perSecond,
        reservoirRefreshInterval: 1000,
      });
      return (send) => limiter.schedule(send);
    },
  },
  {
    name: "Bottleneck 2.19, spaced",
    settings: "minTime 1000 / N",
    create(perSecond) {
      const limiter = new Bottleneck({ minTime: 1000 / perSecond });
      return (send) => limiter.schedule(send);
    },
  },
  {
    name: "p-queue 9.3",
    settings: "intervalCap N, interval 1000, strict",
    create(perSecond) {
      const queue = new PQueue({ intervalCap: perSecond, interval: 1000, strict: true });
      return (send) => queue.add(send);
    },
  },
  {
    name: "p-throttle 8.1",
    settings: "limit N, interval 1000, strict",
    create(perSecond) {
      return pThrottle({ limit: perSecond, interval: 1000, strict: true })((send: Send) => send());
    },
  },
  {
    name: "rate-limiter-flexible 11.4",
    settings: "RateLimiterQueue on RateLimiterMemory, N points a second",
    create(perSecond) {
      const queue = new RateLimiterQueue(new RateLimiterMemory({ points: perSecond, duration: 1 }), {
        maxQueueSize: Number.MAX_SAFE_INTEGER,
      });
      return async (send) => {
        await queue.removeTokens(1);
        return send();
      };
    },
  },
];

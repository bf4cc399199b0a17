/** What an agent's browser does when chats are to be joined: stock Flex, and what does better. */

import { AdaptiveRetryStrategy, AdaptiveRetryStrategyOptions, MAXIMUM_RETRY_DELAY } from "@smithy/util-retry";
import { TokenBucket } from "limiter";

import { ADD_MEMBER, LIMITS, RateLimitId } from "../../src/limits/limits";
import { readSettings } from "../../src/settings/readSettings";
import { AccountAnswer } from "../../testing/account";
import { refusalIn } from "../../testing/scene";
import { VirtualClock } from "../../testing/virtualClock";
import { Heap, NOWHERE } from "../../src/throttle/heap";
import { RateLimit } from "../../src/throttle/rateLimit";
import { Throttle } from "../../src/throttle/throttle";
import type { Scenario } from "./scenarios";

/** What an agent's browser has around it. */
export interface World {
  readonly clock: VirtualClock;
  readonly way: Scenario["way"];
  readonly random: () => number;
  /** One join, sent now. */
  request(): Promise<AccountAnswer>;
}

export interface Policy {
  readonly name: string;
  /** @returns what one browser does for one chat that was accepted; whether it was joined in the end. */
  newAgent(world: World): () => Promise<boolean>;
}

const PER_SECOND = LIMITS[ADD_MEMBER].perSecond;

/** Flex 1.34.6 sends at once, and never again. */
const stock: Policy = {
  name: "stock Flex",
  newAgent: (world) => async () => (await world.request()).status === 200,
};

/** With the account's flag `flex-chat-auto-join`: again after about 1, 2, 4 … seconds, six times. */
const autoJoin: Policy = {
  name: "stock, auto-join",
  newAgent: (world) => async () => {
    for (let retry = 0; (await world.request()).status !== 200; retry += 1) {
      if (retry === 6) return false;
      await world.clock.sleep(1000 * 2 ** retry);
    }
    return true;
  },
};

/** `limiter`'s token bucket, and for each call that is refused a backoff of its own with full jitter, up to half a minute. */
export const bucketAlone: Policy = {
  name: "bucket, no learning",
  newAgent(world) {
    const bucket = new TokenBucket({ bucketSize: PER_SECOND, tokensPerInterval: PER_SECOND, interval: 1000 });
    bucket.content = PER_SECOND;
    let line: Promise<void> = Promise.resolve();
    const turn = () =>
      (line = line.then(async () => {
        while (!bucket.tryRemoveTokens(1)) await world.clock.sleep(bucket.getWaitTime(1));
      }));
    return async () => {
      for (let retry = 0; ; retry += 1) {
        await turn();
        if ((await world.request()).status === 200) return true;
        await world.clock.sleep(world.random() * Math.min(30_000, 1000 * 2 ** retry));
      }
    };
  },
};

/**
 * AWS's clients in their retry mode "adaptive": nothing is held back until the first refusal; from then on everything passes
 * a bucket whose rate is learned (CUBIC), and what was refused comes again after a backoff. Attempts without end, for the
 * default of three would give up most chats; else its defaults: of the settings tried, a higher
 * `minFillRate` is done sooner but refused more, the others gain nothing.
 */
export const awsAdaptive: Policy = {
  name: "AWS adaptive",
  newAgent({ random, request }) {
    const strategy = new AdaptiveRetryStrategy(Infinity, { maxAttempts: Infinity, backoff: awsBackoff(random) });
    return async () => {
      let token = (await strategy.acquireInitialRetryToken("")) as AwsToken;
      while ((await request()).status !== 200) {
        // It throws where too many of this browser's calls are being retried: its budget of retries has no setting.
        const next = await strategy
          .refreshRetryTokenForRetry(token, { errorType: "THROTTLING" })
          .catch(() => undefined);
        if (!next) return false;
        token = next as AwsToken;
      }
      strategy.recordSuccess(token);
      return true;
    };
  },
};

/** What the strategy really hands out; its types say less of it where they give it than where they take it. */
type AwsToken = Parameters<AdaptiveRetryStrategy["recordSuccess"]>[0];

/** The library's own backoff, but the chance, which it takes from `Math.random`, is handed in. */
function awsBackoff(random: () => number): AdaptiveRetryStrategyOptions["backoff"] {
  let baseMs = 0;
  return {
    setDelayBase: (delayMs) => void (baseMs = delayMs),
    computeNextBackoffDelay: (retry) => Math.floor(random() * Math.min(baseMs * 2 ** retry, MAXIMUM_RETRY_DELAY)),
  };
}

/** This plugin's throttle with its defaults, but for what is changed in its limit: no settings, for only the simulation wants it. */
export const throttled = (
  name: string,
  change: (limit: RateLimit<RateLimitId>, world: World) => void = () => undefined,
): Policy => ({
  name,
  newAgent(world) {
    const { clock, random, request } = world;
    const throttle = new Throttle({
      settings: readSettings({ queue: { maxLength: 100_000 } }).settings,
      clock,
      random,
    });
    change(throttle["limits"].get(ADD_MEMBER), world);
    const call = {
      limits: [ADD_MEMBER],
      name: "join",
      isExemptFromQueueLimit: true,
      isExemptFromRetryBudget: true,
      priority: "high",
      maxWaitMs: Infinity,
    } as const;
    return async () => (await throttle.run(call, request, refusalIn)).status === 200;
  },
});

/** The whole of it, but a refusal does not lower the rate: what is left is what learning is good for. */
export const unlearning = throttled(
  "flex-throttle, no learning",
  (limit) => (limit["adaptiveRate"].recordThrottled = () => undefined),
);

export const ours = throttled("flex-throttle");

/**
 * No ways to pace, but yardsticks: the soonest that somebody can be who must not be refused and cannot tell how long the next way
 * will take, but knows that no round trip is quicker than this. An arrival lies somewhere between its sending and its answer; so a
 * start follows a second after the answer of the tenth before it, less the quickest round trip.
 */
const unrefused = (name: string, quickestMs: (world: World) => number): Policy => ({
  name,
  newAgent(world) {
    const { clock, request } = world;
    const freeAtMs = new Heap<"index", { readonly atMs: number; index: number }>("index", (a, b) => a.atMs < b.atMs);
    const waiting: (() => void)[] = [];
    const free = (atMs: number) => {
      freeAtMs.push({ atMs, index: NOWHERE });
      clock.schedule(letGo, Math.max(0, atMs - clock.now()));
    };
    const letGo = () => {
      for (
        let first = freeAtMs.peek();
        first && waiting.length > 0 && first.atMs <= clock.now();
        first = freeAtMs.peek()
      ) {
        freeAtMs.pop();
        waiting.shift()?.();
      }
    };
    for (let slot = 0; slot < PER_SECOND; slot += 1) free(0);
    return async () => {
      const turn = new Promise<void>((go) => waiting.push(go));
      letGo();
      await turn;
      const { status } = await request();
      free(clock.now() + 1000 - quickestMs(world));
      return status === 200;
    };
  },
});

/** As well as it can be known, and from the start. */
export const knowing = unrefused("knows the quickest way", ({ way }) => 2 * way.fromMs);

/** As everybody is at the start. */
export const unknowing = unrefused("knows nothing of the way", () => 0);

export const POLICIES: readonly Policy[] = [stock, autoJoin, bucketAlone, awsAdaptive, unlearning, ours];

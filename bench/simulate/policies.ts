/** What an agent's browser does when chats are to be joined: stock Flex, and three ways of doing better. */

import { TokenBucket } from "limiter";

import { ADD_MEMBER, LIMITS } from "../../src/limits/limits";
import { readSettings } from "../../src/settings/readSettings";
import { AccountAnswer } from "../../src/testing/account";
import { refusalIn } from "../../src/testing/scene";
import { VirtualClock } from "../../src/testing/virtualClock";
import { Throttle } from "../../src/throttle/throttle";

/** What an agent's browser has around it. */
export interface World {
  readonly clock: VirtualClock;
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
const bucketAlone: Policy = {
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

const ours: Policy = {
  name: "flex-throttle",
  newAgent({ clock, random, request }) {
    const throttle = new Throttle({ settings: readSettings({ queue: { maxLength: 100_000 } }).settings, clock, random });
    const call = { limits: [ADD_MEMBER], name: "join", purpose: "join", priority: "high", maxWaitMs: Infinity } as const;
    return async () => (await throttle.run(call, request, refusalIn)).status === 200;
  },
};

export const POLICIES: readonly Policy[] = [stock, autoJoin, bucketAlone, ours];

/** The policies under comparison: how an agent's browser sends its joins. */

import { AdaptiveRetryStrategy, AdaptiveRetryStrategyOptions, MAXIMUM_RETRY_DELAY } from "@smithy/util-retry";
import { TokenBucket } from "limiter";

import { ADD_MEMBER, LIMITS, RateLimitId } from "../../src/limits/limits";
import { readSettings } from "../../src/settings/readSettings";
import { AccountAnswer } from "../../testing/account";
import { MemoryLogs } from "../../testing/memoryLogs";
import { tooManyIn } from "../../testing/scene";
import { createSettingsNotices } from "../../src/account/settingsNotices";
import { SharedBudget } from "../../src/account/sharedBudget";
import { VirtualClock } from "../../testing/virtualClock";
import { AccountBudget } from "../../src/throttle/accountBudget";
import { Heap, NOWHERE } from "../../src/throttle/heap";
import { RateLimit } from "../../src/throttle/rateLimit";
import { Throttle } from "../../src/throttle/throttle";
import type { Scenario } from "./scenarios";

/** The environment of one agent's browser. */
export interface World {
  /** The number of the agent, from 0. */
  readonly index: number;
  readonly clock: VirtualClock;
  readonly latency: Scenario["latency"];
  readonly random: () => number;
  /** The service that the browsers of one account share. */
  readonly logs: MemoryLogs;
  /** Joins a second that the account allows. */
  readonly perSecond: number;
  /** Receives the account budget, if the policy has one. */
  onBudget(budget: AccountBudget): void;
  /** Calls the listener when the tab dies. */
  onDeath(listener: () => void): void;
  /** Sends one join at once. */
  request(): Promise<AccountAnswer>;
}

export interface Policy {
  readonly name: string;
  /** @returns a function that joins one accepted chat, and resolves to whether it succeeded. */
  newAgent(world: World): () => Promise<boolean>;
}

const PER_SECOND = LIMITS[ADD_MEMBER].perSecond;

/** Flex 1.34.6 sends a join at once and does not retry it. */
export const stock: Policy = {
  name: "stock Flex",
  newAgent: (world) => async () => (await world.request()).status === 200,
};

/** Flex with the account's flag `flex-chat-auto-join` retries a join six times, after about 1, 2, 4 … s. */
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

/** `limiter`'s token bucket, and a backoff per call: full jitter, up to 30 s. */
export const bucketAlone: Policy = {
  name: "bucket, fixed rate",
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
 * AWS's retry mode "adaptive". After the first 429, all calls pass a token bucket with an adaptive rate (CUBIC), and
 * throttled calls are retried after a backoff. Attempts are unlimited, since the default of three loses most chats. The
 * rest is the default: a higher `minFillRate` finishes sooner with more 429s, and other settings gain nothing.
 */
export const awsAdaptive: Policy = {
  name: "AWS adaptive",
  newAgent({ random, request }) {
    const strategy = new AdaptiveRetryStrategy(Infinity, { maxAttempts: Infinity, backoff: awsBackoff(random) });
    return async () => {
      let token = (await strategy.acquireInitialRetryToken("")) as AwsToken;
      while ((await request()).status !== 200) {
        // Throws when the retry budget is spent. The library has no setting for it.
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

/** The token that the strategy really returns. Its declared return type is narrower. */
type AwsToken = Parameters<AdaptiveRetryStrategy["recordSuccess"]>[0];

/** The library's own backoff, with an injected source of randomness instead of `Math.random`. */
function awsBackoff(random: () => number): AdaptiveRetryStrategyOptions["backoff"] {
  let baseMs = 0;
  return {
    setDelayBase: (delayMs) => void (baseMs = delayMs),
    computeNextBackoffDelay: (retry) => Math.floor(random() * Math.min(baseMs * 2 ** retry, MAXIMUM_RETRY_DELAY)),
  };
}

const settingsOf = ({ perSecond }: World) =>
  readSettings({ queue: { maxLength: 100_000 }, limits: { [ADD_MEMBER]: { perSecond } } }).settings;

/** @param change patches internals of the limit that have no setting. */
export const throttlePolicy = (
  name: string,
  change: (limit: RateLimit<RateLimitId>, world: World) => void = () => undefined,
  newBudget: (world: World) => SharedBudget | undefined = () => undefined,
): Policy => ({
  name,
  newAgent(world) {
    const { clock, random, request } = world;
    const accountBudget = newBudget(world);
    const throttle = new Throttle({ settings: settingsOf(world), clock, random, accountBudget });
    change(throttle["limits"].get(ADD_MEMBER), world);
    const call = {
      limits: [ADD_MEMBER],
      name: "join",
      isExemptFromQueueLimit: true,
      isExemptFromRetryBudget: true,
      priority: "high",
      maxWaitMs: Infinity,
    } as const;
    return async () => (await throttle.run(call, request, tooManyIn)).status === 200;
  },
});

/** Does not lower its rate after a 429. Shows what the adaptive rate contributes. */
export const fixedRate = throttlePolicy(
  "flex-throttle, fixed rate",
  (limit) => (limit["adaptiveRate"].recordThrottled = () => undefined),
);

export const ours = throttlePolicy("flex-throttle");

/** The throttle with the account budget. Each browser's log is open when its first chat is accepted. */
export const shared = throttlePolicy(
  "flex-throttle, account budget",
  () => undefined,
  (world) => {
    const { logs, clock, random, onBudget, onDeath } = world;
    const report = (error: unknown) => console.error(error);
    const engine = logs.newEngine();
    const notices = createSettingsNotices({ engine, clock, random, readSettings: async () => undefined });
    const budget = new SharedBudget({ engine, settings: settingsOf(world), clock, random, report, notices });
    budget.prepare(ADD_MEMBER);
    onDeath(() => budget.close());
    onBudget(budget);
    return budget;
  },
);

/**
 * Baselines, not policies: the shortest time without a 429 for a sender that knows only the minimum round trip. A call arrives
 * between its start and its answer. So a start is safe one second after the answer to the tenth start before it, less that
 * minimum.
 */
const baseline = (name: string, minRoundTripMs: (world: World) => number): Policy => ({
  name,
  newAgent(world) {
    const { clock, request } = world;
    const freeAtMs = new Heap<"index", { readonly atMs: number; index: number }>("index", (a, b) => a.atMs < b.atMs);
    const waiting: (() => void)[] = [];
    const freeSlot = (atMs: number) => {
      freeAtMs.push({ atMs, index: NOWHERE });
      clock.schedule(sendNext, Math.max(0, atMs - clock.now()));
    };
    const sendNext = () => {
      for (
        let first = freeAtMs.peek();
        first && waiting.length > 0 && first.atMs <= clock.now();
        first = freeAtMs.peek()
      ) {
        freeAtMs.pop();
        waiting.shift()?.();
      }
    };
    for (let slot = 0; slot < PER_SECOND; slot += 1) freeSlot(0);
    return async () => {
      const turn = new Promise<void>((go) => waiting.push(go));
      sendNext();
      await turn;
      const { status } = await request();
      freeSlot(clock.now() + 1000 - minRoundTripMs(world));
      return status === 200;
    };
  },
});

/** Knows the minimum round trip from the start. */
export const latencyKnown = baseline("latency known", ({ latency }) => 2 * latency.fromMs);

/** Never learns the minimum round trip. At its start, every page is in this position. */
export const latencyUnknown = baseline("latency unknown", () => 0);

export const POLICIES: readonly Policy[] = [stock, autoJoin, bucketAlone, awsAdaptive, fixedRate, ours];

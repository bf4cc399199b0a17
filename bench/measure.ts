/** Measurements of one library: how it keeps to a limit (virtual clock), and what it costs (real clock and heap). */

import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

import { CREATE_CHANNEL } from "../src/limits/limits";
import { Account, AccountOptions, COUNTINGS } from "../testing/account";
import { JITTER, STEADY } from "../testing/scene";
import { seeded, VirtualClock } from "../testing/virtualClock";
import { readSettings } from "../src/settings/readSettings";
import { Throttle } from "../src/throttle/throttle";
import type { Peer, Schedule } from "./peer";
import { replaceGlobalTime } from "./virtualGlobals";

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

const PER_SECOND = 10;

export interface Conformance {
  /** The most starts in any rolling second. The limit is ten. */
  readonly maxPerSecond: number;
  /** 429s per success, by the account's counting method. */
  readonly throttledPerSuccess: Readonly<Record<AccountOptions["counting"], number>>;
  readonly isInOrder: boolean;
  /** Share of the limit used while calls are always queued, 0 to 1, at constant and at varying latency. */
  readonly shareUsed: { readonly steady: number; readonly jitter: number };
}

async function onVirtualTime<T>(run: (clock: VirtualClock) => Promise<T>): Promise<T> {
  const clock = new VirtualClock();
  const restore = replaceGlobalTime(clock);
  try {
    return await run(clock);
  } finally {
    restore();
  }
}

interface Burst {
  readonly counting: AccountOptions["counting"];
  /** One way. */
  readonly latency: { readonly fromMs: number; readonly toMs: number };
  readonly calls: number;
  readonly seed: number;
}

/** Queues all calls at once. */
function runBurst(peer: Peer, { counting, latency, calls, seed }: Burst) {
  return onVirtualTime(async (clock) => {
    const chance = seeded(seed);
    const account = new Account({
      clock,
      counting,
      perSecond: () => PER_SECOND,
      delayMs: () => latency.fromMs + chance() * (latency.toMs - latency.fromMs),
      phaseMs: chance() * 1000,
    });
    const schedule = peer.create(PER_SECOND, clock);
    const order: number[] = [];
    const all = Array.from({ length: calls }, (_, index) =>
      schedule(() => {
        order.push(index);
        return account.request([CREATE_CHANNEL]);
      }),
    );
    await clock.until(Promise.all(all));
    const starts = account.sentAtMs.get(CREATE_CHANNEL) as number[];
    // Skips the first half, in which the throttle learns the latency. Compares starts that are whole seconds apart.
    const first = Math.floor(starts.length / 2 / PER_SECOND) * PER_SECOND;
    const last = Math.floor((starts.length - 1) / PER_SECOND) * PER_SECOND;
    const shareUsed = ((last - first) * 1000) / (starts[last] - starts[first]) / PER_SECOND;
    return {
      account,
      shareUsed,
      maxPerSecond: account.mostInAnySecond(CREATE_CHANNEL),
      isInOrder: order.every((call, index) => call === index),
    };
  });
}

/** A hundred random bursts with pauses of up to 1.5 s. @returns the most starts in any rolling second. */
function maxStartsInRandomBursts(peer: Peer, seed: number): Promise<number> {
  return onVirtualTime(async (clock) => {
    const chance = seeded(seed);
    const account = new Account({ clock, counting: "rolling", perSecond: () => Infinity, delayMs: () => 90 });
    const schedule = peer.create(PER_SECOND, clock);
    const all: Promise<unknown>[] = [];
    for (let burstNumber = 0; burstNumber < 100; burstNumber += 1) {
      for (let calls = Math.floor(chance() * 15); calls > 0; calls -= 1)
        all.push(schedule(() => account.request([CREATE_CHANNEL])));
      await clock.run(clock.now() + chance() * 1500);
    }
    await clock.until(Promise.all(all));
    return account.mostInAnySecond(CREATE_CHANNEL);
  });
}

export async function measureConformance(peer: Peer, calls = 4000): Promise<Conformance> {
  const throttledPerSuccess: Partial<Record<AccountOptions["counting"], number>> = {};
  let maxPerSecond = Math.max(await maxStartsInRandomBursts(peer, 1), await maxStartsInRandomBursts(peer, 2));
  let isInOrder = true;
  for (const counting of COUNTINGS) {
    let throttled = 0;
    let succeeded = 0;
    for (const seed of [1, 2, 3]) {
      const result = await runBurst(peer, { counting, latency: JITTER, calls: 20 * PER_SECOND, seed });
      throttled += result.account.throttledCount;
      succeeded += result.account.successCount;
      maxPerSecond = Math.max(maxPerSecond, result.maxPerSecond);
      isInOrder = isInOrder && result.isInOrder;
    }
    throttledPerSuccess[counting] = throttled / succeeded;
  }
  const steady = await runBurst(peer, { counting: "rolling", latency: STEADY, calls: 400, seed: 1 });
  const jitter = await runBurst(peer, { counting: "rolling", latency: JITTER, calls, seed: 1 });
  return {
    maxPerSecond,
    throttledPerSuccess: throttledPerSuccess as Conformance["throttledPerSuccess"],
    isInOrder,
    shareUsed: { steady: steady.shareUsed, jitter: jitter.shareUsed },
  };
}

const realNow = performance.now.bind(performance);
const OK = { status: 200 } as const;
const send = () => Promise.resolve(OK);

/** Microseconds for a call that is never queued: calls in sequence, median of the rounds. */
export function costPerCall(peer: Peer, rounds = 60, callsPerRound = 500): Promise<number> {
  return onVirtualTime(async (clock) => {
    const schedule = peer.create(callsPerRound * 2, clock);
    const costsUs: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const startMs = realNow();
      // Some libraries set a timer even for a call that may go at once. It is part of their cost.
      await clock.until(sendInSequence(schedule, callsPerRound));
      costsUs.push(((realNow() - startMs) * 1000) / callsPerRound);
      await clock.run(clock.now() + 3000);
    }
    return costsUs.sort((a, b) => a - b)[Math.floor(rounds / 2)];
  });
}

async function sendInSequence(schedule: Schedule, calls: number): Promise<void> {
  for (let call = 0; call < calls; call += 1) await schedule(send);
}

export interface QueueCost {
  /** CPU time to queue and to send all calls. Other processes do not count. */
  readonly cpuMs: number;
  readonly bytesPerCall: number;
}

/** Queues all calls at once on a limit of a thousand a second. */
export function measureQueue(peer: Pick<Peer, "create">, calls: number): Promise<QueueCost> {
  return onVirtualTime(async (clock) => {
    const schedule = peer.create(1000, clock);
    await clock.until(schedule(send));
    await clock.run(clock.now() + 3000);
    const all = new Array<Promise<unknown>>(calls);
    const bytesBefore = heapUsed();
    const start = process.cpuUsage();
    for (let call = 0; call < calls; call += 1) all[call] = schedule(send);
    const queued = process.cpuUsage(start);
    const bytesPerCall = (heapUsed() - bytesBefore) / calls;
    const drainStart = process.cpuUsage();
    await clock.until(Promise.all(all));
    const drained = process.cpuUsage(drainStart);
    return { cpuMs: (queued.user + drained.user) / 1000, bytesPerCall };
  });
}

/** Bytes of heap per queued call in this throttle, without its caller's promises. */
export function bytesInQueue(calls: number): Promise<number> {
  return onVirtualTime(async (clock) => {
    const { settings } = readSettings({ queue: { maxLength: 10_000_000 } });
    const throttle = new Throttle({ settings, clock, random: Math.random });
    const call = { limits: [CREATE_CHANNEL], name: "bench" } as const;
    const all = new Array<Promise<unknown>>(calls);
    const before = heapUsed();
    for (let index = 0; index < calls; index += 1) all[index] = throttle.acquire(call);
    const bytes = heapUsed() - before;
    for (const each of all) each.catch(() => undefined);
    await clock.run();
    return bytes / calls;
  });
}

/** Heap growth in bytes after that many finished calls. */
export function bytesLeftAfter(peer: Peer, calls: number): Promise<number> {
  return onVirtualTime(async (clock) => {
    const perSecond = 10_000;
    const schedule = peer.create(perSecond, clock);
    const round = async () => {
      await clock.until(sendInSequence(schedule, perSecond / 2));
      await clock.run(clock.now() + 3000);
    };
    for (let warmUp = 0; warmUp < 3; warmUp += 1) await round();
    const before = heapUsed();
    for (let done = 0; done < calls; done += perSecond / 2) await round();
    return heapUsed() - before;
  });
}

/** Bytes in use after a garbage collection. */
function heapUsed(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

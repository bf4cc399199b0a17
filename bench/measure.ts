/** What is measured of each library. Laws on a virtual clock, costs on the machine's own. */

import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

import { CREATE_CHANNEL } from "../src/limits/limits";
import { Account, AccountOptions, COUNTINGS } from "../testing/account";
import { JITTER, STEADY } from "../testing/scene";
import { seeded, VirtualClock } from "../testing/virtualClock";
import { readSettings } from "../src/settings/readSettings";
import { Throttle } from "../src/throttle/throttle";
import { takeOver } from "./machine";
import type { Peer, Schedule } from "./peer";

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

const PER_SECOND = 10;

export interface Laws {
  /** The most starts that any rolling second held, of a limit of ten. */
  readonly mostInAnySecond: number;
  /** Refusals for each call that went through, by the account's way of counting. */
  readonly refusedPerSuccess: Readonly<Record<AccountOptions["counting"], number>>;
  readonly isInOrder: boolean;
  /** Share of the limit that is used while there is always more to send, where every way takes the same, and where they vary. */
  readonly used: { readonly steady: number; readonly jitter: number };
}

async function onVirtualTime<T>(run: (clock: VirtualClock) => Promise<T>): Promise<T> {
  const clock = new VirtualClock();
  const giveBack = takeOver(clock);
  try {
    return await run(clock);
  } finally {
    giveBack();
  }
}

interface Burst {
  readonly counting: AccountOptions["counting"];
  readonly way: { readonly fromMs: number; readonly toMs: number };
  readonly calls: number;
  readonly seed: number;
}

/** All calls at once. */
function burst(peer: Peer, { counting, way, calls, seed }: Burst) {
  return onVirtualTime(async (clock) => {
    const chance = seeded(seed);
    const account = new Account({
      clock,
      counting,
      perSecond: () => PER_SECOND,
      wayMs: () => way.fromMs + chance() * (way.toMs - way.fromMs),
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
    // The first half is there to learn the way. From one start to another that stands as many seconds' worth later.
    const first = Math.floor(starts.length / 2 / PER_SECOND) * PER_SECOND;
    const last = Math.floor((starts.length - 1) / PER_SECOND) * PER_SECOND;
    const used = ((last - first) * 1000) / (starts[last] - starts[first]) / PER_SECOND;
    return {
      account,
      used,
      mostInAnySecond: account.mostInAnySecond(CREATE_CHANNEL),
      isInOrder: order.every((call, index) => call === index),
    };
  });
}

/** Bursts and lulls, a second apart and less, as agents work. @returns the most starts in any second. */
function restless(peer: Peer, seed: number): Promise<number> {
  return onVirtualTime(async (clock) => {
    const chance = seeded(seed);
    const account = new Account({ clock, counting: "rolling", perSecond: () => Infinity, wayMs: () => 90 });
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

export async function measureLaws(peer: Peer, calls = 4000): Promise<Laws> {
  const refusedPerSuccess: Partial<Record<AccountOptions["counting"], number>> = {};
  let most = Math.max(await restless(peer, 1), await restless(peer, 2));
  let isInOrder = true;
  for (const counting of COUNTINGS) {
    let refused = 0;
    let done = 0;
    for (const seed of [1, 2, 3]) {
      const result = await burst(peer, { counting, way: JITTER, calls: 20 * PER_SECOND, seed });
      refused += result.account.refused;
      done += result.account.done;
      most = Math.max(most, result.mostInAnySecond);
      isInOrder = isInOrder && result.isInOrder;
    }
    refusedPerSuccess[counting] = refused / done;
  }
  const steady = await burst(peer, { counting: "rolling", way: STEADY, calls: 400, seed: 1 });
  const jitter = await burst(peer, { counting: "rolling", way: JITTER, calls, seed: 1 });
  return {
    mostInAnySecond: most,
    refusedPerSuccess: refusedPerSuccess as Laws["refusedPerSuccess"],
    isInOrder,
    used: { steady: steady.used, jitter: jitter.used },
  };
}

const realNow = performance.now.bind(performance);
const OK = { status: 200 } as const;
const send = () => Promise.resolve(OK);

/** Microseconds of a call that need not wait, of calls one after the other; the median of many rounds. */
export function costPerCall(peer: Peer, rounds = 60, callsPerRound = 500): Promise<number> {
  return onVirtualTime(async (clock) => {
    const schedule = peer.create(callsPerRound * 2, clock);
    const rates: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const startMs = realNow();
      // Some libraries wait for a timer even where nobody has to wait; that timer's time is part of their cost.
      await clock.until(oneAfterTheOther(schedule, callsPerRound));
      rates.push(((realNow() - startMs) * 1000) / callsPerRound);
      await clock.run(clock.now() + 3000);
    }
    return rates.sort((a, b) => a - b)[Math.floor(rounds / 2)];
  });
}

async function oneAfterTheOther(schedule: Schedule, calls: number): Promise<void> {
  for (let call = 0; call < calls; call += 1) await schedule(send);
}

export interface WaitingCost {
  /** Milliseconds of the processor to queue them all and let them all go, whatever else the machine does meanwhile. */
  readonly totalMs: number;
  readonly bytesEach: number;
}

/** So many calls at once, on a limit of a thousand a second. */
export function costOfWaiting(peer: Pick<Peer, "create">, calls: number): Promise<WaitingCost> {
  return onVirtualTime(async (clock) => {
    const schedule = peer.create(1000, clock);
    await clock.until(schedule(send));
    await clock.run(clock.now() + 3000);
    const all = new Array<Promise<unknown>>(calls);
    const bytesBefore = heapUsed();
    const start = process.cpuUsage();
    for (let call = 0; call < calls; call += 1) all[call] = schedule(send);
    const queued = process.cpuUsage(start);
    const bytesEach = (heapUsed() - bytesBefore) / calls;
    const drainStart = process.cpuUsage();
    await clock.until(Promise.all(all));
    const drained = process.cpuUsage(drainStart);
    return { totalMs: (queued.user + drained.user) / 1000, bytesEach };
  });
}

/** Bytes of a call that waits in the throttle itself, without the promises of who sends it. */
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

/** Bytes that are left of so many calls, each in its turn. */
export function leftAfter(peer: Peer, calls: number): Promise<number> {
  return onVirtualTime(async (clock) => {
    const perSecond = 10_000;
    const schedule = peer.create(perSecond, clock);
    const round = async () => {
      await clock.until(oneAfterTheOther(schedule, perSecond / 2));
      await clock.run(clock.now() + 3000);
    };
    for (let warmUp = 0; warmUp < 3; warmUp += 1) await round();
    const before = heapUsed();
    for (let done = 0; done < calls; done += perSecond / 2) await round();
    return heapUsed() - before;
  });
}

/** What is garbage is not counted, however Node was started and whoever started it. */
function heapUsed(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

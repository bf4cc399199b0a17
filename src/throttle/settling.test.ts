/** Breaks each part that a waiting call depends on: every call still ends exactly once, with its own end. */

import { settingsOf } from "../../testing/throttles";
import { VirtualClock } from "../../testing/virtualClock";
import { RateLimitId } from "../limits/limits";
import { Call } from "./call";
import { Clock } from "./clock";
import { CallCoalescer, CoalescedCall } from "./coalescing";
import { Dispatcher } from "./dispatcher";
import { FailSafeThrottle } from "./failSafeThrottle";
import { LimitSet } from "./limitSet";
import { Permit } from "./permit";
import { PermitFactory } from "./permitFactory";
import { CallQueue } from "./queue";
import { QueuedCall } from "./queuedCall";
import { Subscriptions } from "./subscriptions";
import { Throttle } from "./throttle";
import { TooManyRequests } from "./tooManyRequests";
import { WaitingCalls } from "./waitingCalls";

const LIMIT = "GET /WebChannels"; // 1 a second
const OTHER = "POST /channels"; // 10 a second

afterEach(() => void jest.restoreAllMocks());

/** Breaking it does not break the clock of the simulated network. */
class ThrottleClock implements Clock {
  constructor(private readonly clock: Clock) {}

  now(): number {
    return this.clock.now();
  }

  schedule(callback: () => void, delayMs: number): () => void {
    return this.clock.schedule(callback, delayMs);
  }
}

const PARTS: [string, object, string][] = (
  [
    [QueuedCall.prototype, ["grant", "fail", "release", "removeOnAbort"]],
    [
      Dispatcher.prototype,
      ["add", "enqueue", "cancel", "fail", "dispatch", "grant", "dropExpired", "setTimer", "releaseAll"],
    ],
    [CallQueue.prototype, ["add", "admit", "remove", "countAhead", "isFirst", "hasWaitersOn"]],
    [WaitingCalls.prototype, ["add", "findExpired"]],
    [
      LimitSet.prototype,
      ["waitMs", "takeSlots", "setDemand", "suspendLeases", "renewLeases", "markSent", "markEnded", "markThrottled"],
    ],
    [Permit.prototype, ["grant", "handOff", "release"]],
    [Throttle.prototype, ["waitForTurn", "grant", "reportDropped", "onAborted", "releaseAll"]],
    [PermitFactory.prototype, ["create"]],
    [Subscriptions.prototype, ["emit", "notifyChanged"]],
    [CallCoalescer.prototype, ["coalesce", "createRerun"]],
    [CoalescedCall.prototype, ["join", "leave", "end"]],
    [ThrottleClock.prototype, ["schedule"]],
  ] as [object, string[]][]
).flatMap(([prototype, names]) =>
  names.map((name): [string, object, string] => [`${prototype.constructor.name}.${name}`, prototype, name]),
);

/** Throws at the uses that the predicate selects, counted from 1. */
function breakMethod(prototype: object, name: string, isBroken: (use: number) => boolean): () => boolean {
  const original = (prototype as Record<string, (...args: unknown[]) => unknown>)[name];
  let uses = 0;
  let wasBroken = false;
  jest.spyOn(prototype as Record<string, () => unknown>, name).mockImplementation(function (this: unknown, ...args) {
    uses += 1;
    if (!isBroken(uses)) return original.apply(this, args as unknown[]);
    wasBroken = true;
    throw new Error(`${name} is broken`);
  });
  return () => wasBroken;
}

interface Sent {
  readonly name: string;
  readonly attempt: number;
}

interface SeenCall {
  readonly name: string;
  readonly ends: string[];
  sent: number;
  /** How often it was sent after its caller had its end. */
  sentTooLate: number;
}

class Burst {
  readonly clock = new VirtualClock();
  readonly calls: SeenCall[] = [];
  readonly throttle = new FailSafeThrottle<RateLimitId>({
    settings: settingsOf({}),
    clock: new ThrottleClock(this.clock),
    random: () => 0.5,
    report: () => {
      throw new Error("the console is broken, too");
    },
  });
  private readonly coalescer = new CallCoalescer<RateLimitId>(this.throttle, () => undefined);

  /** Starts waiting calls of every kind. */
  async play(): Promise<void> {
    const { throttle, clock } = this;
    const abort = [new AbortController(), new AbortController(), new AbortController()];
    const permit = await throttle.acquire({ limits: [OTHER], name: "accept", isEntryPoint: true });
    this.send("first", {});
    this.send("throttled", { isThrottledOnce: true });
    this.send("aborted", { signal: abort[0].signal });
    this.send("expired", { maxWaitMs: 1500 });
    this.send("on two limits", { limits: [LIMIT, OTHER] });
    this.read("read", {});
    this.read("read", { signal: abort[1].signal });
    this.read("read", { maxWaitMs: 600_000 });
    this.read("uncopied", { copy: throwError });
    this.read("uncopied", { copy: throwError });
    this.read("abandoned", { signal: abort[2].signal });
    this.send("canceled", {});
    throttle.handOff({ limits: [LIMIT, OTHER], key: "CH1", permit, details: {} });
    this.send("join", { limits: [LIMIT, OTHER], key: "CH1" });
    await clock.run(clock.now() + 500);
    abort.forEach((controller) => controller.abort());
    const canceled = throttle.status().waiting.find(({ name }) => name === "canceled");
    if (canceled) throttle.cancel(canceled.id);
    await clock.run();
  }

  private send(name: string, options: Partial<Call<RateLimitId>> & { readonly isThrottledOnce?: boolean }): void {
    const seen = this.addCall(name);
    const call = { limits: [LIMIT] as RateLimitId[], name, ...options };
    this.watch(
      seen,
      this.throttle.run(
        call,
        () => this.answer(seen),
        (outcome) => this.classify(outcome, options.isThrottledOnce ?? false),
      ),
    );
  }

  private read(name: string, { copy, ...options }: Partial<Call<RateLimitId>> & { readonly copy?: () => Sent }): void {
    const seen = this.addCall(name);
    const call = { limits: [LIMIT] as RateLimitId[], name, ...options };
    const send = async (signal: AbortSignal | undefined) => {
      if (signal?.aborted) throw new DOMException("aborted", "AbortError");
      return this.answer(seen);
    };
    this.watch(seen, this.coalescer.run({ call, coalescingKey: name, send, classify: () => "answered", copy }));
  }

  private addCall(name: string): SeenCall {
    const seen: SeenCall = { name, ends: [], sent: 0, sentTooLate: 0 };
    this.calls.push(seen);
    return seen;
  }

  private async answer(seen: SeenCall): Promise<Sent> {
    seen.sent += 1;
    if (seen.ends.length > 0 && seen.name !== "read") seen.sentTooLate += 1;
    const attempt = seen.sent;
    await this.clock.sleep(50);
    return { name: seen.name, attempt };
  }

  private classify(outcome: object, isThrottledOnce: boolean): TooManyRequests | "answered" {
    const { attempt } = (outcome as { value: Sent }).value;
    return isThrottledOnce && attempt === 1 ? { scope: "limit" } : "answered";
  }

  private watch(seen: SeenCall, promise: Promise<Sent>): void {
    promise.then(
      ({ name }) => seen.ends.push(`answer to ${name}`),
      (error: Error) => seen.ends.push(error.name),
    );
  }
}

function throwError(): never {
  throw new TypeError("the body is used already");
}

const DECISIONS: Record<string, string> = {
  aborted: "AbortError",
  read: "AbortError",
  abandoned: "AbortError",
  expired: "ThrottleTimeoutError",
  canceled: "ThrottleCanceledError",
};

function expectOneEndEach({ calls }: Burst): void {
  for (const { name, ends, sentTooLate, sent } of calls) {
    expect({ name, ends }).toEqual({ name, ends: [expect.any(String)] });
    expect([`answer to ${name}`, DECISIONS[name]]).toContain(ends[0]);
    expect({ name, sentTooLate }).toEqual({ name, sentTooLate: 0 });
    expect(sent).toBeLessThanOrEqual(2);
  }
}

test("without a failure, every call ends as it should", async () => {
  const burst = new Burst();
  await burst.play();
  expect(burst.calls.map(({ name, ends }) => [name, ...ends])).toEqual([
    ["first", "answer to first"],
    ["throttled", "answer to throttled"],
    ["aborted", "AbortError"],
    ["expired", "ThrottleTimeoutError"],
    ["on two limits", "answer to on two limits"],
    ["read", "answer to read"],
    ["read", "AbortError"],
    ["read", "answer to read"],
    ["uncopied", "answer to uncopied"],
    ["uncopied", "answer to uncopied"],
    ["abandoned", "AbortError"],
    ["canceled", "ThrottleCanceledError"],
    ["join", "answer to join"],
  ]);
});

describe.each(PARTS)("when %s throws", (_, prototype, name) => {
  const isSafetyNet = ["release", "releaseAll", "fail"].includes(name);

  test("once, at any use, every call ends exactly once", async () => {
    for (let broken = 1, isOver = false; !isOver && broken < 60; broken += 1) {
      const wasBroken = breakMethod(prototype, name, (use) => use === broken);
      const burst = new Burst();
      await burst.play();
      jest.restoreAllMocks();
      isOver = !wasBroken();
      expectOneEndEach(burst);
    }
  });

  // Nothing can end a call that waits when what ends it, or time itself, never works.
  if (isSafetyNet) return;
  test("from any use on, every call ends exactly once", async () => {
    for (let broken = 1, isOver = false; !isOver && broken < 60; broken += 1) {
      const wasBroken = breakMethod(prototype, name, (use) => use >= broken);
      const burst = new Burst();
      await burst.play();
      jest.restoreAllMocks();
      isOver = !wasBroken();
      expectOneEndEach(burst);
    }
  });
});

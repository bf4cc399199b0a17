/** A simulated Twilio account on a virtual clock. It counts requests on arrival; requests and answers take time. */

import { Counter, Counting, createCounter } from "../stand-in/gate/counting";
import { RateLimitId } from "../src/limits/limits";
import { TooManyRequests } from "../src/limits/tooManyRequests";
import { VirtualClock } from "./virtualClock";

export const COUNTINGS: readonly Counting[] = ["rolling", "calendar", "bucket"];

export interface AccountOptions {
  readonly clock: VirtualClock;
  readonly counting: Counting;
  /** Requests per second on one limit. */
  readonly perSecond: (limit: RateLimitId) => number;
  /** The delay of one request or answer, in milliseconds. Called for each. */
  readonly delayMs: () => number;
  /** Offset of the account's calendar seconds, in milliseconds. */
  readonly phaseMs?: number;
}

export interface AccountAnswer {
  readonly status: 200 | 429;
  readonly tooMany?: TooManyRequests;
}

export class Account {
  /** The times of sending by limit, on the sender's clock. */
  readonly sentAtMs = new Map<RateLimitId, number[]>();
  throttledCount = 0;
  successCount = 0;
  /** While set, every request gets this 429. */
  closed: TooManyRequests | undefined;
  private readonly counters = new Map<RateLimitId, Counter>();

  constructor(private readonly options: AccountOptions) {}

  async request(limits: readonly RateLimitId[]): Promise<AccountAnswer> {
    const { clock, delayMs } = this.options;
    limits.forEach((limit) => this.sentOn(limit).push(clock.now()));
    await clock.sleep(delayMs());
    const tooMany = this.closed ?? this.admit(limits);
    if (tooMany) this.throttledCount += 1;
    else this.successCount += 1;
    await clock.sleep(delayMs());
    return { status: tooMany ? 429 : 200, tooMany };
  }

  /** The most starts in any rolling second of the sender's clock. Two starts exactly a second apart do not share one. */
  mostInAnySecond(limit: RateLimitId): number {
    const times = this.sentOn(limit);
    let most = 0;
    for (let last = 0, first = 0; last < times.length; last += 1) {
      while (times[first] <= times[last] - 1000) first += 1;
      most = Math.max(most, last - first + 1);
    }
    return most;
  }

  private sentOn(limit: RateLimitId): number[] {
    let times = this.sentAtMs.get(limit);
    if (!times) this.sentAtMs.set(limit, (times = []));
    return times;
  }

  private admit(limits: readonly RateLimitId[]): TooManyRequests | undefined {
    const { clock, counting, perSecond, phaseMs = 0 } = this.options;
    const isAdmitted = limits.every((limit) => {
      let counter = this.counters.get(limit);
      if (!counter) this.counters.set(limit, (counter = createCounter(counting)));
      return counter.admit(clock.now() + phaseMs, perSecond(limit));
    });
    return isAdmitted ? undefined : { scope: "limit" };
  }
}

/** Twilio's account on a virtual clock: it counts requests when they arrive, and both ways take time. */

import { Counter, Counting, createCounter } from "../src/../stand-in/gate/counting";
import { RateLimitId } from "../src/limits/limits";
import { TooManyRequests } from "../src/limits/tooManyRequests";
import { VirtualClock } from "./virtualClock";

export const COUNTINGS: readonly Counting[] = ["rolling", "calendar", "bucket"];

export interface AccountOptions {
  readonly clock: VirtualClock;
  readonly counting: Counting;
  /** Requests per second on one limit. */
  readonly perSecond: (limit: RateLimitId) => number;
  /** How long one way takes, asked for each. */
  readonly wayMs: () => number;
  /** Where the account's seconds begin. */
  readonly phaseMs?: number;
}

export interface AccountAnswer {
  readonly status: 200 | 429;
  readonly refusal?: TooManyRequests;
}

export class Account {
  /** By limit, on the sender's clock. */
  readonly sentAtMs = new Map<RateLimitId, number[]>();
  refused = 0;
  done = 0;
  /** Refuses whatever comes while it is there, in these words. */
  closed: TooManyRequests | undefined;
  private readonly counters = new Map<RateLimitId, Counter>();

  constructor(private readonly options: AccountOptions) {}

  async request(limits: readonly RateLimitId[]): Promise<AccountAnswer> {
    const { clock, wayMs } = this.options;
    limits.forEach((limit) => this.sentOn(limit).push(clock.now()));
    await clock.sleep(wayMs());
    const refusal = this.closed ?? this.admit(limits);
    if (refusal) this.refused += 1;
    else this.done += 1;
    await clock.sleep(wayMs());
    return { status: refusal ? 429 : 200, refusal };
  }

  /** The most starts that any second held, by the sender's clock; a start a whole second later is in the next. */
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

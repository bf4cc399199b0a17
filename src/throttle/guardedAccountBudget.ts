/**
 * Protects the throttle from its account budget. A budget that throws, returns invalid values, or keeps postponing a
 * turn is ignored for a while, and the local throttle works alone.
 */

import {
  AccountBudget,
  AccountBudgetHealth,
  AccountBudgetStatus,
  AccountTurn,
  NO_ACCOUNT_BUDGET,
} from "./accountBudget";

/**
 * How long a call may wait past the turn that the budget first announced, besides the starts that the account's browsers
 * asked for since.
 */
const MAX_POSTPONED_MS = 10_000;

/** A budget keeps a turn at least this long for a call that does not take it. */
const KEPT_MS = 1000;

/** How long a budget is ignored after it failed. */
const IGNORED_FOR_MS = 60_000;

/** The first turn that the budget announced for a call. */
interface Announced {
  readonly atMs: number;
  /** The limit's load at that time. */
  readonly loadMs: number;
  askedAtMs: number;
  /** Whether nobody asked while an earlier turn was kept. */
  readonly isSecond?: boolean;
}

class GuardedAccountBudget implements AccountBudget {
  private ignoredSinceMs = 0;
  private ignoredUntilMs = -Infinity;
  private nowMs = 0;
  private isReported = false;
  /** The limits with queued calls. */
  private readonly demanded = new Set<string>();
  /**
   * The waiting and urgent calls of each limit while the budget is ignored. It receives them afterwards: until then, it
   * would ask for turns that nobody takes.
   */
  private readonly withheld = new Map<string, readonly [number, number]>();
  /** The first announced turn of the call that is next on a limit. */
  private readonly announced = new Map<string, Announced>();

  /** @param report receives the first failure only. */
  constructor(
    private readonly budget: AccountBudget,
    private readonly report: (error: unknown) => void,
    private readonly now: () => number,
  ) {}

  get health(): AccountBudgetHealth {
    const health = this.attempt(() => this.budget.health, "degraded");
    return health === "live" && this.nowMs < this.ignoredUntilMs ? "degraded" : health;
  }

  waitMs(limit: string, nowMs: number): number {
    this.releaseDemand(limit, nowMs);
    const waitMs = this.ask(nowMs, () => this.budget.waitMs(limit, nowMs));
    // A call that does not take its turn waits for something else, and gets another turn.
    if (waitMs === 0) this.announced.delete(limit);
    if (waitMs === 0 || !this.demanded.has(limit)) return waitMs;
    const announced = this.announce(limit, this.announced.get(limit), waitMs);
    this.announced.set(limit, announced);
    return this.limitPostponement(limit, announced, waitMs);
  }

  estimateWaitMs(limit: string, nowMs: number, ahead: number): number {
    return this.ask(nowMs, () => this.budget.estimateWaitMs(limit, nowMs, ahead));
  }

  take(limit: string, nowMs: number): AccountTurn {
    this.nowMs = nowMs;
    this.announced.delete(limit);
    const free = NO_ACCOUNT_BUDGET.take(limit, nowMs);
    if (this.health !== "live") return free;
    const turn = this.attempt(() => this.budget.take(limit, nowMs), free);
    const startMs = this.guardStart(limit, turn);
    return {
      get startMs() {
        return startMs();
      },
      renew: () => this.attempt(() => turn.renew()),
      markUsed: () => this.attempt(() => turn.markUsed()),
      giveBack: () => this.attempt(() => turn.giveBack()),
      markThrottled: () => this.attempt(() => turn.markThrottled()),
    };
  }

  loadMs(limit: string): number {
    return this.attempt(() => this.budget.loadMs(limit), 0);
  }

  setDemand(limit: string, waiting: number, urgent: number): void {
    if (waiting > 0) {
      this.demanded.add(limit);
    } else {
      this.demanded.delete(limit);
      this.announced.delete(limit);
    }
    this.nowMs = this.now();
    const isIgnored = this.nowMs < this.ignoredUntilMs;
    if (isIgnored) this.withheld.set(limit, [waiting, urgent]);
    else this.withheld.delete(limit);
    this.attempt(() => this.budget.setDemand(limit, isIgnored ? 0 : waiting, isIgnored ? 0 : urgent));
  }

  /** Tells the budget the demand of a limit once it is no longer ignored. */
  private releaseDemand(limit: string, nowMs: number): void {
    const demand = this.withheld.get(limit);
    if (demand && nowMs >= this.ignoredUntilMs) this.setDemand(limit, ...demand);
  }

  status(nowMs: number): AccountBudgetStatus {
    this.nowMs = nowMs;
    const failed: AccountBudgetStatus = {
      health: "degraded",
      sinceMs: this.ignoredSinceMs,
      problem: "failed",
      countedMs: 0,
      limits: [],
    };
    const status = this.attempt(() => this.budget.status(nowMs), failed);
    return status.health === "live" && nowMs < this.ignoredUntilMs
      ? { ...failed, countedMs: status.countedMs, limits: status.limits.map((limit) => ({ ...limit, isPaced: false })) }
      : status;
  }

  onChange(listener: () => void): () => void {
    const unsubscribe = this.attempt(
      () => this.budget.onChange(listener),
      () => undefined,
    );
    return () => this.attempt(unsubscribe);
  }

  private ask(nowMs: number, wait: () => number): number {
    this.nowMs = nowMs;
    if (this.health !== "live") return 0;
    const waitMs = this.attempt(wait, 0);
    if (Number.isFinite(waitMs) && waitMs >= 0) return waitMs;
    this.ignore(new RangeError(`The account budget answered a wait of ${waitMs} ms.`));
    return 0;
  }

  /** @returns a function that returns when the call may be sent. */
  private guardStart(limit: string, turn: AccountTurn): () => number {
    let announced: Announced | undefined;
    return () => {
      this.nowMs = this.now();
      if (this.health !== "live") return -Infinity;
      const atMs = this.attempt(() => turn.startMs, -Infinity);
      if (Number.isNaN(atMs) || atMs === Infinity)
        this.ignore(new RangeError(`The account budget answered a turn at ${atMs} ms.`));
      if (!(atMs > this.nowMs) || atMs === Infinity) {
        announced = undefined;
        return -Infinity;
      }
      announced = this.announce(limit, announced, atMs - this.nowMs);
      return this.nowMs + this.limitPostponement(limit, announced, atMs - this.nowMs);
    };
  }

  /**
   * @returns the first turn that was announced, or this one if nobody asked while the first one was kept, as in a page
   * that slept. A page whose timers are slow would miss the next one, too: the call does not wait for a third.
   */
  private announce(limit: string, first: Announced | undefined, waitMs: number): Announced {
    const { nowMs } = this;
    const isSecond = first && !first.isSecond && first.askedAtMs < first.atMs && nowMs > first.atMs + KEPT_MS;
    if (!first || isSecond) return { atMs: nowMs + waitMs, loadMs: this.loadMs(limit), askedAtMs: nowMs, isSecond };
    first.askedAtMs = nowMs;
    return first;
  }

  private limitPostponement(limit: string, announced: Announced, waitMs: number): number {
    const loadMs = Math.max(0, this.loadMs(limit) - announced.loadMs);
    const leftMs = announced.atMs + loadMs + MAX_POSTPONED_MS - this.nowMs;
    if (leftMs > 0) return Math.min(waitMs, leftMs);
    this.ignore(new Error(`The account budget postponed a turn on "${limit}" by ${MAX_POSTPONED_MS / 1000} s.`));
    return 0;
  }

  private attempt(work: () => void): void;
  private attempt<T>(work: () => T, fallback: T): T;
  private attempt<T>(work: () => T, fallback?: T): T | undefined {
    try {
      return work();
    } catch (error) {
      this.ignore(error);
      return fallback;
    }
  }

  private ignore(error: unknown): void {
    if (this.nowMs >= this.ignoredUntilMs) this.ignoredSinceMs = this.nowMs;
    this.ignoredUntilMs = this.nowMs + IGNORED_FOR_MS;
    this.announced.clear();
    if (this.isReported) return;
    this.isReported = true;
    this.report(error);
  }
}

/** @param now the time on the throttle's clock. */
export function guardAccountBudget(
  budget: AccountBudget | undefined,
  report: (error: unknown) => void,
  now: () => number,
): AccountBudget {
  return budget ? new GuardedAccountBudget(budget, report, now) : NO_ACCOUNT_BUDGET;
}

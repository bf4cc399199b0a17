import { Clock } from "./clock";
import { canceledError, ThrottleError, ThrottleErrorDetails, timeoutError } from "./errors";
import { LimitSet } from "./limitSet";
import { Slots } from "./permit";
import { CallQueue } from "./queue";
import { QueuedCall, QueueEntry } from "./queuedCall";
import { Subscriptions } from "./subscriptions";

/** Browsers fire timers with very long delays at once. */
const MAX_TIMER_MS = 60_000;

export interface DispatcherOptions<LimitId extends string> {
  readonly limits: LimitSet<LimitId>;
  readonly clock: Clock;
  readonly subscriptions: Subscriptions<LimitId>;
  /** Called when the queue must be evaluated. */
  readonly dispatch: () => void;
  readonly takeSlots: (waiter: QueuedCall<LimitId>) => Slots<LimitId>;
  readonly explain: (entry: QueueEntry<LimitId>, countAhead?: (id: LimitId) => number) => ThrottleErrorDetails;
  readonly reportDropped: (waiter: QueuedCall<LimitId>, error: ThrottleError) => ThrottleError;
}

/** The queue and its one timer. Grants each call its permit in its turn, and drops expired calls. */
export class Dispatcher<LimitId extends string> {
  private queued: CallQueue<QueuedCall<LimitId>>;
  private timer: { readonly atMs: number; readonly cancel: () => void } | undefined;

  constructor(private readonly options: DispatcherOptions<LimitId>) {
    this.queued = this.createQueue();
  }

  get queue(): Pick<
    CallQueue<QueuedCall<LimitId>>,
    "size" | "hasWaitersOn" | "countOn" | "countAhead" | "inOrder" | "remove"
  > {
    return this.queued;
  }

  add(waiter: QueuedCall<LimitId>): void {
    const { clock, subscriptions, dispatch } = this.options;
    this.queued.add(waiter);
    const nowMs = clock.now();
    // A timer that is overdue has not fired yet: dispatch now.
    if (this.timer && this.timer.atMs > nowMs && !this.queued.isFirst(waiter)) {
      // A new waiter behind others makes none eligible; only its own timeout may need an earlier timer.
      const { expiresAtMs } = waiter.position;
      if (expiresAtMs < this.timer.atMs) this.setTimer(expiresAtMs - nowMs, nowMs);
      subscriptions.notifyChanged();
    } else {
      dispatch();
    }
  }

  /** Cancels a queued call. @returns whether it was queued. */
  cancel(id: number): boolean {
    const waiter = this.queued.inOrder().find(({ position }) => position.sequence === id);
    if (!waiter) return false;
    this.queued.remove(waiter);
    waiter.fail(this.options.reportDropped(waiter, canceledError("canceled while it was queued")));
    return true;
  }

  /** Drops expired calls, grants every call whose turn has come, and sets the timer for the next. */
  dispatch(): void {
    const { limits, clock, subscriptions, takeSlots } = this.options;
    const nowMs = clock.now();
    this.dropExpired(nowMs);
    const nextMs = this.queued.admit(
      (waiter) => limits.waitMs(waiter.call, waiter.limits, waiter.heldSlots, nowMs),
      (waiter) => this.grant(waiter, takeSlots(waiter), nowMs),
    );
    this.setTimer(Math.min(nextMs, this.queued.nextExpiryMs - nowMs), nowMs);
    subscriptions.notifyChanged();
  }

  /** Grants every queued call, whatever the limits say. */
  releaseAll(): void {
    const waiting = this.queued.inOrder();
    this.options.limits.byId.forEach(({ id }) => this.options.limits.setDemand(id, 0));
    this.queued = this.createQueue();
    const nowMs = this.options.clock.now();
    waiting.forEach((waiter) => this.grant(waiter, new Map(), nowMs));
  }

  private createQueue(): CallQueue<QueuedCall<LimitId>> {
    return new CallQueue((limit, waiting) => this.options.limits.setDemand(limit, waiting));
  }

  private grant(waiter: QueuedCall<LimitId>, taken: Slots<LimitId>, nowMs: number): void {
    this.options.limits.renewLeases(waiter.heldSlots, nowMs);
    waiter.grant(taken, nowMs - waiter.position.waitingSinceMs);
  }

  private dropExpired(nowMs: number): void {
    if (this.queued.nextExpiryMs > nowMs) return;
    const { explain, reportDropped } = this.options;
    // Calls that expire together still count as ahead of each other.
    const expired = new Map<LimitId, number>();
    for (const waiter of this.queued.takeExpired(nowMs)) {
      const { limits, position } = waiter;
      const expiredOn = (id: LimitId) => expired.get(id) ?? 0;
      const details = explain(waiter, (id) => expiredOn(id) + this.queued.countAhead(position, id));
      limits.forEach((id) => expired.set(id, expiredOn(id) + 1));
      waiter.fail(reportDropped(waiter, timeoutError(nowMs - position.waitingSinceMs, details)));
    }
  }

  private setTimer(delayMs: number, nowMs: number): void {
    const waitMs = this.queued.size > 0 ? Math.min(Math.ceil(delayMs), MAX_TIMER_MS) : Infinity;
    const atMs = nowMs + waitMs;
    if (this.timer?.atMs === atMs) return;
    this.timer?.cancel();
    this.timer = undefined;
    if (atMs === Infinity) return;
    const wake = () => {
      this.timer = undefined;
      this.options.dispatch();
    };
    this.timer = { atMs, cancel: this.options.clock.schedule(wake, waitMs) };
  }
}

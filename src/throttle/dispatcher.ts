import { Clock } from "./clock";
import { canceledError, ThrottleError, ThrottleErrorDetails, timeoutError } from "./errors";
import { LimitSet } from "./limitSet";
import { Slots } from "./permit";
import { CallQueue } from "./queue";
import { QueuedCall, QueueEntry } from "./queuedCall";
import { byPosition } from "./queueOrder";
import { Subscriptions } from "./subscriptions";
import { WaitingCalls } from "./waitingCalls";

/** Browsers fire timers with very long delays at once. */
const MAX_TIMER_MS = 60_000;

export interface DispatcherOptions<LimitId extends string> {
  readonly limits: LimitSet<LimitId>;
  readonly clock: Clock;
  readonly subscriptions: Subscriptions<LimitId>;
  /** Called when the queue must be evaluated. */
  readonly dispatch: () => void;
  readonly takeSlots: (waiter: QueuedCall<LimitId>) => Slots<LimitId>;
  readonly explain: (entry: QueueEntry<LimitId>) => ThrottleErrorDetails;
  readonly reportDropped: (waiter: QueuedCall<LimitId>, error: ThrottleError) => ThrottleError;
}

/** The queue and its one timer. Grants each call its permit in its turn, and drops expired calls. */
export class Dispatcher<LimitId extends string> {
  private queued: CallQueue<QueuedCall<LimitId>>;
  /** Every call whose wait has not ended. A failure can damage the queue; this list loses no call. */
  private readonly waiting = new WaitingCalls<QueuedCall<LimitId>>();
  private timer: { readonly atMs: number; readonly cancel: () => void } | undefined;

  constructor(private readonly options: DispatcherOptions<LimitId>) {
    this.queued = this.createQueue();
  }

  get queue(): Pick<CallQueue<QueuedCall<LimitId>>, "size" | "hasWaitersOn" | "countOn" | "countAhead" | "inOrder"> {
    return this.queued;
  }

  /** If this throws, the call does not wait. */
  add(waiter: QueuedCall<LimitId>): void {
    this.waiting.add(waiter);
    try {
      this.enqueue(waiter);
    } catch (error) {
      this.waiting.remove(waiter);
      throw error;
    }
  }

  /** Cancels a queued call. @returns whether it was queued. */
  cancel(id: number): boolean {
    const waiter = this.waiting.find(({ position }) => position.sequence === id);
    if (!waiter) return false;
    return this.fail(waiter, this.options.reportDropped(waiter, canceledError("canceled while it was queued")));
  }

  /** Ends the wait of a call with an error. @returns whether it waited. */
  fail(waiter: QueuedCall<LimitId>, reason: unknown): boolean {
    if (!this.waiting.has(waiter)) return false;
    waiter.fail(reason);
    this.waiting.remove(waiter);
    this.queued.remove(waiter);
    return true;
  }

  /** Drops expired calls, grants every call whose turn has come, and sets the timer for the next. */
  dispatch(): void {
    const { limits, clock, subscriptions } = this.options;
    const nowMs = clock.now();
    this.dropExpired(nowMs);
    const nextMs = this.queued.admit(
      (waiter) => limits.waitMs(waiter.call, waiter.limits, waiter.heldSlots, nowMs),
      (waiter) => this.grant(waiter, nowMs),
    );
    this.setTimer(Math.min(nextMs, this.waiting.nextExpiryMs - nowMs), nowMs);
    subscriptions.notifyChanged();
  }

  /** Ends every wait without slots, whatever the limits say and however damaged the queue is. */
  releaseAll(): void {
    const waiting = this.waiting.takeAll().sort(byPosition);
    waiting.forEach((waiter) => waiter.release());
    this.queued = this.createQueue();
    const { limits, clock } = this.options;
    limits.byId.forEach(({ id }) => limits.setDemand(id, 0, 0));
    waiting.forEach(({ heldSlots }) => limits.renewLeases(heldSlots, clock.now()));
  }

  private enqueue(waiter: QueuedCall<LimitId>): void {
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

  private createQueue(): CallQueue<QueuedCall<LimitId>> {
    return new CallQueue((limit, waiting, urgent) => this.options.limits.setDemand(limit, waiting, urgent));
  }

  private grant(waiter: QueuedCall<LimitId>, nowMs: number): void {
    if (!this.waiting.has(waiter)) return;
    const { limits, takeSlots } = this.options;
    limits.renewLeases(waiter.heldSlots, nowMs);
    waiter.grant(takeSlots(waiter), nowMs - waiter.position.waitingSinceMs);
    this.waiting.remove(waiter);
  }

  private dropExpired(nowMs: number): void {
    const { explain, reportDropped } = this.options;
    const expired = this.waiting.findExpired(nowMs).sort(byPosition);
    // Calls that expire together still count as ahead of each other, so all are explained before the first leaves.
    const details = expired.map(explain);
    expired.forEach((waiter, index) => {
      const error = timeoutError(nowMs - waiter.position.waitingSinceMs, details[index]);
      this.fail(waiter, reportDropped(waiter, error));
    });
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

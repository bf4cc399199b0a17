/**
 * Whose turn is it? Every call that spends a limit acquires a permit here, waits for it in one queue, and comes back to
 * the same queue when Twilio refused it.
 *
 * Knows nothing of Flex, the DOM or the network: time and chance are handed in.
 */

import { RATE_LIMIT_IDS, RateLimitId } from "../limits/limits";
import { TooManyRequests } from "../limits/tooManyRequests";
import { Settings } from "../settings/readSettings";
import { OutcomeClassifier, Send, sendAndClassify } from "./attempts";
import { Blocked } from "./blocked";
import { AccountBudget, NO_ACCOUNT_BUDGET } from "./accountBudget";
import { Call } from "./call";
import { Clock, Random } from "./clock";
import {
  canceledError,
  queueFullError,
  rejectedError,
  ThrottleError,
  ThrottleErrorDetails,
  timeoutError,
} from "./errors";
import { GuardedAccountBudget } from "./guardedAccountBudget";
import { HandOff, HandOffRegistry } from "./handOffs";
import { Permit, PermitIssuer, QueuePosition, Slots } from "./permit";
import { CallQueue, computeOrder } from "./queue";
import { RateLimit } from "./rateLimit";
import {
  ThrottleSnapshot,
  LimitStatus,
  toLimitStatuses,
  LimitWait,
  findLongestWait,
  toStatus,
  ThrottleStatus,
} from "./status";
import { ThrottleEvent } from "./throttleEvent";
import { QueueEntry, QueuedCall } from "./queuedCall";

/** A timer for much longer than this is set anew on waking: browsers cut long ones short. */
const LONGEST_TIMER_MS = 60_000;

/** A permit to come, with what another layer has acquired for the call already. */
interface PendingPermit {
  readonly permit: Permit;
  /** The limits of which it needs a slot yet. */
  readonly missing: readonly RateLimitId[];
}

export interface ThrottleOptions {
  readonly settings: Settings;
  readonly clock: Clock;
  readonly random: Random;
  /** Told of a failure of a listener or of who reads an answer; calls go on. Default: the console. */
  readonly report?: (error: unknown) => void;
  /** Default: none, so that this browser paces for itself. */
  readonly accountBudget?: AccountBudget;
}

export class Throttle {
  private settings: Settings;
  private readonly clock: Clock;
  protected readonly report: (error: unknown) => void;
  private readonly limits: ReadonlyMap<RateLimitId, RateLimit>;
  private readonly budget: AccountBudget;
  private queue = this.createQueue();
  private readonly handOffs = new HandOffRegistry();
  private readonly retrying = new Map<QueuePosition, Call>();
  private readonly changeListeners = new Set<() => void>();
  private readonly eventListeners = new Set<(event: ThrottleEvent) => void>();
  private cancelSoon: (() => void) | undefined;
  private sequence = 0;
  private timer: { readonly atMs: number; readonly cancel: () => void } | undefined;

  constructor({ settings, clock, random, report = (error) => console.error(error), accountBudget }: ThrottleOptions) {
    this.settings = settings;
    this.clock = clock;
    this.report = report;
    this.budget = accountBudget ? new GuardedAccountBudget(accountBudget, report) : NO_ACCOUNT_BUDGET;
    this.budget.onChange(() => this.dispatchSoon());
    this.limits = new Map(RATE_LIMIT_IDS.map((id) => [id, new RateLimit(id, settings.rates[id], random, this.budget)]));
  }

  get mode(): Settings["mode"] {
    return this.settings.mode;
  }

  now(): number {
    return this.clock.now();
  }

  /** @returns cancels it. */
  schedule(callback: () => void, delayMs: number): () => void {
    return this.clock.schedule(callback, delayMs);
  }

  /** How long a call waits that says nothing of it, in milliseconds. */
  get maxWaitMs(): number {
    return this.settings.queue.maxWaitMs;
  }

  /** New settings hold at once, also for those who wait. */
  configure(settings: Settings): void {
    this.settings = settings;
    this.limits.forEach((limit) => limit.configure(settings.rates[limit.id], this.clock.now()));
    this.dispatch();
  }

  /**
   * Waits for the call's turn.
   *
   * @returns a permit; `sent()` is to be called on it at the moment of sending.
   * @throws ThrottleError when the queue is full, the wait too long, or `onBurst` is `reject`; the reason of `call.signal`.
   */
  acquire(call: Call): Promise<Permit> {
    const { permit, missing } = this.claimHandOff(call);
    // Asked before it is granted more.
    const isHeld = permit.heldSlots !== undefined;
    const turn = this.waitForTurn(permit, missing);
    return isHeld ? turn.catch((error) => this.handBack(permit, error)) : turn;
  }

  /** @returns a permit if the call may be sent now and overtakes no queued call; otherwise why it may not. */
  tryAcquire(call: Call): Permit | Blocked {
    if (call.signal?.aborted) return new Blocked("aborted");
    if (!this.canGoNow(call)) return this.explainBlocked(call);
    const { permit, missing } = this.claimHandOff(call);
    return this.grant(permit, missing);
  }

  /**
   * Sends a call in its turn, and again after a 429 while there is time.
   *
   * @param call or the permit that it already has.
   * @param send sends once; its outcome is the call's, unless the call is sent again.
   * @param check runs before each attempt; what it throws ends the call unsent.
   */
  run<T>(call: Call | Permit, send: Send<T>, classify: OutcomeClassifier<T>, check?: () => void): Promise<T> {
    const { clock, report } = this;
    const acquired = call instanceof Permit ? Promise.resolve(call) : this.acquire(call);
    // Not async: a suspended frame per queued call would double the memory per waiter.
    return acquired.then((permit) => sendAndClassify(permit, { clock, send, classify, check, report }));
  }

  /** Tells of a call that another layer will see again. @returns takes it back; a permit not used by then is given back. */
  handOff(call: HandOff): () => void {
    this.handOffs.add(call);
    return () => {
      this.handOffs.remove(call);
      call.permit?.release();
    };
  }

  /** Whether another layer has acquired for it what it spends, or some of it. */
  hasHandedOffPermit(call: Call): boolean {
    return (this.getHandedOffSlots(call)?.size ?? 0) > 0;
  }

  /** Ends every pause, for someone who wants to know now. */
  retryNow(): void {
    this.limits.forEach((limit) => limit.endCoolDown());
    this.dispatch();
  }

  /**
   * Someone gives up a call that waits: its caller is told by a `ThrottleCanceledError`.
   *
   * @param id as `status()` names it.
   * @returns whether it was still waiting.
   */
  cancel(id: number): boolean {
    const waiter = this.queue.inOrder().find(({ position }) => position.sequence === id);
    if (!waiter) return false;
    this.queue.remove(waiter);
    waiter.fail(this.reportDropped(waiter.call, canceledError("someone gave it up while it waited")));
    this.dispatch();
    return true;
  }

  /** Looks at the clock: for who knows that time has gone on while timers may not have rung. */
  reevaluate(): void {
    this.dispatch();
  }

  status(): ThrottleStatus {
    return toStatus(this.takeSnapshot());
  }

  /** Each limit, in the order of Twilio's page. Looks at everyone who waits: for a screen, not for every call. */
  limitStatuses(): readonly LimitStatus[] {
    return toLimitStatuses(this.takeSnapshot());
  }

  /** @returns ends the subscription. The listener must be quick: it is called at every change. */
  onChange(listener: () => void): () => void {
    this.changeListeners.add(listener);
    return () => this.changeListeners.delete(listener);
  }

  /** @returns ends the subscription. */
  onEvent(listener: (event: ThrottleEvent) => void): () => void {
    this.eventListeners.add(listener);
    return () => this.eventListeners.delete(listener);
  }

  protected issuer: PermitIssuer = {
    markSent: (permit, slots) => this.sent(permit, slots),
    markAnswered: (permit, slots) => this.recordEnd(permit, slots, "markAnswered"),
    markUnanswered: (permit, slots) => this.recordEnd(permit, slots, "markUnanswered"),
    markThrottled: (permit, slots, refusal, mayRetry) => this.refused(permit, slots, refusal, mayRetry),
    requeue: (permit) => {
      const turn = this.waitForTurn(permit, permit.call.limits);
      turn.catch(() => this.noLongerRetrying(permit.position));
      return turn;
    },
    release: ({ position }, slots) => {
      this.retrying.delete(position);
      slots.forEach((slot, id) => this.limit(id).release(slot, this.clock.now()));
      this.dispatch();
    },
  };

  private sent({ call, position }: Permit, slots: Slots): void {
    const nowMs = this.clock.now();
    const started: RateLimitId[] = [];
    slots.forEach((slot, id) => {
      // Another layer that sees the same call sends on the same slot.
      if (slot.sentAtMs === undefined) started.push(id);
      this.limit(id).markSent(slot, nowMs);
    });
    if (started.length > 0)
      this.emit({
        type: "sent",
        call,
        limits: started,
        waitedMs: nowMs - position.waitingSinceMs,
        attempt: position.throttledCount + 1,
      });
  }

  private recordEnd({ position }: Permit, slots: Slots, how: "markAnswered" | "markUnanswered"): void {
    slots.forEach((slot, id) => this.limit(id)[how](slot, this.clock.now()));
    this.retrying.delete(position);
    this.dispatch();
  }

  private refused(permit: Permit, slots: Slots, refusal: TooManyRequests, mayRetry: boolean): boolean {
    const nowMs = this.clock.now();
    slots.forEach((slot, id) => this.limit(id).markThrottled(slot, nowMs, refusal));
    if (refusal.scope === "account") this.coolDownAccount(nowMs, slots);
    const place = permit.position;
    place.throttledCount += 1;
    const { call } = permit;
    const isCanceled = call.signal?.aborted ?? false;
    const isRetried = mayRetry && this.mode === "enforce" && !isCanceled && this.isWorthRetrying(call, place, nowMs);
    if (isRetried) {
      this.retrying.set(place, call);
      call.limits.forEach((id) => this.limit(id).recordRetry());
    } else {
      this.retrying.delete(place);
    }
    // Another layer that saw the same call, and took its slots over, has told of it.
    if (slots.size > 0) this.emit({ type: "throttled", call, limits: Array.from(slots.keys()), isRetried });
    if (!isRetried && !isCanceled && this.mode === "enforce") this.emit({ type: "dropped", call });
    this.dispatch();
    return isRetried;
  }

  private isWorthRetrying(
    { limits, isExemptFromRetryBudget }: Call,
    { expiresAtMs }: QueuePosition,
    nowMs: number,
  ): boolean {
    if (Math.max(nowMs, ...limits.map((id) => this.limit(id).coolDownUntilMs)) >= expiresAtMs) return false;
    return isExemptFromRetryBudget || !limits.some((id) => this.limit(id).isRetryBudgetExhausted);
  }

  /** The whole account is over its limit: nobody passes anywhere until the refused limits open again. */
  private coolDownAccount(nowMs: number, refusedSlots: Slots): void {
    const pauseMs = Math.max(0, ...Array.from(refusedSlots.keys(), (id) => this.limit(id).coolDownUntilMs - nowMs));
    this.limits.forEach((limit) => limit.coolDown(nowMs, pauseMs));
  }

  /** What another layer knows of the call already, and has acquired for it. */
  private claimHandOff(call: Call): PendingPermit {
    const limits = withoutRepeats(call.limits);
    const expected = this.handOffs.find(call);
    const known: Call = limits === call.limits && !expected ? call : { ...call, ...expected?.details, limits };
    const place = this.createPosition(known, expected?.permit?.waitedMs);
    if (expected?.key !== undefined) this.handOffs.remove(expected);
    const handed = expected?.permit?.handOff(limits);
    return {
      permit: new Permit(this.issuer, known, place, handed),
      missing: handed ? limits.filter((limit) => !handed.has(limit)) : limits,
    };
  }

  /** That of the layer that has seen it before; it counts instead of the call's own. */
  protected getHandOffSignal(call: Call): AbortSignal | undefined {
    return this.handOffs.find(call)?.details.signal;
  }

  private canGoNow(call: Call): boolean {
    const held = this.getHandedOffSlots(call);
    const missing = call.limits.filter((limit) => !held?.has(limit));
    return !this.hasToWait(call, missing, held);
  }

  /** What another layer has acquired for it. */
  private getHandedOffSlots(call: Call): Slots | undefined {
    return this.handOffs.find(call)?.permit?.getSlots(call.limits);
  }

  private handBack(permit: Permit, error: unknown): never {
    permit.release();
    throw error;
  }

  private explainBlocked(call: Call): Blocked {
    const { id, waitMs, ahead } = this.longestWait(call, (limit) => this.queue.countOn(limit));
    return new Blocked(this.isQueueFullFor(call) ? "queueFull" : "waiting", { limit: id, waitMs, ahead });
  }

  private grant(permit: Permit, missing: readonly RateLimitId[]): Permit {
    permit.grant(this.takeSlots(permit.call, missing), this.clock.now() - permit.position.waitingSinceMs);
    return permit;
  }

  /** @param waitedMs in another layer, which has seen it before. */
  private createPosition(call: Call, waitedMs = 0): QueuePosition {
    const nowMs = this.clock.now();
    const deadlineMs = call.deadlineMs ?? Infinity;
    return {
      order: computeOrder(call.priority ?? "normal", nowMs, deadlineMs),
      sequence: this.sequence++,
      waitingSinceMs: nowMs - waitedMs,
      expiresAtMs: Math.min(deadlineMs, nowMs + (call.maxWaitMs ?? this.settings.queue.maxWaitMs)),
      throttledCount: 0,
    };
  }

  private isQueueFullFor({ isExemptFromQueueLimit }: Call): boolean {
    return this.queue.size >= this.settings.queue.maxLength && !isExemptFromQueueLimit;
  }

  /** @param limits those of which the permit needs a slot yet. */
  private waitForTurn(permit: Permit, limits: readonly RateLimitId[]): Promise<Permit> {
    const { call, position, heldSlots } = permit;
    const { signal } = call;
    if (signal?.aborted) return Promise.reject(abortReason(signal));
    if (!this.hasToWait(call, limits, heldSlots)) return Promise.resolve(this.grant(permit, limits));

    if (position.throttledCount === 0) {
      if (call.onBurst === "reject")
        return Promise.reject(
          this.reportDropped(call, rejectedError(this.explainEntry({ limits, position, heldSlots }))),
        );
      if (this.isQueueFullFor(call))
        return Promise.reject(
          this.reportDropped(
            call,
            queueFullError(this.settings.queue.maxLength, this.explainEntry({ limits, position, heldSlots })),
          ),
        );
    }
    return new Promise((settle) => {
      const waiter = new QueuedCall(permit, limits, settle);
      heldSlots?.forEach((slot, id) => this.limit(id).suspendLease(slot));
      if (signal) waiter.removeOnAbort(signal, () => this.onAborted(waiter, signal));
      this.queue.add(waiter);
      this.onEnqueued(waiter);
    });
  }

  private onEnqueued(waiter: QueuedCall): void {
    const nowMs = this.clock.now();
    // A timer may be late; what has come by then is seen to now.
    if (this.timer && this.timer.atMs > nowMs && !this.queue.isFirst(waiter)) {
      // Nobody's turn has come by its coming; only its patience may end before anything else is to be done.
      const { expiresAtMs } = waiter.position;
      if (expiresAtMs < this.timer.atMs) this.wakeIn(expiresAtMs - nowMs, nowMs);
      this.notifyChanged();
    } else {
      this.dispatch();
    }
  }

  private onAborted(waiter: QueuedCall, signal: AbortSignal): void {
    this.queue.remove(waiter);
    waiter.fail(abortReason(signal));
    this.emit({ type: "aborted", call: waiter.call });
    this.dispatch();
  }

  /** Lets everyone go whose turn has come, gives up on those whose time is over, and sets the timer for the next. */
  protected dispatch(): void {
    const nowMs = this.clock.now();
    this.dropExpired(nowMs);
    const nextMs = this.queue.admit(
      ({ call, limits, heldSlots }) => this.waitMs(call, limits, heldSlots, nowMs),
      (waiter) => this.admit(waiter, this.takeSlots(waiter.call, waiter.limits), nowMs),
    );
    this.wakeIn(Math.min(nextMs, this.queue.nextExpiryMs - nowMs), nowMs);
    this.notifyChanged();
  }

  private admit(waiter: QueuedCall, taken: Slots, nowMs: number): void {
    waiter.heldSlots?.forEach((slot, id) => this.limit(id).renewLease(slot, nowMs));
    waiter.grant(taken, nowMs - waiter.position.waitingSinceMs);
  }

  private dropExpired(nowMs: number): void {
    if (this.queue.nextExpiryMs > nowMs) return;
    // On each limit, of those who are given up now: those behind them are told of these, too.
    const gone = new Map<RateLimitId, number>();
    for (const waiter of this.queue.takeExpired(nowMs)) {
      const { call, limits, position } = waiter;
      const goneOn = (id: RateLimitId) => gone.get(id) ?? 0;
      const details = this.explainEntry(waiter, (id) => goneOn(id) + this.queue.countAhead(position, id));
      limits.forEach((id) => gone.set(id, goneOn(id) + 1));
      waiter.fail(this.reportDropped(call, timeoutError(nowMs - position.waitingSinceMs, details)));
    }
  }

  /** Nobody waits any longer, whatever the limits say. */
  protected releaseAll(): void {
    const waiting = this.queue.inOrder();
    this.limits.forEach(({ id }) => this.budget.setDemand(id, 0));
    this.queue = this.createQueue();
    const nowMs = this.clock.now();
    waiting.forEach((waiter) => this.admit(waiter, new Map(), nowMs));
  }

  private createQueue(): CallQueue<QueuedCall> {
    return new CallQueue((limit, waiting) => this.budget.setDemand(limit, waiting));
  }

  /** An account budget may change inside a call from here, so dispatching waits until that call has returned. */
  private dispatchSoon(): void {
    this.cancelSoon ??= this.clock.schedule(() => {
      this.cancelSoon = undefined;
      this.dispatch();
    }, 0);
  }

  private wakeIn(delayMs: number, nowMs: number): void {
    const waitMs = this.queue.size > 0 ? Math.min(Math.ceil(delayMs), LONGEST_TIMER_MS) : Infinity;
    const atMs = nowMs + waitMs;
    if (this.timer?.atMs === atMs) return;
    this.timer?.cancel();
    this.timer = undefined;
    if (atMs === Infinity) return;
    const wake = () => {
      this.timer = undefined;
      this.dispatch();
    };
    this.timer = { atMs, cancel: this.clock.schedule(wake, waitMs) };
  }

  /** What a caller learns of a call that is not sent: which limit it was, its place in line, and the wait. */
  protected explainEntry(
    standing: QueueEntry,
    aheadOn = (id: RateLimitId) => this.queue.countAhead(standing.position, id),
  ): ThrottleErrorDetails {
    const { id, waitMs, ahead } = this.longestWait(standing, aheadOn);
    return { limit: id, waitMs, ahead };
  }

  private longestWait(standing: Omit<QueueEntry, "position">, aheadOn: (id: RateLimitId) => number): LimitWait {
    return findLongestWait(this.limits, standing, aheadOn, this.clock.now());
  }

  private takeSnapshot(): ThrottleSnapshot {
    const { limits, retrying } = this;
    return {
      nowMs: this.clock.now(),
      isEnforced: this.mode === "enforce",
      waiting: this.queue.inOrder(),
      limits,
      retrying,
    };
  }

  private hasToWait(call: Call, limits: readonly RateLimitId[], held: Slots | undefined): boolean {
    if (this.mode !== "enforce") return false;
    return this.queue.hasWaitersOn(limits) || this.waitMs(call, limits, held, this.clock.now()) > 0;
  }

  private waitMs({ leadMs }: Call, limits: readonly RateLimitId[], held: Slots | undefined, nowMs: number): number {
    if (this.mode !== "enforce") return 0;
    let longestMs = limits.reduce((soFarMs, id) => Math.max(soFarMs, this.limit(id).waitMs(nowMs, leadMs)), 0);
    held?.forEach((slot, id) => (longestMs = Math.max(longestMs, this.limit(id).msUntilUsable(slot, nowMs))));
    return longestMs;
  }

  protected takeSlots({ leadMs }: Call, limits: readonly RateLimitId[]): Slots {
    if (this.mode === "off") return new Map();
    const nowMs = this.clock.now();
    return new Map(limits.map((id) => [id, this.limit(id).takeSlot(nowMs, this.mode === "enforce" ? leadMs : 0)]));
  }

  /** Tells of a call that was not sent. @returns the error, for its caller. */
  reportDropped(call: Call, error: ThrottleError): ThrottleError {
    if (!call.proceedsWithoutPermit) this.emit({ type: "dropped", call, error });
    return error;
  }

  private noLongerRetrying(place: QueuePosition): void {
    if (this.retrying.delete(place)) this.notifyChanged();
  }

  private limit(id: RateLimitId): RateLimit {
    return this.limits.get(id) as RateLimit;
  }

  private notifyChanged(): void {
    this.changeListeners.forEach((listener) => this.notify(listener));
  }

  private emit(event: ThrottleEvent): void {
    this.eventListeners.forEach((listener) => this.notify(() => listener(event)));
  }

  /** Who listens must not be able to stop those who wait. */
  private notify(listener: () => void): void {
    try {
      listener();
    } catch (error) {
      this.report(error);
    }
  }
}

/** Named twice, a limit is still spent once. */
function withoutRepeats(limits: readonly RateLimitId[]): readonly RateLimitId[] {
  return limits.length < 2 || new Set(limits).size === limits.length ? limits : Array.from(new Set(limits));
}

/** Older browsers' signals have no reason. */
function abortReason(signal: AbortSignal): unknown {
  return signal.reason ?? new DOMException("The user aborted a request.", "AbortError");
}

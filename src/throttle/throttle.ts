/**
 * Paces calls: every call that spends a limit acquires a permit here, in one queue, and returns to that queue after a 429.
 *
 * Independent of Flex, the DOM and the network. Limits, clock and random numbers are injected.
 */

import { AccountBudget, AccountBudgetStatus } from "./accountBudget";
import { AttemptRecorder } from "./attemptRecorder";
import { OutcomeClassifier, Send, Sender, acquireAndSend } from "./attempts";
import { Blocked } from "./blocked";
import { Call } from "./call";
import { abortReason, isAborted } from "./callerSignal";
import { Clock, Random, rejectLater } from "./clock";
import { ThrottleConfig } from "./config";
import { Dispatcher } from "./dispatcher";
import { queueFullError, rejectedError, ThrottleError, ThrottleErrorDetails, timeoutError } from "./errors";
import { FailureGuard, UNGUARDED } from "./failureGuard";
import { guardAccountBudget } from "./guardedAccountBudget";
import { HandOff, HandOffRegistry } from "./handOffs";
import { LimitSet } from "./limitSet";
import { Permit, Slots } from "./permit";
import { PermitFactory } from "./permitFactory";
import { QueuedCall, QueueEntry } from "./queuedCall";
import { Mode, ThrottleSettings } from "./settings";
import { LimitStatus, ThrottleSnapshot, ThrottleStatus, toLimitStatuses, toStatus } from "./status";
import { Subscriptions } from "./subscriptions";
import { ThrottleApi } from "./throttleApi";
import { ThrottleEvent } from "./throttleEvent";

export interface ThrottleOptions<LimitId extends string> {
  readonly settings: ThrottleSettings<LimitId>;
  readonly clock: Clock;
  readonly random: Random;
  /** Receives the failures of listeners and classifiers. Default: the console. */
  readonly report?: (error: unknown) => void;
  /** Default: none. This browser then paces on its own. */
  readonly accountBudget?: AccountBudget;
  /** Default: failures are thrown. */
  readonly guard?: FailureGuard<LimitId>;
}

/** When the queue is evaluated again after releasing all calls has failed. */
const RELEASE_AGAIN_MS = 1000;

export class Throttle<LimitId extends string> implements ThrottleApi<LimitId>, Sender<LimitId> {
  readonly report: (error: unknown) => void;
  private readonly clock: Clock;
  private readonly config: ThrottleConfig<LimitId>;
  private readonly limits: LimitSet<LimitId>;
  private readonly subscriptions: Subscriptions<LimitId>;
  private readonly handOffs = new HandOffRegistry<LimitId>();
  private readonly dispatcher: Dispatcher<LimitId>;
  private readonly recorder: AttemptRecorder<LimitId>;
  private readonly permits: PermitFactory<LimitId>;
  private readonly failureGuard: FailureGuard<LimitId>;
  private cancelSoon: (() => void) | undefined;

  constructor(options: ThrottleOptions<LimitId>) {
    const { settings, clock, random, report = (error) => console.error(error), guard = UNGUARDED } = options;
    this.clock = clock;
    this.report = report;
    this.failureGuard = guard;
    this.config = new ThrottleConfig(settings);
    const budget = guardAccountBudget(options.accountBudget, report, () => clock.now());
    budget.onChange(() => this.dispatchSoon());
    this.limits = new LimitSet(this.config, clock, random, budget);
    this.subscriptions = new Subscriptions<LimitId>(report);
    const parts = {
      config: this.config,
      limits: this.limits,
      clock,
      subscriptions: this.subscriptions,
      dispatch: () => this.dispatchNow(),
    };
    this.dispatcher = new Dispatcher<LimitId>({
      ...parts,
      takeSlots: (waiter) => this.takeSlots(waiter.call, waiter.limits),
      explain: (entry) => this.explainEntry(entry),
      reportDropped: (waiter, error) => this.reportDropped(waiter.call, error),
    });
    this.recorder = new AttemptRecorder({ ...parts, waitForTurn: (permit) => this.waitForTurn(permit) });
    const issuer = guard.protectIssuer(this.recorder);
    this.permits = new PermitFactory({ ...parts, handOffs: this.handOffs, issuer });
  }

  get mode(): Mode {
    return this.config.mode;
  }

  now(): number {
    return this.clock.now();
  }

  schedule(callback: () => void, delayMs: number): () => void {
    return this.clock.schedule(callback, delayMs);
  }

  get maxWaitMs(): number {
    return this.config.queue.maxWaitMs;
  }

  configure(settings: ThrottleSettings<LimitId>): void {
    this.config.settings = settings;
    this.limits.configure();
    this.dispatchNow();
  }

  acquire(call: Call<LimitId>): Promise<Permit<LimitId>> {
    const permit = this.permits.create(call);
    // Read before it is granted more slots.
    const isHeld = permit.heldSlots !== undefined;
    const turn = this.waitForTurn(permit);
    if (isHeld) turn.catch(() => permit.release());
    return turn;
  }

  tryAcquire(call: Call<LimitId>): Permit<LimitId> | Blocked {
    if (isAborted(call.signal)) return new Blocked("aborted");
    const held = this.handOffs.getSlots(call);
    const needed = call.limits.filter((limit) => !held?.has(limit));
    if (!this.hasToWait(call, needed, held)) return this.grant(this.permits.create(call));
    const explain = () => this.explainWait(call, (id) => this.dispatcher.queue.countOn(id));
    return new Blocked(this.isQueueFullFor(call) ? "queueFull" : "waiting", explain);
  }

  run<T>(
    call: Call<LimitId> | Permit<LimitId>,
    send: Send<T, LimitId>,
    classify: OutcomeClassifier<T>,
    check?: () => void,
  ): Promise<T> {
    return acquireAndSend(this, call, send, classify, check);
  }

  handOff(call: HandOff<LimitId>): () => void {
    this.handOffs.add(call);
    return () => {
      this.handOffs.remove(call);
      call.permit?.release();
    };
  }

  hasHandedOffPermit(call: Call<LimitId>): boolean {
    return (this.handOffs.getSlots(call)?.size ?? 0) > 0;
  }

  /** The signal of the layer that handed the call off; it replaces the call's own. */
  getHandOffSignal(call: Call<LimitId>): AbortSignal | undefined {
    return this.handOffs.find(call)?.details.signal;
  }

  reportDropped(call: Call<LimitId>, error: ThrottleError): ThrottleError {
    if (!call.proceedsWithoutPermit) this.subscriptions.emit({ type: "dropped", call, error });
    return error;
  }

  retryNow(): void {
    this.limits.endCoolDowns();
    this.dispatchNow();
  }

  cancel(id: number): boolean {
    const isCanceled = this.dispatcher.cancel(id);
    if (isCanceled) this.dispatchNow();
    return isCanceled;
  }

  reevaluate(): void {
    this.dispatchNow();
  }

  /** Lets every call pass from now on, the queued ones included. */
  disable(): void {
    this.config.isDisabled = true;
    this.releaseAll();
  }

  status(): ThrottleStatus<LimitId> {
    return toStatus(this.takeSnapshot());
  }

  limitStatuses(): readonly LimitStatus<LimitId>[] {
    return toLimitStatuses(this.takeSnapshot());
  }

  accountBudgetStatus(): AccountBudgetStatus {
    return this.limits.accountBudgetStatus();
  }

  onChange(listener: () => void): () => void {
    return this.subscriptions.onChange(listener);
  }

  onEvent(listener: (event: ThrottleEvent<LimitId>) => void): () => void {
    return this.subscriptions.onEvent(listener);
  }

  private dispatchNow(): void {
    this.failureGuard.run(
      () => this.dispatcher.dispatch(),
      () => this.releaseAll(),
    );
  }

  private releaseAll(): void {
    this.failureGuard.run(
      () => this.dispatcher.releaseAll(),
      () => this.dispatchSoon(RELEASE_AGAIN_MS),
    );
  }

  /** An account budget may change inside a call from here, so dispatching waits until that call has returned. */
  private dispatchSoon(delayMs = 0): void {
    this.cancelSoon ??= this.clock.schedule(() => {
      this.cancelSoon = undefined;
      this.dispatchNow();
    }, delayMs);
  }

  private grant(permit: Permit<LimitId>): Permit<LimitId> {
    permit.grant(this.takeSlots(permit.call, permit.missingLimits), this.clock.now() - permit.position.waitingSinceMs);
    return permit;
  }

  private takeSlots(call: Call<LimitId>, limits: readonly LimitId[]): Slots<LimitId> {
    return this.failureGuard.run(
      () => this.limits.takeSlots(call, limits),
      () => new Map(),
    );
  }

  private waitForTurn(permit: Permit<LimitId>): Promise<Permit<LimitId>> {
    const { call, position, heldSlots, missingLimits: limits } = permit;
    const { signal } = call;
    if (isAborted(signal)) return Promise.reject(abortReason(signal));
    if (!this.hasToWait(call, limits, heldSlots)) return Promise.resolve(this.grant(permit));
    const rejection =
      position.throttledCount === 0 ? this.createRejection(call, { limits, position, heldSlots }) : undefined;
    if (rejection) return rejectLater(this.clock, this.reportDropped(call, rejection));
    return new Promise((settle) => {
      const waiter = new QueuedCall(permit, settle);
      this.limits.suspendLeases(heldSlots);
      if (signal) waiter.removeOnAbort(signal, () => this.onAborted(waiter, signal));
      this.dispatcher.add(waiter);
    });
  }

  /** @returns the error of a call that must not be queued; `undefined` if it may be. */
  private createRejection(call: Call<LimitId>, entry: QueueEntry<LimitId>): ThrottleError | undefined {
    if (call.onBurst === "reject") return rejectedError(this.explainEntry(entry));
    if (this.isQueueFullFor(call)) return queueFullError(this.config.queue.maxLength, this.explainEntry(entry));
    const { expiresAtMs, waitingSinceMs } = entry.position;
    const nowMs = this.clock.now();
    return expiresAtMs > nowMs ? undefined : timeoutError(nowMs - waitingSinceMs, this.explainEntry(entry));
  }

  private hasToWait(call: Call<LimitId>, limits: readonly LimitId[], held: Slots<LimitId> | undefined): boolean {
    if (this.mode !== "enforce") return false;
    return this.dispatcher.queue.hasWaitersOn(limits) || this.limits.waitMs(call, limits, held, this.clock.now()) > 0;
  }

  private isQueueFullFor({ isExemptFromQueueLimit }: Call<LimitId>): boolean {
    return this.dispatcher.queue.size >= this.config.queue.maxLength && !isExemptFromQueueLimit;
  }

  private explainEntry(entry: QueueEntry<LimitId>): ThrottleErrorDetails {
    return this.explainWait(entry, (id) => this.dispatcher.queue.countAhead(entry.position, id));
  }

  private explainWait(
    entry: Omit<QueueEntry<LimitId>, "position">,
    countAhead: (id: LimitId) => number,
  ): ThrottleErrorDetails {
    return this.failureGuard.run<ThrottleErrorDetails>(
      () => this.limits.explainWait(entry, countAhead),
      () => ({ limit: entry.limits[0] }),
    );
  }

  private onAborted(waiter: QueuedCall<LimitId>, signal: AbortSignal): void {
    const hasWaited = this.failureGuard.run(
      () => this.dispatcher.fail(waiter, abortReason(signal)),
      () => true,
    );
    if (!hasWaited) return;
    this.subscriptions.emit({ type: "aborted", call: waiter.call });
    this.dispatchNow();
  }

  private takeSnapshot(): ThrottleSnapshot<LimitId> {
    return {
      nowMs: this.clock.now(),
      isEnforced: this.mode === "enforce",
      waiting: this.dispatcher.queue.inOrder(),
      limits: this.limits.byId,
      retrying: this.recorder.retrying,
    };
  }
}

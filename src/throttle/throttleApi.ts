import { AccountBudgetStatus } from "./accountBudget";
import { OutcomeClassifier, Send } from "./attempts";
import { Blocked } from "./blocked";
import { Call } from "./call";
import { ThrottleError } from "./errors";
import { HandOff } from "./handOffs";
import { Permit } from "./permit";
import { Mode, ThrottleSettings } from "./settings";
import { LimitStatus, ThrottleStatus } from "./status";
import { ThrottleEvent } from "./throttleEvent";

/** The throttle as interceptors and screens use it. Times are in milliseconds, on its clock. */
export interface ThrottleApi<LimitId extends string> {
  readonly mode: Mode;
  /** How long a call without its own `maxWaitMs` may wait. */
  readonly maxWaitMs: number;
  now(): number;
  /** @returns cancels the timer. */
  schedule(callback: () => void, delayMs: number): () => void;

  /** Replaces the settings, also for queued calls. */
  configure(settings: ThrottleSettings<LimitId>): void;

  /**
   * Waits for the call's turn.
   *
   * @returns a permit; call its `markSent()` at the moment of sending.
   * @throws ThrottleError if the queue is full, the wait is too long, or `onBurst` is `reject`; the reason of `call.signal`.
   */
  acquire(call: Call<LimitId>): Promise<Permit<LimitId>>;

  /** @returns a permit if the call may be sent now and overtakes no queued call; otherwise why it may not. */
  tryAcquire(call: Call<LimitId>): Permit<LimitId> | Blocked;

  /**
   * Sends a call in its turn, and again after a 429 while there is time.
   *
   * @param call the call, or the permit that it already has.
   * @param send sends the call once. The outcome of the last attempt is returned.
   * @param check runs before each attempt; what it throws ends the call unsent.
   */
  run<T>(
    call: Call<LimitId> | Permit<LimitId>,
    send: Send<T, LimitId>,
    classify: OutcomeClassifier<T>,
    check?: () => void,
  ): Promise<T>;

  /** Announces a call that another layer will see. @returns withdraws it and releases its unused permit. */
  handOff(call: HandOff<LimitId>): () => void;

  /** Whether another layer has acquired slots for this call. */
  hasHandedOffPermit(call: Call<LimitId>): boolean;

  /** Emits the event for a call that was not sent. @returns the error, for its caller. */
  reportDropped(call: Call<LimitId>, error: ThrottleError): ThrottleError;

  /** Ends all cool-downs. */
  retryNow(): void;

  /**
   * Cancels a queued call; its caller gets a `ThrottleCanceledError`.
   *
   * @param id as in `status()`.
   * @returns whether it was queued.
   */
  cancel(id: number): boolean;

  /** Re-evaluates the queue. Call it when timers may have been throttled (hidden tab, sleep). */
  reevaluate(): void;

  status(): ThrottleStatus<LimitId>;

  /** The limits, in the order of the settings. Reads all queued calls: for screens, not for every call. */
  limitStatuses(): readonly LimitStatus<LimitId>[];

  /** The state of the account's budget. */
  accountBudgetStatus(): AccountBudgetStatus;

  /** Calls the listener, which must be quick, at every change. @returns unsubscribes. */
  onChange(listener: () => void): () => void;

  /** @returns unsubscribes. */
  onEvent(listener: (event: ThrottleEvent<LimitId>) => void): () => void;
}

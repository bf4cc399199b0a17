/** The attempt protocol, the same for every layer: mark the call as sent, send it, and send it again after a 429. */

import { Call } from "./call";
import { Clock, rejectLater } from "./clock";
import { isOutOfTime } from "./errors";
import { AttemptEnd, Permit } from "./permit";

export type Outcome<T> = { readonly value: T } | { readonly error: unknown };

/** @returns how the attempt ended; `undefined` means "answered" for a value and "unanswered" for an error. */
export type OutcomeClassifier<T> = (outcome: Outcome<T>) => AttemptEnd | undefined | Promise<AttemptEnd | undefined>;

/** Sends the call once. */
export type Send<T, LimitId extends string> = (permit: Permit<LimitId>, attempt: Attempt) => Promise<T>;

/** One sending of a call. The sender calls `end` before its promise settles. */
export class Attempt {
  /** Whether the call is sent again. */
  isRetried = false;
  private mayResend = false;
  private cancelTimer: (() => void) | undefined;

  /**
   * @param number counts from 1.
   * @param unansweredCount how many attempts of this call have timed out.
   */
  constructor(
    private readonly permit: Permit<string>,
    private readonly clock: Pick<Clock, "schedule">,
    readonly number: number,
    public unansweredCount: number,
  ) {}

  get resendUnanswered(): Call<string>["resendUnanswered"] {
    return this.permit.call.resendUnanswered;
  }

  /** Aborts the attempt when no answer arrives in time, if the call has `resendUnanswered`. */
  abortIfUnanswered(abort: () => void): void {
    const { resendUnanswered } = this;
    if (!resendUnanswered) return;
    this.cancelTimer = this.clock.schedule(() => {
      this.unansweredCount += 1;
      this.mayResend = this.unansweredCount < resendUnanswered.maxAttempts;
      abort();
    }, resendUnanswered.afterMs);
  }

  /** Call this when the answer begins to arrive. */
  stopTimer(): void {
    this.cancelTimer?.();
    this.cancelTimer = undefined;
  }

  /** Call this, also after `end`, when it is known when the answer reached the browser, on the throttle's clock. */
  markArrived(arrivedAtMs: number): void {
    this.permit.markArrived(arrivedAtMs);
  }

  /** @returns whether the call is sent again. If not, its caller gets the outcome. */
  end(how: AttemptEnd): boolean {
    this.stopTimer();
    this.isRetried = this.permit.markEnded(how) || (how === "unanswered" && this.mayResend);
    return this.isRetried;
  }
}

export interface SendOptions<T, LimitId extends string> {
  readonly clock: Pick<Clock, "schedule">;
  readonly report: (error: unknown) => void;
  readonly send: Send<T, LimitId>;
  /** Default: `send` ends the attempt before its promise settles. */
  readonly classify?: OutcomeClassifier<T>;
  /** Runs before each attempt. What it throws ends the call unsent, and the permit is released. */
  readonly check?: () => void;
}

/** @returns the outcome of the last attempt, even if the call expired or was outdated before a retry. */
export async function sendWithRetries<T, LimitId extends string>(
  permit: Permit<LimitId>,
  { clock, report, send, classify, check }: SendOptions<T, LimitId>,
): Promise<T> {
  let unanswered = 0;
  for (let number = 1; ; number += 1) {
    try {
      check?.();
    } catch (error) {
      permit.release();
      return rejectLater(clock, error);
    }
    permit.markSent();
    const attempt = new Attempt(permit, clock, number, unanswered);
    let outcome: Outcome<T>;
    try {
      outcome = { value: await send(permit, attempt) };
    } catch (error) {
      outcome = { error };
    }
    if (classify) {
      attempt.stopTimer();
      let end: AttemptEnd | undefined;
      try {
        const classified = classify(outcome);
        // Most classifiers are synchronous, and each await costs every call.
        end = classified instanceof Promise ? await classified : classified;
      } catch (error) {
        // A classifier that fails must not change the outcome.
        report(error);
      }
      attempt.end(end ?? ("error" in outcome ? "unanswered" : "answered"));
    }
    if (!attempt.isRetried) return unwrap(outcome);
    unanswered = attempt.unansweredCount;
    try {
      await permit.requeue();
    } catch (reason) {
      if (isOutOfTime(reason)) return unwrap(outcome);
      throw reason;
    }
    if (permit.call.isOutdated?.()) {
      permit.release();
      return unwrap(outcome);
    }
  }
}

/** What a throttle provides to send its calls. */
export interface Sender<LimitId extends string> extends Pick<Clock, "schedule"> {
  readonly report: (error: unknown) => void;
  acquire(call: Call<LimitId>): Promise<Permit<LimitId>>;
}

/** Like `sendWithRetries`, for a call that may have no permit yet. */
export function acquireAndSend<T, LimitId extends string>(
  sender: Sender<LimitId>,
  call: Call<LimitId> | Permit<LimitId>,
  send: Send<T, LimitId>,
  classify: OutcomeClassifier<T>,
  check?: () => void,
): Promise<T> {
  const acquired = call instanceof Permit ? Promise.resolve(call) : sender.acquire(call);
  // Not async, and the options are created late: a queued call takes as little memory as possible.
  return acquired.then((permit) => {
    const { report } = sender;
    return sendWithRetries(permit, { clock: sender, report, send, classify, check });
  });
}

function unwrap<T>(outcome: Outcome<T>): T {
  if ("error" in outcome) throw outcome.error;
  return outcome.value;
}

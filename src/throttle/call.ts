/** One logical request, whichever layer of the browser sees it first. */

import { Priority } from "./queue";

export interface Call<LimitId extends string> {
  /** What it spends: one permit of each. */
  readonly limits: readonly LimitId[];
  /** What it is, for a screen or a log: "AcceptTask", "POST /channels". Never holds a customer's data. */
  readonly name: string;
  /** A label for screens and listeners. The throttle passes it on and never reads it. */
  readonly kind?: string;
  /** The one thing it is about (a channel's sid): two sights of the same call have the same key. */
  readonly key?: string;
  /** Default `normal`. */
  readonly priority?: Priority;
  /** `reject`: fails at once instead of waiting. Default `queue`. */
  readonly onBurst?: "queue" | "reject";
  /** Given up after so long, retries included; default is the queue's `maxWaitMs`. */
  readonly maxWaitMs?: number;
  /** No other layer has seen it: it takes over no permit that was acquired for another call. */
  readonly isEntryPoint?: boolean;
  /** Queued even when the queue is full: nobody could ask for it again. */
  readonly isExemptFromQueueLimit?: boolean;
  /** Retried as long as there is time, whatever the retry budget of its limits says. */
  readonly isExemptFromRetryBudget?: boolean;
  /** Sent again when no answer arrives in time, at most so often. For calls that are safe to repeat. */
  readonly resendUnanswered?: { readonly afterMs: number; readonly maxAttempts: number };
  /** Giving it up is nothing to tell people: it goes on without a permit. */
  readonly proceedsWithoutPermit?: boolean;
  /**
   * How much ahead of its turn it may have its permit, in milliseconds: what it lets through takes about so long until
   * the request that is counted. Whoever takes the permit over waits for the rest.
   */
  readonly leadMs?: number;
  /** When the reason for it is gone, on the throttle's clock; it is given up then. */
  readonly deadlineMs?: number;
  /** Takes it out of the queue; what waits for it is rejected with the signal's reason. */
  readonly signal?: AbortSignal;
}

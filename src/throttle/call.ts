/** One logical request, whichever layer intercepts it first. */

import { Priority } from "./queueOrder";

export interface Call<LimitId extends string> {
  /** The limits that it spends. It needs one slot of each. */
  readonly limits: readonly LimitId[];
  /** For screens and logs: "AcceptTask", "POST /channels". Never contains customer data. */
  readonly name: string;
  /** A label for screens and listeners. The throttle passes it on and never reads it. */
  readonly kind?: string;
  /** Identifies what it is about (a channel's sid), so that each layer recognizes the same call. */
  readonly key?: string;
  /** Default `normal`. */
  readonly priority?: Priority;
  /** Over-limit policy. `reject`: fails at once instead of waiting. Default `queue`. */
  readonly onBurst?: "queue" | "reject";
  /** Expires after this time, retries included. Default: the queue's `maxWaitMs`. */
  readonly maxWaitMs?: number;
  /** No other layer has intercepted it, so it must not claim a permit that was handed off for another call. */
  readonly isEntryPoint?: boolean;
  /** Queued even when the queue is full, because its caller cannot repeat it. */
  readonly isExemptFromQueueLimit?: boolean;
  /** Retried until it expires, even if the retry budget of its limits is exhausted. */
  readonly isExemptFromRetryBudget?: boolean;
  /** Sent again, up to `maxAttempts` times in all, when no answer arrives in time. Only for calls that are safe to repeat. */
  readonly resendUnanswered?: { readonly afterMs: number; readonly maxAttempts: number };
  /** Its caller goes on without a permit, so that dropping it is not reported. */
  readonly proceedsWithoutPermit?: boolean;
  /** Whether its caller must make it again instead of a retry, for example with a new token. Its caller gets the 429 then. */
  readonly isOutdated?: () => boolean;
  /** Its answers come from a host that speaks for the whole account, so its success ends a pause of the account. */
  readonly answersForAccount?: boolean;
  /**
   * Lead time: how long before its turn it may get its permit, in milliseconds, because the counted request follows
   * about this much later. The call that claims the permit waits for the rest.
   */
  readonly leadMs?: number;
  /** When it becomes pointless and expires, on the throttle's clock. */
  readonly deadlineMs?: number;
  /** Removes it from the queue. Its caller's promise is rejected with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Makes the call again after it was dropped, when the agent asks for it. The throttle never calls it. */
  readonly sendAgain?: () => void;
}

/** What other plugins pass to the Action `AcquireThrottlePermit`, and what they get from it. */

import type { RateLimitId } from "../../limits/limits";

/** The payload of the Action `AcquireThrottlePermit`. An invalid one is rejected with a `TypeError` that says why. */
export interface PermitPayload {
  /** One or more limits. The call spends one slot of each. */
  readonly limits: readonly RateLimitId[];
  /** `high`: a customer waits. `normal`: an agent clicked. `low`: bulk work. Default `normal`. */
  readonly priority?: "high" | "normal" | "low";
  /** How long the call may wait, in milliseconds, more than 0. Default: `queue.maxWaitSeconds` of the settings. */
  readonly timeoutMs?: number;
}

/**
 * What `AcquireThrottlePermit` resolves to when the call's turn has come. Only the first call of either method counts.
 * Without one, the call counts as sent, and its slot is free two seconds after the grant. Neither has an effect on a call
 * that this plugin intercepts.
 */
export interface PluginPermit {
  /** Call this when the call is sent: its slot is free 1.1 seconds later. */
  readonly markSent: () => void;
  /** Call this when the call is not needed: its slot is free at once. */
  readonly release: () => void;
}

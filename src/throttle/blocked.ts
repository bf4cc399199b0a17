/** Why a call may not be sent now. */

import { ThrottleErrorDetails } from "./errors";

/** `waiting`: it would be queued. `queueFull`: it would be dropped. `aborted`: its caller has aborted it. */
export type BlockedReason = "waiting" | "queueFull" | "aborted";

export class Blocked implements ThrottleErrorDetails {
  /** The limit with the longest wait for the call. */
  readonly limit: ThrottleErrorDetails["limit"];
  /** An estimate, in milliseconds. */
  readonly waitMs: ThrottleErrorDetails["waitMs"];
  /** How many queued calls spend that limit. */
  readonly ahead: ThrottleErrorDetails["ahead"];

  constructor(
    readonly reason: BlockedReason,
    { limit, waitMs, ahead }: ThrottleErrorDetails = {},
  ) {
    this.limit = limit;
    this.waitMs = waitMs;
    this.ahead = ahead;
  }
}

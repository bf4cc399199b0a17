/** The answer to "may this call be sent now?" where it may not. */

import { ThrottleErrorDetails } from "./errors";

/** `waiting`: it would be queued. `queueFull`: it would be dropped. `aborted`: its caller ended it. */
export type BlockedReason = "waiting" | "queueFull" | "aborted";

export class Blocked implements ThrottleErrorDetails {
  /** The limit that would hold the call up longest. */
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

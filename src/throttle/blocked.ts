/** Why a call may not be sent now. */

import { ThrottleErrorDetails } from "./errors";

/** `waiting`: it would be queued. `queueFull`: it would be dropped. `aborted`: its caller has aborted it. */
export type BlockedReason = "waiting" | "queueFull" | "aborted";

export class Blocked {
  /** @param explain estimates the wait for the call now. Takes too long for every call that is only queued. */
  constructor(
    readonly reason: BlockedReason,
    readonly explain: () => ThrottleErrorDetails = () => ({}),
  ) {}
}

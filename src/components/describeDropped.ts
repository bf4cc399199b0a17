/** Why a call was not sent, and what the agent can do. */

import { DroppedCall } from "../state/slice";
import { TextKey } from "../texts/texts";
import { customerIn, describeCall } from "./describeCall";
import { Services } from "./services";

const TEXTS: Record<string, TextKey> = {
  ThrottleQueueFullError: "DroppedFull",
  ThrottleTimeoutError: "DroppedTimeout",
  ThrottleRejectedError: "DroppedReject",
  ThrottleCapacityError: "DroppedCapacity",
  "join-failed": "CanceledJoin",
  "deferred-failed": "DeferredFailed",
  "deferred-lost": "DeferredLost",
};

export function describeDropped(dropped: DroppedCall, services: Services): string {
  const { waitMs = 0, maxWaitMs = 0, atMs = 0, name, reason } = dropped;
  // The list of what was not sent may be read much later.
  const isCountdown = reason === "ThrottleRejectedError";
  return services.text(textFor(dropped), {
    seconds: toSeconds(isCountdown ? atMs + waitMs - Date.now() : waitMs),
    maxSeconds: toSeconds(maxWaitMs),
    time: new Date(atMs + waitMs),
    action: services.labelOf(name),
    call: describeCall(dropped, services),
    customer: customerIn(dropped, services),
  });
}

function textFor({ reason, isJoin, isAction, waitMs = 0, maxWaitMs = Infinity }: DroppedCall): TextKey {
  if (reason === "ThrottleCanceledError") return isJoin ? "CanceledJoin" : "CanceledCall";
  if (isJoin && reason === "ThrottleRejectedError") return "DroppedAccept";
  if (isAction && reason === "ThrottleTimeoutError") return "ActionTimeout";
  const throttled = waitMs > maxWaitMs ? "DroppedTooLong" : "DroppedByTwilio";
  return TEXTS[reason] ?? throttled;
}

const toSeconds = (ms: number) => Math.max(1, Math.ceil(ms / 1000));

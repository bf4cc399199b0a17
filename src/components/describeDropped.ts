/** Why a call was not sent, and what the agent can do. */

import { DroppedCall } from "../state/slice";
import { TextKey } from "../texts/texts";
import { customerIn, describeCall } from "./describeCall";
import { Services } from "./services";

const TEXTS: Record<string, TextKey> = {
  ThrottleQueueFullError: "FlexThrottleDroppedFull",
  ThrottleTimeoutError: "FlexThrottleDroppedTimeout",
  ThrottleRejectedError: "FlexThrottleDroppedReject",
  ThrottleCapacityError: "FlexThrottleDroppedCapacity",
  "join-failed": "FlexThrottleCanceledJoin",
  "deferred-failed": "FlexThrottleDeferredFailed",
  "deferred-lost": "FlexThrottleDeferredLost",
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
  if (reason === "ThrottleCanceledError") return isJoin ? "FlexThrottleCanceledJoin" : "FlexThrottleCanceledCall";
  if (isJoin && reason === "ThrottleRejectedError") return "FlexThrottleDroppedAccept";
  if (isAction && reason === "ThrottleTimeoutError") return "FlexThrottleActionTimeout";
  const throttled = waitMs > maxWaitMs ? "FlexThrottleDroppedTooLong" : "FlexThrottleDroppedByTwilio";
  return TEXTS[reason] ?? throttled;
}

const toSeconds = (ms: number) => Math.max(1, Math.ceil(ms / 1000));

/** The throttle's status as it appears in Flex's store: the one place that knows which calls are joins. */

import { ThrottleStatus, WaitingCallStatus } from "../flexThrottle";
import { FlexFlowCount } from "../limits/flexFlowCount";

/** `Call.kind` of the calls that add the agent to a customer's chat. */
export const JOIN = "join";

export interface QueuedCallStatus extends Omit<WaitingCallStatus, "kind" | "key"> {
  readonly purpose: "join" | "other";
  /** Which chat a join is about, by its channel's sid. Other calls do not show what they are about. */
  readonly chat?: string;
}

/** Times are on the throttle's clock. */
export interface PublishedStatus extends Omit<ThrottleStatus, "waiting" | "retryingByKind"> {
  /** How many of the calls that are being retried are joins. */
  readonly retryingJoins: number;
  /** In the order of their turns. */
  readonly waiting: readonly QueuedCallStatus[];
  /** The number of Flex Flows. */
  readonly capacity: { readonly count: number; readonly max: number; readonly isNearlyFull: boolean };
}

export const IDLE_STATUS: PublishedStatus = {
  retrying: 0,
  retryingJoins: 0,
  retryAtMs: 0,
  retryingLimits: [],
  waiting: [],
  coolDownUntilMs: {},
  coolDownCauses: {},
  capacity: { count: 0, max: 0, isNearlyFull: false },
};

export function toPublishedStatus(
  { waiting, retryingByKind, ...status }: ThrottleStatus,
  { count, maximum, isNearlyFull }: Pick<FlexFlowCount, "count" | "maximum" | "isNearlyFull">,
): PublishedStatus {
  return {
    ...status,
    capacity: { count, max: maximum, isNearlyFull },
    retryingJoins: retryingByKind[JOIN] ?? 0,
    waiting: waiting.map(({ kind, key, ...call }) => ({
      ...call,
      purpose: kind === JOIN ? "join" : "other",
      chat: kind === JOIN ? key : undefined,
    })),
  };
}

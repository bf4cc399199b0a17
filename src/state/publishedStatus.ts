/** The throttle's status as it appears in Flex's store: the one place that knows which calls are joins. */

import { ThrottleStatus, WaitingCallStatus } from "../flexThrottle";
import { FlexFlowCount } from "../limits/flexFlowCount";
import { RateLimitId } from "../limits/limits";
import { CoolDownCause } from "../throttle/tooManyRequests";

/** `Call.kind` of the calls that add the agent to a customer's chat. */
export const JOIN = "join";

/** One queued call. Times are milliseconds on the throttle's clock, `performance.now()`. */
export interface QueuedCallStatus extends Omit<WaitingCallStatus, "kind" | "key"> {
  /** `join`: it adds the agent to the chat of an accepted task. */
  readonly purpose: "join" | "other";
  /** The channel sid of the chat that a join is for. Other calls do not show what they are about. */
  readonly chat?: string;
}

/** Queue, retries and cool-downs. Times are milliseconds on the throttle's clock, `performance.now()`. */
export interface PublishedStatus extends Omit<ThrottleStatus, "waiting" | "retryingByKind"> {
  /** How many of the calls that are being retried are joins. */
  readonly retryingJoins: number;
  /** The queued calls, in the order of their turns. */
  readonly waiting: readonly QueuedCallStatus[];
  /** The ends of the current cool-downs, by limit id. Empty in the modes `observe` and `off`. */
  readonly coolDownUntilMs: Readonly<Partial<Record<RateLimitId, number>>>;
  /** The 429s because of which these limits cool down. */
  readonly coolDownCauses: Readonly<Partial<Record<RateLimitId, CoolDownCause>>>;
  /** How many 429s these limits have got since their last success. Those of one burst count once. */
  readonly throttledInARow: Readonly<Partial<Record<RateLimitId, number>>>;
  /** The Flex Flows of the account. */
  readonly capacity: {
    /** How many are known; there may be more. */
    readonly count: number;
    /** How many the account may have, from the settings. */
    readonly max: number;
    /** Whether `count` is at least 95 % of `max`. */
    readonly isNearlyFull: boolean;
  };
}

export const IDLE_STATUS: PublishedStatus = {
  retrying: 0,
  retryingJoins: 0,
  retryAtMs: 0,
  retryingLimits: [],
  waiting: [],
  coolDownUntilMs: {},
  coolDownCauses: {},
  throttledInARow: {},
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

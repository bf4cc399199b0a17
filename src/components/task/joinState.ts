/** The state of a join whose chat was accepted. */

import { ADD_MEMBER } from "../../limits/limits";
import { isThrottledByTwilio, nextAttempt } from "../../state/selectors";
import { ThrottleState } from "../../state/slice";
import { secondsUntil } from "../live";
import { Services } from "../services";

export interface WaitingJoin {
  readonly is: "waiting";
  readonly startMs: number;
  readonly isThrottled: boolean;
  /** The number of its next attempt. */
  readonly attempt: number;
}

export type JoinState =
  | WaitingJoin
  /** Canceled or failed. It is not retried automatically. */
  | { readonly is: "not-joined" };

/** @returns undefined if the join is being sent, or if the throttle has not seen it. */
export function selectJoinState({ status, notJoined }: ThrottleState, chat: string): JoinState | undefined {
  if (notJoined.includes(chat)) return { is: "not-joined" };
  const call = status.waiting.find((waiting) => waiting.chat === chat);
  return (
    call && {
      is: "waiting",
      startMs: call.startMs,
      isThrottled: isThrottledByTwilio(call, status),
      attempt: nextAttempt(call, status),
    }
  );
}

/** @returns in how many seconds a join would be sent that is made now; 0 for at once. */
export function secondsUntilNextJoin({ status }: ThrottleState, nowMs: number): number {
  const queued = status.waiting.filter(({ limits }) => limits.includes(ADD_MEMBER)).map(({ startMs }) => startMs);
  return secondsUntil(Math.max(status.coolDownUntilMs[ADD_MEMBER] ?? 0, ...queued), nowMs);
}

/** For the task list, which is narrow. After a 429 it says "retrying", because the countdown became longer. */
export function describeJoin(state: JoinState, { text, now }: Services): string {
  return state.is === "waiting"
    ? text(state.isThrottled ? "RetryingIn" : "JoiningIn", { seconds: secondsLeft(state, now) })
    : text("NotJoinedShort");
}

/** For the chat's tab. After another 429 it has the number of the attempt, because the countdown became longer again. */
export function describeWait(join: WaitingJoin, { text, now }: Services): string {
  const { isThrottled, attempt } = join;
  const values = { attempt, seconds: secondsLeft(join, now) };
  if (!isThrottled) return text("JoiningIn", values);
  if (attempt <= 2) return text("JoiningLimited", values);
  const retry = text("RetryingAgain", values);
  return `${text("Limited")} ${retry} ${text("NothingLost")}`;
}

/** At least 1, because the join has not been sent yet. */
const secondsLeft = ({ startMs }: WaitingJoin, now: () => number) => Math.max(1, secondsUntil(startMs, now()));

/** The state of a join whose chat was accepted. */

import { ADD_MEMBER } from "../../limits/limits";
import { isThrottledByTwilio } from "../../state/selectors";
import { ThrottleState } from "../../state/slice";
import { secondsUntil } from "../live";
import { Services } from "../services";

export type JoinState =
  | { readonly is: "waiting"; readonly startMs: number; readonly isThrottled: boolean }
  /** Canceled or failed. It is not retried automatically. */
  | { readonly is: "not-joined" };

/** @returns undefined if the join is being sent, or if the throttle has not seen it. */
export function selectJoinState({ status, notJoined }: ThrottleState, chat: string): JoinState | undefined {
  if (notJoined.includes(chat)) return { is: "not-joined" };
  const call = status.waiting.find((waiting) => waiting.chat === chat);
  return call && { is: "waiting", startMs: call.startMs, isThrottled: isThrottledByTwilio(call, status) };
}

/** @returns in how many seconds a join would be sent that is made now; 0 for at once. */
export function secondsUntilNextJoin({ status }: ThrottleState, nowMs: number): number {
  const queued = status.waiting.filter(({ limits }) => limits.includes(ADD_MEMBER)).map(({ startMs }) => startMs);
  return secondsUntil(Math.max(status.coolDownUntilMs[ADD_MEMBER] ?? 0, ...queued), nowMs);
}

/** A short form for the task list. */
export function describeJoin(state: JoinState, { text, now }: Services): string {
  return state.is === "waiting"
    ? text("FlexThrottleJoiningIn", { seconds: secondsUntilJoin(state, now()) })
    : text("FlexThrottleNotJoinedShort");
}

/** At least 1, because the join has not been sent yet. */
export const secondsUntilJoin = ({ startMs }: { readonly startMs: number }, nowMs: number) =>
  Math.max(1, secondsUntil(startMs, nowMs));

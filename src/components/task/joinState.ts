/** How far an agent is from a chat that was accepted. */

import { isThrottledByTwilio } from "../../state/selectors";
import { ThrottleState } from "../../state/slice";
import { secondsUntil } from "../live";
import { Services } from "../services";

export type JoinState =
  | { readonly is: "waiting"; readonly startMs: number; readonly isLimited: boolean }
  /** Given up, or failed: nothing happens by itself any more. */
  | { readonly is: "not-joined" };

/** @returns nothing while it is under way, or where nothing is known of it: it may be as Flex itself says. */
export function joinState({ status, notJoined }: ThrottleState, chat: string): JoinState | undefined {
  if (notJoined.includes(chat)) return { is: "not-joined" };
  const call = status.waiting.find((waiting) => waiting.chat === chat);
  return call && { is: "waiting", startMs: call.startMs, isLimited: isThrottledByTwilio(call, status) };
}

/** In a few words, as a list has room for. */
export function describeJoin(state: JoinState, { text, now }: Services): string {
  return state.is === "waiting"
    ? text("FlexThrottleJoiningIn", { seconds: secondsLeft(state, now()) })
    : text("FlexThrottleNotJoinedShort");
}

/** Never none: it has not gone yet. */
export const secondsLeft = ({ startMs }: { readonly startMs: number }, nowMs: number) =>
  Math.max(1, secondsUntil(startMs, nowMs));

/** Counts the chats that were joined in one go, from the first join until none is left. */

import { countWaits } from "../../state/selectors";
import { ThrottleState } from "../../state/slice";

/** Between an accept and its join nothing waits: a gap this short does not end a burst. */
const GAP_MS = 1000;

export class JoinBurst {
  /** Whether the agent has seen that chats wait. */
  isNoticed = false;
  /** `joinedCount` at the beginning. */
  private before: number | undefined;
  private idleSinceMs: number | undefined;

  get isRunning(): boolean {
    return this.before !== undefined;
  }

  /** @returns how many chats were joined, if a burst that was noticed has just ended with all chats joined. */
  end(state: ThrottleState, nowMs: number): number {
    if (state.joining.length > 0 || countWaits(state.status).chats > 0) {
      this.before ??= state.joinedCount;
      this.idleSinceMs = undefined;
      return 0;
    }
    this.idleSinceMs ??= nowMs;
    if (this.before === undefined || nowMs - this.idleSinceMs < GAP_MS) {
      this.isNoticed &&= this.isRunning;
      return 0;
    }
    const joined = this.isNoticed && state.notJoined.length === 0 ? state.joinedCount - this.before : 0;
    this.before = undefined;
    this.isNoticed = false;
    return joined;
  }
}

import { AccountBudgetHealth } from "./accountBudget";
import { CoolDownCause } from "./tooManyRequests";

/** So many 429s in a row have another reason: something that does not share the budget uses up the limit. */
const MAX_TOLERATED = 3;

/**
 * 429s while the account's budget is live: calls of two browsers met at Twilio. The turns already pace the limit, and a
 * cool-down would make this browser miss its own, so the first few only repeat their call in a new turn.
 */
export class Collisions {
  private inARow = 0;
  /** When the last one was counted. Calls sent before were in flight with it. */
  private countedMs = -Infinity;

  /**
   * Whether the 429 needs no cool-down. 429s of calls that were in flight together count as one.
   *
   * @param sentAtMs when the call was sent.
   */
  isTolerated(health: AccountBudgetHealth, { retryAfterMs }: CoolDownCause, sentAtMs: number, nowMs: number): boolean {
    if (health !== "live") return false;
    if (sentAtMs >= this.countedMs) {
      this.inARow += 1;
      this.countedMs = nowMs;
    }
    return this.inARow <= MAX_TOLERATED && retryAfterMs === undefined;
  }

  /** Call this after any other answer. */
  end(): void {
    this.inARow = 0;
  }
}

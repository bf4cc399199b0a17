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

  /** Whether the 429 needs no cool-down. */
  isTolerated(health: AccountBudgetHealth, { retryAfterMs }: CoolDownCause): boolean {
    if (health !== "live") return false;
    this.inARow += 1;
    return this.inARow <= MAX_TOLERATED && retryAfterMs === undefined;
  }

  /** Call this after any other answer. */
  end(): void {
    this.inARow = 0;
  }
}

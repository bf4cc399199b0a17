/**
 * How many retries a limit has left: each costs one, each success gives a part of one back. When nothing succeeds any
 * more, calls stop being repeated and their refusals go to their callers.
 *
 * @see https://sre.google/sre-book/handling-overload/ (retry budgets)
 */

/** What a limit that was never refused may spend at once, for each start per second: a burst is refused as a whole. */
const SECONDS_WORTH = 10;

/** A success earns a fifth of a retry. */
const EARNED_PER_SUCCESS = 0.2;

export class RetryBudget {
  private most = 0;
  private left = 0;

  /** @param perSecond the configured starts per second. */
  constructor(perSecond: number) {
    this.configure(perSecond);
  }

  configure(perSecond: number): void {
    const most = SECONDS_WORTH * Math.max(1, perSecond);
    this.left = Math.min(most, this.left + Math.max(0, most - this.most));
    this.most = most;
  }

  get isExhausted(): boolean {
    return this.left < 1;
  }

  spend(): void {
    this.left = Math.max(0, this.left - 1);
  }

  earn(): void {
    this.left = Math.min(this.most, this.left + EARNED_PER_SUCCESS);
  }
}

/**
 * How many retries a limit has left. Each retry costs one, each success earns part of one. When nothing succeeds, calls
 * are no longer retried and their 429s go to their callers.
 *
 * @see https://sre.google/sre-book/handling-overload/ (retry budgets)
 */

/** The initial budget in seconds of starts at the configured rate: a burst is throttled as a whole. */
const INITIAL_SECONDS = 10;

/** Five successes earn a retry. */
const EARNED_PER_SUCCESS = 0.2;

export class RetryBudget {
  private largest = 0;
  private left = 0;

  /** @param perSecond the configured starts per second. */
  constructor(perSecond: number) {
    this.configure(perSecond);
  }

  configure(perSecond: number): void {
    const largest = INITIAL_SECONDS * Math.max(1, perSecond);
    this.left = Math.min(largest, this.left + Math.max(0, largest - this.largest));
    this.largest = largest;
  }

  get isExhausted(): boolean {
    return this.left < 1;
  }

  spend(): void {
    this.left = Math.max(0, this.left - 1);
  }

  earn(): void {
    this.left = Math.min(this.largest, this.left + EARNED_PER_SUCCESS);
  }
}

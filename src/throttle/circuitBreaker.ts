/** Fewer failures may be specific to one call. */
const MAX_FAILURES = 5;

/** Counts internal errors and opens after five until the page reloads: a broken throttle delays calls more than 429s do. */
export class CircuitBreaker {
  private failures = 0;

  /** @param onOpen disables the failing part. */
  constructor(
    private readonly report: (error: unknown) => void,
    private readonly onOpen: () => void,
  ) {}

  get isOpen(): boolean {
    return this.failures >= MAX_FAILURES;
  }

  /** @returns the result of `work`, or of `fallback` if it throws. */
  run<T>(work: () => T, fallback: () => T): T {
    try {
      return work();
    } catch (error) {
      this.recordFailure(error);
      return fallback();
    }
  }

  recordFailure(error: unknown): void {
    this.report(error);
    this.failures += 1;
    if (this.failures === MAX_FAILURES) this.onOpen();
  }
}

/** More failures than this are not an accident of one call. */
const MAX_FAILURES = 5;

/** Counts internal errors. After five it opens until the page reloads: a wrong state delays calls more than a 429 does. */
export class CircuitBreaker {
  private failures = 0;

  /** @param onOpen disables what keeps failing. */
  constructor(
    private readonly report: (error: unknown) => void,
    private readonly onOpen: () => void,
  ) {}

  get isOpen(): boolean {
    return this.failures >= MAX_FAILURES;
  }

  /** @returns the result of `work`, or that of `fallback` if it throws. */
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

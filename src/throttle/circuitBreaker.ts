import { Clock } from "./clock";

/** Fewer failures may be specific to one call. */
const MAX_FAILURES = 5;

/** Failures that are further apart delay hardly any call. */
const WINDOW_MS = 600_000;

/**
 * Counts internal errors and opens after five within ten minutes, until the page reloads: a broken throttle delays calls
 * more than 429s do.
 */
export class CircuitBreaker {
  /** When the latest failures happened, oldest first. */
  private failedAtMs: number[] = [];
  private isOpen = false;

  /**
   * @param report must not throw.
   * @param onOpen disables the failing part.
   */
  constructor(
    private readonly clock: Pick<Clock, "now">,
    private readonly report: (error: unknown) => void,
    private readonly onOpen: () => void,
  ) {}

  /** @returns the result of `work`, or of `fallback` if it throws. */
  run<T>(work: () => T): T | undefined;
  run<T>(work: () => T, fallback: () => T): T;
  run<T>(work: () => T, fallback?: () => T): T | undefined {
    try {
      return work();
    } catch (error) {
      this.recordFailure(error);
      return fallback?.();
    }
  }

  recordFailure(error: unknown): void {
    this.report(error);
    if (this.isOpen) return;
    const nowMs = this.clock.now();
    this.failedAtMs = [...this.failedAtMs.filter((atMs) => atMs > nowMs - WINDOW_MS), nowMs];
    if (this.failedAtMs.length < MAX_FAILURES) return;
    this.isOpen = true;
    this.onOpen();
  }
}

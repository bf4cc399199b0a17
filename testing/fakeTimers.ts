/** Fakes timers and `performance.now` in each test of the file. */
export function useFakeTimers(): void {
  beforeEach(() => void jest.useFakeTimers("modern"));
  afterEach(() => void jest.useRealTimers());
}

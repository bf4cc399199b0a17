/** @param report called with the error. @returns what `work` returns; `undefined` if it throws. */
export function tryTo<T>(work: () => T, report?: (error: unknown) => void): T | undefined {
  try {
    return work();
  } catch (error) {
    report?.(error);
    return undefined;
  }
}

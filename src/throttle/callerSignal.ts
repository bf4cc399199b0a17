/** Reads the signal of a caller. It comes from the page, so nothing that it throws may reach the throttle. */

export function isAborted(signal: AbortSignal | undefined): boolean {
  try {
    return signal?.aborted === true;
  } catch {
    return false;
  }
}

/** @returns stops listening. */
export function onAbort(signal: AbortSignal | undefined, listener: () => void): () => void {
  attempt(() => signal?.addEventListener("abort", listener));
  return () => attempt(() => signal?.removeEventListener("abort", listener));
}

/** The signals of older browsers have no reason. */
export function abortReason(signal: AbortSignal | undefined): unknown {
  return attempt(() => signal?.reason as unknown) ?? new DOMException("The user aborted a request.", "AbortError");
}

function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}

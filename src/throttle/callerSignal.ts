/** Reads the signal of a caller. It comes from the page, so nothing that it throws may reach the throttle. */

import { tryTo } from "../helpers/tryTo";

export function isAborted(signal: AbortSignal | undefined): boolean {
  return tryTo(() => signal?.aborted) === true;
}

/** @returns stops listening. */
export function onAbort(signal: AbortSignal | undefined, listener: () => void): () => void {
  tryTo(() => signal?.addEventListener("abort", listener));
  return () => tryTo(() => signal?.removeEventListener("abort", listener));
}

/** The signals of older browsers have no reason. */
export function abortReason(signal: AbortSignal | undefined): unknown {
  return tryTo(() => signal?.reason as unknown) ?? new DOMException("The user aborted a request.", "AbortError");
}

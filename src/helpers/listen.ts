/** Adds a listener for events of these types. @returns removes it. */
export function listen(
  target: EventTarget,
  types: readonly string[],
  listener: (event: Event) => void,
  isCapturing = false,
): () => void {
  types.forEach((type) => target.addEventListener(type, listener, isCapturing));
  return () => types.forEach((type) => target.removeEventListener(type, listener, isCapturing));
}

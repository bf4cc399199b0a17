/** Does what a browser does with an XMLHttpRequest, while the browser does not have the request. */

import { hasOwn } from "../helpers/hasOwn";
import { readText } from "../helpers/readText";

export type NativeMethods = Pick<XMLHttpRequest, "open" | "send" | "abort" | "setRequestHeader">;

/** Copied, because another script may have replaced the constructor that has these constants. */
const UNSENT = 0;
export const OPENED = 1;
export const HEADERS_RECEIVED = 2;
export const DONE = 4;

/** Fires the events of a request that begins. @param isWaiting turns false when a handler ends the request. */
export function fireStart(xhr: XMLHttpRequest, isUploading: boolean, isWaiting: () => boolean): void {
  [xhr, ...(isUploading ? [xhr.upload] : [])].forEach((target) => {
    if (isWaiting()) target.dispatchEvent(new ProgressEvent("loadstart"));
  });
}

/** Fires the events of a request that has ended. @param isUploading whether its upload has begun and not ended. */
export function fireEnd(xhr: XMLHttpRequest, type: "load" | "abort" | "error", isUploading = false): void {
  xhr.dispatchEvent(new Event("readystatechange"));
  [...(isUploading ? [xhr.upload] : []), xhr].forEach((target) => {
    target.dispatchEvent(new ProgressEvent(type));
    target.dispatchEvent(new ProgressEvent("loadend"));
  });
}

/** Ends a request that the browser does not have, as the browser would. */
export function endWithoutAnswer(
  xhr: XMLHttpRequest,
  type: "abort" | "error",
  native: NativeMethods,
  isUploading: boolean,
): void {
  // Removes the answer of a throttled attempt; fires no event.
  native.abort.call(xhr);
  const setReadyState = (value: number) => Object.defineProperty(xhr, "readyState", { configurable: true, value });
  setReadyState(DONE);
  fireEnd(xhr, type, isUploading);
  // A handler may have opened the object again.
  const isStillEnded = hasOwn(xhr, "readyState");
  if (type === "abort" && isStillEnded) setReadyState(UNSENT);
}

/** @returns the body as text or parsed, or a promise of it if it can only be read asynchronously. */
export function readXhrBody({ responseType, response }: XMLHttpRequest): unknown {
  if (responseType === "arraybuffer") return new TextDecoder().decode(response ?? undefined);
  // `Blob.text` came with Safari 14.
  if (responseType === "blob" && response) return readText(new Response(response as Blob));
  return response;
}

/** What a browser does with an XMLHttpRequest when a request ends, for requests that end without being sent. */

export type NativeMethods = Pick<XMLHttpRequest, "open" | "send" | "abort" | "setRequestHeader">;

/** Fires the events of a request that has ended. */
export function fireEnd(xhr: XMLHttpRequest, type: "load" | "abort" | "error"): void {
  xhr.dispatchEvent(new Event("readystatechange"));
  xhr.dispatchEvent(new ProgressEvent(type));
  xhr.dispatchEvent(new ProgressEvent("loadend"));
}

/** Ends a request that the browser does not have, as the browser would. */
export function endWithoutAnswer(xhr: XMLHttpRequest, type: "abort" | "error", native: NativeMethods): void {
  // Removes the answer of a throttled attempt; fires no event.
  native.abort.call(xhr);
  const setReadyState = (value: number) => Object.defineProperty(xhr, "readyState", { configurable: true, value });
  setReadyState(XMLHttpRequest.DONE);
  fireEnd(xhr, type);
  // A handler may have opened the object again.
  const isStillEnded = Object.prototype.hasOwnProperty.call(xhr, "readyState");
  if (type === "abort" && isStillEnded) setReadyState(XMLHttpRequest.UNSENT);
}

/** @returns the body if it can be read synchronously. */
export function readXhrBody(xhr: XMLHttpRequest): unknown {
  if (xhr.responseType === "" || xhr.responseType === "text") return xhr.responseText;
  if (xhr.responseType === "arraybuffer" && typeof TextDecoder === "function")
    return new TextDecoder().decode(xhr.response ?? undefined);
  return xhr.responseType === "json" ? xhr.response : undefined;
}

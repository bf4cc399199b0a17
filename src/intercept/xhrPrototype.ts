/**
 * @returns the browser's own prototype. Another script may have replaced the constructor by a function, a subclass or a
 * proxy that makes native objects.
 * @throws TypeError if the constructor makes other objects, which keep the native ones to themselves.
 */
export function findXhrPrototype(page: typeof globalThis): XMLHttpRequest {
  const isNative = (object: object) => Object.getPrototypeOf(object) === page.XMLHttpRequestEventTarget.prototype;
  const find = (object: unknown): XMLHttpRequest | undefined => {
    if (typeof object !== "object" || object === null) return undefined;
    return isNative(object) ? (object as XMLHttpRequest) : find(Object.getPrototypeOf(object));
  };
  const prototype = find(page.XMLHttpRequest.prototype) ?? find(new page.XMLHttpRequest());
  if (!prototype) throw new TypeError("XMLHttpRequest was replaced by another script.");
  return prototype;
}

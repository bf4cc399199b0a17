/**
 * @returns the browser's own prototype. Another script may have replaced the constructor by a function, a subclass or a
 * proxy that makes native objects.
 * @throws TypeError if the constructor makes other objects, which keep the native ones to themselves.
 */
export function findXhrPrototype(page: typeof globalThis): XMLHttpRequest {
  const find = (object: XMLHttpRequest | undefined): XMLHttpRequest | undefined => {
    const prototype = object && (Object.getPrototypeOf(object) as XMLHttpRequest | undefined);
    return prototype === page.XMLHttpRequestEventTarget.prototype ? object : prototype && find(prototype);
  };
  const prototype = find(page.XMLHttpRequest.prototype) ?? find(new page.XMLHttpRequest());
  if (!prototype) throw new TypeError("XMLHttpRequest was replaced by another script.");
  return prototype;
}

/** Copies of a request's parts, so that changes by its caller while it waits have no effect. */

/** @returns a body of the same type and bytes. Streams and immutable bodies come back as they are. */
export function copyBody<Body>(body: Body): Body {
  return copyOf(body) as Body;
}

function copyOf(body: unknown): unknown {
  if (body instanceof URLSearchParams) return new URLSearchParams(body);
  if (body instanceof FormData) {
    const copy = new FormData();
    body.forEach((value, name) => copy.append(name, value));
    return copy;
  }
  if (body instanceof ArrayBuffer) return body.slice(0);
  if (ArrayBuffer.isView(body)) {
    const bytes = body.buffer.slice(body.byteOffset, body.byteOffset + body.byteLength);
    return body instanceof DataView ? new DataView(bytes) : new (body.constructor as Uint8ArrayConstructor)(bytes);
  }
  return body;
}

/** @returns headers of the same type, because other patches of `fetch` may expect it. */
export function copyHeaders(headers: HeadersInit | undefined): HeadersInit | undefined {
  if (!headers) return headers;
  if (headers instanceof Headers) return new Headers(headers);
  // `fetch` accepts any iterable of pairs, such as a Map.
  if (Symbol.iterator in headers)
    return Array.from(headers as Iterable<[string, string]>, ([name, value]): [string, string] => [name, value]);
  return { ...headers };
}

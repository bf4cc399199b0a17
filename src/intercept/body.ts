/** A request that waits is sent as it was when it was made, whatever its maker does with its parts meanwhile. */

/** @returns a body of the same type and bytes that the caller cannot change any more. Streams come back as they are. */
export function keepBody<Body>(body: Body): Body {
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

/** @returns headers of the same kind, so that another patch of `fetch` finds what it is used to. */
export function keepHeaders(headers: HeadersInit | undefined): HeadersInit | undefined {
  if (!headers) return headers;
  if (headers instanceof Headers) return new Headers(headers);
  // Any iterable of pairs is a list of headers: a Map, too.
  if (Symbol.iterator in headers)
    return Array.from(headers as Iterable<[string, string]>, ([name, value]): [string, string] => [name, value]);
  return { ...headers };
}

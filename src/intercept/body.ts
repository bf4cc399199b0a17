/** Copies of a request's parts, so that changes by its caller while it waits have no effect. */

/** @returns a body of the same type and bytes. Streams and immutable bodies come back as they are. */
export function copyBody<Body>(body: Body): Body;
export function copyBody(body: unknown): unknown {
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
  // Browsers send any other object as its text. Blobs, streams and documents have tags of their own.
  return /^\[object (Object|Array)]$/.test(Object.prototype.toString.call(body)) ? `${body as object}` : body;
}

/** @returns headers of the same type, because other patches of `fetch` may expect it. */
export function copyHeaders(headers: HeadersInit): HeadersInit {
  if (headers instanceof Headers) return new Headers(headers);
  // `fetch` accepts any iterable of pairs, such as a Map or a one-shot iterator, and any values that have a text.
  if (Symbol.iterator in headers) return copyPairs(headers as Iterable<[string, string]>);
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, toText(value)]));
}

function copyPairs(pairs: Iterable<[string, string]>): [string, string][] {
  try {
    return Array.from(pairs, (pair) => Array.from(pair, toText) as [string, string]);
  } catch (error) {
    // The iterator may be exhausted by now; `fetch` must reject with its error instead of sending no headers.
    return {
      [Symbol.iterator]() {
        throw error;
      },
    } as unknown as [string, string][];
  }
}

/** Like the browser, and unlike `String`, this throws for a symbol. */
const toText = (value: unknown) => `${value as string}`;

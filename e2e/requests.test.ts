/** Compares limited requests and their answers, byte for byte, with the same requests in stock Flex. */

import { closeBrowser, Desk, openBrowser, plugin } from "./support/desk";
import { createEcho, Echo, ECHO } from "./support/echo";
import { endUnanswered, FetchCase, runFetch, runXhr, XhrCase } from "./support/pageRequests";

const PER_SECOND = 200;

const XHR_CASES: [string, XhrCase][] = [
  [
    "a form with headers and credentials",
    (xhr, open) => {
      open("POST");
      xhr.withCredentials = true;
      xhr.setRequestHeader("Content-Type", "application/x-www-form-urlencoded");
      xhr.setRequestHeader("Authorization", "Basic dG9rZW46eA==");
      xhr.setRequestHeader("X-Own", "one");
      xhr.setRequestHeader("X-Own", "two");
      xhr.send("Identity=alice&Body=%F0%9F%98%80 ä");
    },
  ],
  [
    "bytes that change after sending",
    (xhr, open) => {
      open("POST");
      const bytes = new Uint8Array([1, 2, 3, 0, 255]);
      xhr.send(bytes);
      bytes.fill(9);
    },
  ],
  [
    "a large blob with upload events",
    (xhr, open) => {
      ["loadstart", "load", "loadend"].forEach((type) =>
        xhr.upload.addEventListener(type, () => (xhr as XMLHttpRequest & { log: string[] }).log.push(`upload ${type}`)),
      );
      open("POST");
      xhr.send(new Blob(["x".repeat(300000)], { type: "text/plain" }));
    },
  ],
  [
    "form data",
    (xhr, open) => {
      open("POST");
      const form = new FormData();
      form.append("a", "1");
      form.append("file", new Blob(["content"]), "name.txt");
      xhr.send(form);
    },
  ],
  [
    "an answer as bytes",
    (xhr, open) => {
      open("GET");
      xhr.responseType = "arraybuffer";
      xhr.send();
    },
  ],
  [
    "an answer as JSON",
    (xhr, open) => {
      open("PUT");
      xhr.responseType = "json";
      xhr.send("{}");
    },
  ],
  [
    "an answer as a blob with its own type",
    (xhr, open) => {
      open("DELETE");
      xhr.responseType = "blob";
      xhr.overrideMimeType("text/weird");
      xhr.send();
    },
  ],
  [
    "handlers set before open()",
    (xhr, open) => {
      xhr.onload = () => (xhr as XMLHttpRequest & { log: string[] }).log.push("onload");
      open("POST");
      xhr.send("x");
    },
  ],
];

const FETCH_CASES: [string, FetchCase][] = [
  [
    "a URL and options",
    (url) =>
      fetch(url, {
        method: "POST",
        body: "Identity=alice",
        headers: { "Content-Type": "application/x-www-form-urlencoded", "X-Own": "one" },
        credentials: "include",
      }),
  ],
  [
    "a Request with a body",
    (url) =>
      fetch(
        new Request(url, {
          method: "POST",
          body: new Uint8Array([1, 2, 255]),
          headers: new Headers([["X-Own", "two"]]),
        }),
      ),
  ],
  ["a URL object", (url) => fetch(new URL(url))],
  [
    "bytes that change after sending",
    (url) => {
      const bytes = new Uint8Array([5, 6, 7]);
      const sent = fetch(url, { method: "PUT", body: bytes });
      bytes.fill(0);
      return sent;
    },
  ],
  [
    "form data",
    (url) => {
      const form = new FormData();
      form.append("file", new Blob(["content"]), "name.txt");
      return fetch(url, { method: "POST", body: form });
    },
  ],
];

/** Records what the browser's own functions are called with, below our plugin. */
const recorder = plugin(
  "recorder",
  `window.native = { fetch: [], xhr: [] };
   const { fetch } = window;
   window.fetch = function (...args) { window.native.fetch.push(args); return fetch.apply(this, args); };
   const { send } = XMLHttpRequest.prototype;
   XMLHttpRequest.prototype.send = function (...args) { window.native.xhr.push([this, ...args]); return send.apply(this, args); };`,
);

interface Native {
  readonly native: { readonly fetch: unknown[][]; readonly xhr: unknown[][] };
}

let stock: Desk;
let throttled: Desk;
let echoes: Map<Desk, Echo>;

beforeAll(async () => {
  await openBrowser();
  const routes = ["GET", "POST", "PUT", "DELETE"].map((method) => ({
    method,
    url: `${ECHO}*`,
    limits: ["POST /channels"],
  }));
  const flexThrottle = { routes, limits: { "POST /channels": { perSecond: PER_SECOND } } };
  stock = await Desk.open({ isStock: true });
  throttled = await Desk.open({ flexThrottle, others: [recorder], isOursLast: true });
  echoes = new Map([stock, throttled].map((desk) => [desk, createEcho()]));
  echoes.forEach(({ handler }, { twilio }) => twilio.serve(handler));
});
afterAll(async () => {
  await Promise.all([stock, throttled].map((desk) => desk.close()));
  await closeBrowser();
});

let lastId = 0;
const newId = () => String((lastId += 1));
const address = (query = "", id = newId()) => `${ECHO}?id=${id}${query}`;

describe.each([
  ["sent at once", ""],
  ["retried after two 429s", "&throttle=2"],
])("a limited request, %s", (_, query) => {
  test.each(XHR_CASES)("XMLHttpRequest: %s", async (_name, body) => {
    const expected = await runXhr(stock, body, address());
    expect(await runXhr(throttled, body, address(query))).toEqual(expected);
  });

  test.each(FETCH_CASES)("fetch: %s", async (_name, body) => {
    const expected = await runFetch(stock, body, address());
    expect(await runFetch(throttled, body, address(query))).toEqual(expected);
  });
});

test.each([
  ["abort()", (xhr: XMLHttpRequest) => xhr.abort()],
  ["a timeout", (xhr: XMLHttpRequest) => void (xhr.timeout = 1)],
])("XMLHttpRequest: %s ends an unanswered request as in stock Flex", async (_, end) => {
  const endOn = (desk: Desk) => {
    const id = newId();
    return endUnanswered(desk, address("&never", id), () => echoes.get(desk)?.count(id) === 1, end);
  };
  expect(await endOn(throttled)).toEqual(await endOn(stock));
});

test("a synchronous XMLHttpRequest passes through", async () => {
  const text = await throttled.page.evaluate((url) => {
    const xhr = new XMLHttpRequest();
    xhr.open("POST", url, false);
    xhr.send("sync");
    return `${xhr.status} ${xhr.responseText}`;
  }, address());
  expect(text).toMatch(/^201 .*"method":"POST"/);
});

test("a request without a limit reaches the browser's own functions with the page's own arguments", async () => {
  const isSame = await throttled.page.evaluate(async () => {
    const { native } = window as unknown as Native;
    const url = "https://other-1234.twil.io/echo";
    const request = new Request(url, { method: "POST", body: "x" });
    const init = { method: "POST", body: "x" };
    const xhr = new XMLHttpRequest();
    const body = new Blob(["x"]);
    xhr.open("POST", url);
    await Promise.all([
      fetch(request),
      fetch(url, init),
      new Promise((resolve) => {
        xhr.onloadend = resolve;
        xhr.send(body);
      }),
    ]);
    const has = (calls: unknown[][], ...args: unknown[]) =>
      calls.some((call) => call.length === args.length && call.every((arg, index) => arg === args[index]));
    return {
      request: has(native.fetch, request),
      init: has(native.fetch, url, init),
      body: has(native.xhr, xhr, body),
    };
  });
  expect(isSame).toEqual({ request: true, init: true, body: true });
});

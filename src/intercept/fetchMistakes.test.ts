/** @jest-environment ./testing/browserEnvironment.js */

/** Wrong or unusual arguments end as without the plugin and affect no other request. */

import { tooManyRequests } from "../../testing/httpServer";
import { LIMIT, useInterceptedHttp } from "../../testing/interceptedHttp";
import { useUp } from "../../testing/throttles";
import { ended } from "../../testing/virtualTime";
import { installFetch } from "./fetch";

const originalFetch = window.fetch;
const { server, install } = useInterceptedHttp((gate) => installFetch(window, () => gate), ["GET", "POST", "PUT"]);
afterEach(() => {
  window.fetch = originalFetch;
});

const post = (init: object = {}, path = "/create") => window.fetch(server.url + path, { method: "POST", ...init });
const endOf = (promise: Promise<unknown>) => promise.then(() => "sent").catch(String);

function* throwingHeaders() {
  yield ["X-A", "1"];
  throw new Error("from the iterator");
}

describe.each<[string, () => object]>([
  ["a controller instead of its signal", () => ({ signal: new AbortController() })],
  ["a signal whose aborted throws", () => ({ signal: Object.defineProperty({}, "aborted", { get: throwError }) })],
  ["a text as its signal", () => ({ signal: "signal" })],
  ["a symbol as a header", () => ({ headers: { "X-A": Symbol("a") } })],
  ["a number as headers", () => ({ headers: 5 })],
  ["a header of three parts", () => ({ headers: [["X-A", "1", "2"]] })],
  ["a wrong name of a header", () => ({ headers: { "X A": "1" } })],
  ["a body that has no text", () => ({ body: Object.create(null) as object })],
  ["a body of a GET", () => ({ method: "GET", body: "body" })],
  ["a wrong mode", () => ({ mode: "fast" })],
  ["a throwing getter", () => Object.defineProperty({}, "headers", { enumerable: true, get: throwError })],
])("a request with %s", (_, makeInit) => {
  test("is rejected as by the browser, with nothing left in the queue", async () => {
    const throttle = install();
    useUp(throttle, LIMIT);
    // A getter must not be read before the call.
    const init = Object.defineProperties({ method: "POST" }, Object.getOwnPropertyDescriptors(makeInit()));
    const stock = await endOf(originalFetch(`${server.url}/create`, init));
    for (let n = 0; n < 6; n += 1) expect(await endOf(window.fetch(`${server.url}/create`, init))).toBe(stock);
    expect(stock).toMatch(/Error/);
    expect(throttle.status().waiting).toEqual([]);
    expect(server.requests).toEqual([]);
    const next = post();
    expect(throttle.status().waiting).toHaveLength(1);
    expect((await ended(next)).status).toBe(200);
  });
});

function throwError(): never {
  throw new Error("from the getter");
}

test("rejects with the error of an iterator of headers that throws", async () => {
  install();
  expect(await endOf(post({ headers: throwingHeaders() }))).toBe("Error: from the iterator");
  expect(server.requests).toEqual([]);
});

test("does not abort a Request by its own signal when the signal of the options is null", async () => {
  const throttle = install();
  useUp(throttle, LIMIT);
  const controller = new AbortController();
  const request = new Request(`${server.url}/create`, { method: "POST", signal: controller.signal });
  const response = window.fetch(request, { signal: null });
  controller.abort();
  expect((await ended(response)).status).toBe(200);
});

test.each<[string, () => { init: object; meddle: () => void; seen: object }]>([
  [
    "a one-shot iterator of headers",
    () => ({
      init: { headers: new Map([["X-A", "1"]]).entries() },
      meddle: () => undefined,
      seen: { headers: { "x-a": "1" } },
    }),
  ],
  [
    "a list as a header",
    () => {
      const values = ["1"];
      return {
        init: { headers: { "X-A": values } },
        meddle: () => values.push("2"),
        seen: { headers: { "x-a": "1" } },
      };
    },
  ],
  [
    "an object as its body",
    () => {
      const body = { text: "first", toString: () => body.text };
      return { init: { body }, meddle: () => (body.text = "second"), seen: { body: "first" } };
    },
  ],
  [
    "a list as its body",
    () => {
      const body = [1];
      return { init: { body }, meddle: () => body.push(2), seen: { body: "1" } };
    },
  ],
  [
    "a getter of headers that counts",
    () => {
      let reads = 0;
      const init = { headers: { "X-A": "" } };
      Object.defineProperty(init.headers, "X-A", { enumerable: true, get: () => String((reads += 1)) });
      return { init, meddle: () => undefined, seen: { headers: { "x-a": "1" } } };
    },
  ],
])("sends %s as it was at the call, also after a 429", async (_, make) => {
  const throttle = install();
  useUp(throttle, LIMIT);
  server.answers = [tooManyRequests()];
  const { init, meddle, seen } = make();
  const response = post(init);
  expect(throttle.status().waiting).toHaveLength(1);
  meddle();
  expect((await ended(response)).status).toBe(200);
  expect(server.requests).toMatchObject([seen, seen]);
});

describe("reads that differ only in what can be read once", () => {
  const READ = "GET /WebChannels";

  test.each<[string, (customer: string) => Parameters<typeof window.fetch>[1]]>([
    ["an iterator of headers", (customer) => ({ headers: new Map([["X-A", customer]]).entries() as never })],
    ["a generator of headers", (customer) => ({ headers: pairs(customer) as never })],
    ["an iterator for each header", (customer) => ({ headers: [new Set(["X-A", customer]).values()] as never })],
    ["a list as a header", (customer) => ({ headers: { "X-A": [customer] as never } })],
    ["an object as a header", (customer) => ({ headers: { "X-A": { toString: () => customer } as never } })],
    [
      "an object as an option",
      (customer) => ({ referrer: { toString: () => `http://localhost/${customer}` } as never }),
    ],
  ])("get their own answers (%s)", async (_, makeInit) => {
    const throttle = install({ routes: [{ method: "GET", url: `${server.url}/read`, limits: [READ] }] });
    useUp(throttle, READ);
    const all = ["one", "two"].map((customer) => window.fetch(`${server.url}/read`, makeInit(customer)));
    expect(throttle.status().waiting).toHaveLength(2);
    await ended(Promise.all(all));
    expect(server.requests).toHaveLength(2);
  });

  test("get their own answers when one URL object is changed between the calls", async () => {
    const throttle = install({ routes: [{ method: "GET", url: `${server.url}/read`, limits: [READ] }] });
    useUp(throttle, READ);
    const url = new URL(`${server.url}/read?customer=one`);
    const first = window.fetch(url);
    url.searchParams.set("customer", "two");
    await ended(Promise.all([first, window.fetch(url)]));
    expect(server.requests.map(({ path }) => path)).toEqual(["/read?customer=one", "/read?customer=two"]);
  });
});

function* pairs(customer: string) {
  yield ["X-A", customer];
}

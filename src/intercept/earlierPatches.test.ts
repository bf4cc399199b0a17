/** @jest-environment ./testing/browserEnvironment.js */

/** Monitors that patch XMLHttpRequest and `fetch` before the plugin: they get what is really sent, once each. */

import { tooManyRequests } from "../../testing/httpServer";
import { LIMIT, useInterceptedHttp } from "../../testing/interceptedHttp";
import { useUp } from "../../testing/throttles";
import { ended } from "../../testing/virtualTime";
import { RequestInterception } from "./requestInterception";

const { server, install, uninstall } = useInterceptedHttp(
  (gate) => new RequestInterception(window).start(gate),
  ["POST"],
);

const { prototype } = XMLHttpRequest;
const stock = { fetch: window.fetch, open: prototype.open, send: prototype.send };
let heard: string[];
beforeEach(() => {
  heard = [];
  server.answers = [tooManyRequests(), tooManyRequests(), { status: 201, body: "created" }];
});
afterEach(() => {
  uninstall();
  window.fetch = stock.fetch;
  Object.assign(prototype, { open: stock.open, send: stock.send });
});

/** @param before runs in `open` and `send` before the original, and may return what runs after it. */
function patchXhr(name: "open" | "send", before: (xhr: XMLHttpRequest) => (() => void) | void): void {
  const original = prototype[name] as (...args: unknown[]) => void;
  prototype[name] = function patched(this: XMLHttpRequest, ...args: unknown[]) {
    const after = before(this);
    original.apply(this, args);
    after?.();
  };
}

async function xhrPost(prepare: (xhr: XMLHttpRequest) => void = () => undefined): Promise<XMLHttpRequest> {
  const xhr = new XMLHttpRequest();
  prepare(xhr);
  xhr.open("POST", `${server.url}/create`);
  const done = new Promise((resolve) => xhr.addEventListener("loadend", resolve));
  xhr.send("body");
  await ended(done);
  return xhr;
}

const note =
  (xhr: XMLHttpRequest, who = "") =>
  () =>
    void (xhr.readyState === 4 && heard.push(`${who}${xhr.status}`));
const EACH_ATTEMPT = ["429", "429", "201"];

describe("a listener that is added by a patch", () => {
  const add = (xhr: XMLHttpRequest) => xhr.addEventListener("readystatechange", note(xhr));

  test.each<[string, () => void]>([
    ["of open, before the request is opened", () => patchXhr("open", add)],
    ["of open, after the request is opened", () => patchXhr("open", (xhr) => () => add(xhr))],
    ["of send", () => patchXhr("send", add)],
    [
      "of open, for one event",
      () => patchXhr("open", (xhr) => xhr.addEventListener("loadend", note(xhr), { once: true })),
    ],
    [
      "of open, as an object",
      () => patchXhr("open", (xhr) => xhr.addEventListener("load", { handleEvent: note(xhr) })),
    ],
    [
      "of send, and removes itself",
      () =>
        patchXhr("send", (xhr) => {
          const listener = () => {
            note(xhr)();
            xhr.removeEventListener("loadend", listener);
          };
          xhr.addEventListener("loadend", listener);
        }),
    ],
  ])("%s, gets each attempt once", async (_, patch) => {
    patch();
    install();
    await xhrPost();
    expect(heard).toEqual(EACH_ATTEMPT);
  });

  test("gets nothing more when the object is reused", async () => {
    patchXhr("open", add);
    install();
    const xhr = await xhrPost();
    heard = [];
    server.answers = [];
    xhr.open("POST", `${server.url}/other`);
    xhr.send();
    await ended(new Promise((resolve) => xhr.addEventListener("loadend", resolve, { once: true })));
    // The listener of the last attempt and that of this one, as without the plugin.
    expect(heard).toEqual(["200", "200"]);
  });

  test("that throws does not stop the retry, and its error is reported", async () => {
    const report = jest.spyOn(console, "error").mockImplementation(() => undefined);
    patchXhr("open", (xhr) =>
      xhr.addEventListener("load", () => {
        if (xhr.status === 429) throw new Error("no");
      }),
    );
    install();
    expect((await xhrPost()).status).toBe(201);
    expect(report.mock.calls).toEqual([[new Error("no")], [new Error("no")]]);
    report.mockRestore();
  });
});

test("a patch that wraps the page's handler hears each attempt but the first once", async () => {
  patchXhr("open", (xhr) => {
    const handler = xhr.onreadystatechange;
    xhr.onreadystatechange = function (event) {
      note(xhr, "monitor ")();
      handler?.call(xhr, event);
    };
  });
  install();
  await xhrPost((xhr) => (xhr.onreadystatechange = note(xhr, "page ")));
  expect(heard).toEqual(["monitor 429", "page 201", "monitor 201"]);
});

test("a patch that wraps the page's handler or else adds a listener hears each attempt once", async () => {
  patchXhr("open", (xhr) => {
    const handler = xhr.onreadystatechange;
    const listener = note(xhr, "monitor ");
    if (!handler) return xhr.addEventListener("readystatechange", listener);
    xhr.onreadystatechange = function (event) {
      listener();
      handler.call(xhr, event);
    };
  });
  install();
  const xhr = new XMLHttpRequest();
  xhr.open("POST", `${server.url}/create`);
  xhr.onreadystatechange = note(xhr, "page ");
  xhr.send("body");
  await ended(new Promise((resolve) => xhr.addEventListener("loadend", resolve)));
  expect(heard).toEqual(["monitor 429", "monitor 429", "page 201", "monitor 201"]);
});

test("handlers that the page adds in its own handlers do not see throttled attempts", async () => {
  install();
  await xhrPost((xhr) => (xhr.onloadstart = () => xhr.addEventListener("load", note(xhr))));
  expect(heard).toEqual(["201"]);
});

test.each(["open", "send"] as const)(
  "a header that a patch of %s sets is sent with each attempt, once",
  async (name) => {
    let traces = 0;
    patchXhr(name, (xhr) => {
      const set = () => xhr.setRequestHeader("X-A", String((traces += 1)));
      if (name === "send") set();
      return name === "open" ? set : undefined;
    });
    const throttle = install();
    useUp(throttle, LIMIT);
    const xhr = await xhrPost();
    expect(xhr.status).toBe(201);
    expect(server.requests.map(({ headers }) => headers["x-a"])).toEqual(["1", "2", "3"]);
  },
);

test("a URL that a patch of open rewrites is rewritten for each attempt", async () => {
  prototype.open = function (this: XMLHttpRequest, method: string, url: string) {
    stock.open.call(this, method, url.replace("/create", "/elsewhere"), true);
  } as typeof prototype.open;
  install();
  await xhrPost();
  expect(server.requests.map(({ path }) => path)).toEqual(["/elsewhere", "/elsewhere", "/elsewhere"]);
});

test("a body that a patch of send changes is the caller's own for each attempt", async () => {
  prototype.send = function (this: XMLHttpRequest, body: URLSearchParams) {
    body.append("trace", "1");
    stock.send.call(this, body);
  } as typeof prototype.send;
  install();
  const xhr = new XMLHttpRequest();
  xhr.open("POST", `${server.url}/create`);
  xhr.send(new URLSearchParams("a=1"));
  await ended(new Promise((resolve) => xhr.addEventListener("loadend", resolve)));
  expect(server.requests.map(({ body }) => body)).toEqual(Array(3).fill("a=1&trace=1"));
});

describe("a fetch that changes its arguments gets the caller's own for each attempt", () => {
  const url = () => `${server.url}/create`;

  test.each<[string, () => Parameters<typeof fetch>, (input: never, init: never) => void, (n: number) => object]>([
    [
      "headers",
      () => [url(), { method: "POST", headers: new Headers() }],
      (_, init: { headers: Headers }) => init.headers.append("X-A", String(heard.push(""))),
      (n) => ({ headers: expect.objectContaining({ "x-a": String(n) }) }),
    ],
    [
      "a plain object of headers",
      () => [url(), { method: "POST", headers: { "X-A": "0" } }],
      (_, init: { headers: Record<string, string> }) => (init.headers["X-A"] += "1"),
      () => ({ headers: expect.objectContaining({ "x-a": "01" }) }),
    ],
    [
      "options",
      () => [url(), { method: "POST" }],
      (_, init: RequestInit) => (init.body = `${(init.body as string) ?? ""}x`),
      () => ({ body: "x" }),
    ],
    [
      "a URL object",
      () => [new URL(url()), { method: "POST" }],
      (input: URL) => (input.search += "x"),
      () => ({ path: "/create?x" }),
    ],
    [
      "a form",
      () => [url(), { method: "POST", body: new URLSearchParams("a=1") }],
      (_, init: { body: URLSearchParams }) => init.body.append("b", "2"),
      () => ({ body: "a=1&b=2" }),
    ],
    [
      "a Request",
      () => [new Request(url(), { method: "POST" })],
      (input: Request) => input.headers.append("X-A", String(heard.push(""))),
      (n) => ({ headers: expect.objectContaining({ "x-a": String(n) }) }),
    ],
  ])("%s", async (_, make, change, expected) => {
    window.fetch = (input, init) => {
      change(input as never, init as never);
      return stock.fetch(input, init);
    };
    install();
    expect((await ended(window.fetch(...make()))).status).toBe(201);
    expect(server.requests).toMatchObject([expected(1), expected(2), expected(3)]);
  });
});

/** @jest-environment ./testing/browserEnvironment.js */

/** Patches from the evaluation of the bundle on, and requests of a page that is left. */

import { tooManyRequests } from "../../testing/httpServer";
import { LIMIT, useInterceptedHttp } from "../../testing/interceptedHttp";
import { useUp } from "../../testing/throttles";
import { ended, until } from "../../testing/virtualTime";
import { RequestInterception } from "./requestInterception";

let interception: RequestInterception | undefined;
const { server, install, uninstall } = useInterceptedHttp(
  (gate) => {
    interception ??= new RequestInterception(window);
    return interception.start(gate);
  },
  ["POST"],
);
const stockFetch = window.fetch;
const StockXhr = XMLHttpRequest;
const warn = jest.spyOn(console, "warn").mockImplementation(() => undefined);
beforeEach(() => warn.mockClear());
afterEach(() => {
  uninstall();
  interception = undefined;
  Object.defineProperty(window, "fetch", { configurable: true, writable: true, value: stockFetch });
  window.XMLHttpRequest = StockXhr;
});

const address = () => `${server.url}/create`;
const post = (init?: RequestInit, fetch = window.fetch) => fetch(address(), { method: "POST", ...init });
const xhrPost = (xhr = new XMLHttpRequest()) => {
  xhr.open("POST", address());
  const done = new Promise<XMLHttpRequest>((resolve) => xhr.addEventListener("loadend", () => resolve(xhr)));
  xhr.send();
  return done;
};
const leavePage = () => window.dispatchEvent(new Event("pagehide"));

describe("before init", () => {
  test("requests are sent unchanged", async () => {
    interception = new RequestInterception(window);
    expect((await post()).status).toBe(200);
    expect((await xhrPost()).status).toBe(200);
    interception.uninstall();
    expect(window.fetch).toBe(stockFetch);
  });

  test("a captured fetch is paced from init on", async () => {
    interception = new RequestInterception(window);
    const captured = window.fetch.bind(window);
    useUp(install(), LIMIT);
    const answer = post({}, captured);
    expect(server.requests).toEqual([]);
    expect((await ended(answer)).status).toBe(200);
  });

  test("an opened XMLHttpRequest is paced when it is sent after init", () => {
    interception = new RequestInterception(window);
    const xhr = new XMLHttpRequest();
    xhr.open("POST", address());
    const throttle = install();
    useUp(throttle, LIMIT);
    xhr.send();
    expect(throttle.status().waiting).toHaveLength(1);
    xhr.abort();
  });
});

describe("a page that another script has changed", () => {
  const replaceXhr = (replacement: unknown) => {
    window.XMLHttpRequest = replacement as typeof XMLHttpRequest;
  };
  const { UNSENT, OPENED, HEADERS_RECEIVED, LOADING, DONE } = StockXhr;
  const constants = { UNSENT, OPENED, HEADERS_RECEIVED, LOADING, DONE };

  const makeNative = () =>
    function Xhr() {
      return new StockXhr();
    };

  test.each<[string, unknown]>([
    ["a function that makes native objects", Object.assign(makeNative(), constants)],
    ["a function without the constants", makeNative()],
    ["a subclass", class extends StockXhr {}],
    ["a proxy", new Proxy(StockXhr, {})],
  ])("paces and retries requests when XMLHttpRequest is %s", async (_, replacement) => {
    replaceXhr(replacement);
    const throttle = install();
    useUp(throttle, LIMIT);
    server.answers = [tooManyRequests()];
    const done = xhrPost();
    expect(throttle.status().waiting).toHaveLength(1);
    expect((await ended(done)).status).toBe(200);
    expect(server.requests).toHaveLength(2);
    expect(warn).not.toHaveBeenCalled();
  });

  test("says once that requests are not paced when XMLHttpRequest hides the native objects", async () => {
    class Facade {
      private readonly inner = new StockXhr();
      readonly open = this.inner.open.bind(this.inner);
      readonly send = this.inner.send.bind(this.inner);
      readonly addEventListener = this.inner.addEventListener.bind(this.inner);
      get status() {
        return this.inner.status;
      }
    }
    replaceXhr(Facade);
    useUp(install(), LIMIT);
    await Promise.all([xhrPost(), xhrPost()]);
    expect(server.requests).toHaveLength(2);
    expect(warn.mock.calls).toEqual([
      ["plugin-flex-throttle: requests made with XMLHttpRequest are not paced.", expect.any(TypeError)],
    ]);
  });

  test("paces fetch when it is a getter, and restores the getter", async () => {
    const getter = { configurable: true, enumerable: true, get: () => stockFetch };
    Object.defineProperty(window, "fetch", getter);
    const throttle = install();
    useUp(throttle, LIMIT);
    const answer = post();
    expect(throttle.status().waiting).toHaveLength(1);
    expect((await ended(answer)).status).toBe(200);
    uninstall();
    expect(Object.getOwnPropertyDescriptor(window, "fetch")).toEqual({ ...getter, set: undefined });
  });
});

describe("when the page is left", () => {
  test("a keepalive request that waits is sent, and gets its own answer", async () => {
    const throttle = install();
    useUp(throttle, LIMIT);
    const before = server.requests.length;
    const answer = post({ keepalive: true });
    expect(throttle.status().waiting).toHaveLength(1);
    leavePage();
    expect((await answer).status).toBe(200);
    expect(server.requests).toHaveLength(before + 1);
    // Its place in the queue sends nothing more.
    await ended(new Promise((resolve) => setTimeout(resolve, 5000)));
    expect(server.requests).toHaveLength(before + 1);
  });

  test("a keepalive request that was sent is not sent again", async () => {
    install();
    const answer = post({ keepalive: true });
    leavePage();
    expect((await ended(answer)).status).toBe(200);
    expect(server.requests).toHaveLength(1);
  });

  test("a keepalive request that waits after a 429 is sent", async () => {
    const throttle = install();
    server.answers = [tooManyRequests({ "Retry-After": "30" })];
    const answer = post({ keepalive: true });
    await until(() => throttle.status().waiting.length === 1);
    leavePage();
    expect((await answer).status).toBe(200);
    expect(server.requests).toHaveLength(2);
  });

  test("a keepalive request can be aborted by its caller", async () => {
    useUp(install(), LIMIT);
    const controller = new AbortController();
    const answer = post({ keepalive: true, signal: controller.signal });
    controller.abort();
    await expect(answer).rejects.toMatchObject({ name: "AbortError" });
    leavePage();
    expect(server.requests).toEqual([]);
  });

  test("requests made from then on are sent at once, until the page is shown again", async () => {
    const throttle = install();
    useUp(throttle, LIMIT);
    leavePage();
    expect((await post({ keepalive: true })).status).toBe(200);
    expect((await xhrPost()).status).toBe(200);
    window.dispatchEvent(new Event("pageshow"));
    const answer = post();
    expect(throttle.status().waiting).toHaveLength(1);
    await ended(answer);
  });
});

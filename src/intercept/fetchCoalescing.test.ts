/** @jest-environment ./testing/browserEnvironment.js */

/** Equal reads that wait at the same time are sent once. */

import { tooManyRequests } from "../../testing/httpServer";
import { LIMIT, useInterceptedHttp } from "../../testing/interceptedHttp";
import { useUp } from "../../testing/throttles";
import { elapse, ended, isSettled, until } from "../../testing/virtualTime";
import { installFetch } from "./fetch";

const originalFetch = window.fetch;
const { server, install } = useInterceptedHttp((gate) => installFetch(window, () => gate), ["GET", "POST", "PUT"]);
afterEach(() => {
  window.fetch = originalFetch;
});

const post = (path = "/create", init: RequestInit = {}) => window.fetch(server.url + path, { method: "POST", ...init });

describe("equal reads in the queue", () => {
  const READ = "GET /WebChannels";
  const READ_ROUTE = "/read";

  /** The server's `/read` is on a limit of reading, one a second. */
  function installReads() {
    const routes = ["GET", "POST"].map((method) => ({ method, url: `${server.url}${READ_ROUTE}*`, limits: [READ] }));
    const throttle = install({ routes });
    useUp(throttle, READ);
    return throttle;
  }
  const read = (init?: RequestInit, path = READ_ROUTE) => window.fetch(server.url + path, init);

  test("are sent once, and each caller gets its own copy of the answer", async () => {
    const throttle = installReads();
    server.answers = [{ status: 200, body: '{"n":1}' }];
    const all = [read(), read(), read({ method: "get", headers: {} })];
    expect(throttle.status().waiting).toHaveLength(1);
    const responses = await ended(Promise.all(all));
    expect(await Promise.all(responses.map((response) => response.json()))).toEqual([{ n: 1 }, { n: 1 }, { n: 1 }]);
    expect(server.requests).toHaveLength(1);
  });

  test.each<[string, (response: Response) => Promise<Response>]>([
    ["is read already", (response) => response.text().then(() => response)],
    ["is not a Response", async () => ({ status: 200, json: async () => 1 }) as Response],
  ])("each end when the answer %s", async (_, change) => {
    window.fetch = (...args) => originalFetch(...args).then(change);
    installReads();
    const responses = await ended(Promise.all([read(), read(), read()]));
    expect(responses.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(new Set(responses).size).toBe(3);
    expect(server.requests).toHaveLength(3);
  });

  test("are sent once when passed as Requests", async () => {
    installReads();
    const made = () => window.fetch(new Request(server.url + READ_ROUTE, { headers: { "X-A": "1" } }));
    const responses = await ended(Promise.all([made(), made()]));
    expect(responses.map(({ status }) => status)).toEqual([200, 200]);
    expect(server.requests).toMatchObject([{ headers: { "x-a": "1" } }]);
  });

  test("are sent once, whether default options are given or not", async () => {
    const throttle = installReads();
    const defaults: RequestInit = {
      mode: "cors",
      credentials: "same-origin",
      cache: "default",
      redirect: "follow",
      referrer: "about:client",
      referrerPolicy: "",
      integrity: "",
      keepalive: false,
    };
    const all = [read(), read(defaults), window.fetch(new Request(server.url + READ_ROUTE))];
    expect(throttle.status().waiting).toHaveLength(1);
    await ended(Promise.all(all));
    expect(server.requests).toHaveLength(1);
  });

  test("are retried once for all callers", async () => {
    const throttle = installReads();
    server.answers = [tooManyRequests()];
    const first = read();
    await elapse(1100);
    await until(() => throttle.status().retrying === 1);
    const second = read();
    expect(throttle.status().waiting).toHaveLength(1);
    const responses = await ended(Promise.all([first, second]));
    expect(responses.map(({ status }) => status)).toEqual([200, 200]);
    expect(server.requests).toHaveLength(2);
  });

  test.each<[string, RequestInit, string]>([
    ["another address", {}, "/read?page=1"],
    ["another header", { headers: { Authorization: "Basic b" } }, READ_ROUTE],
    ["other credentials", { credentials: "include" }, READ_ROUTE],
    ["another cache mode", { cache: "no-store" }, READ_ROUTE],
    ["an unknown option", { window: null }, READ_ROUTE],
    ["the method POST", { method: "POST" }, READ_ROUTE],
  ])("are not coalesced with %s", async (_, init, path) => {
    const throttle = installReads();
    const all = [
      read({ headers: { Authorization: "Basic a" } }),
      read({ headers: { Authorization: "Basic a" }, ...init }, path),
    ];
    expect(throttle.status().waiting).toHaveLength(2);
    await ended(Promise.all(all));
    expect(server.requests).toHaveLength(2);
  });

  test("are not coalesced on a limit of writing, because a Function may create on GET", async () => {
    const throttle = install();
    useUp(throttle, LIMIT);
    const get = () => window.fetch(server.url + "/create");
    const all = [get(), get(), post(), post()];
    expect(throttle.status().waiting).toHaveLength(4);
    await ended(Promise.all(all));
    expect(server.requests).toHaveLength(4);
  });

  const aborting = () => {
    const controller = new AbortController();
    return { signal: controller.signal, abort: (reason: string) => controller.abort(new Error(reason)) };
  };

  test("continue for the others when the first caller aborts in the queue", async () => {
    const throttle = installReads();
    const first = aborting();
    const gone = read({ signal: first.signal }).catch((error) => error);
    const stays = read({ signal: aborting().signal });
    first.abort("first");
    expect(await gone).toEqual(new Error("first"));
    expect(throttle.status().waiting).toHaveLength(1);
    expect((await ended(stays)).status).toBe(200);
    expect(server.requests).toHaveLength(1);
  });

  test("continue while being sent until the last caller aborts", async () => {
    const throttle = installReads();
    server.answers = [{ never: true }];
    const [first, last] = [aborting(), aborting()];
    const gone = read({ signal: first.signal }).catch((error) => error);
    const stays = read({ signal: last.signal }).catch((error) => error);
    await elapse(1100);
    await until(() => server.requests.length === 1);
    first.abort("first");
    expect(await gone).toEqual(new Error("first"));
    expect(await isSettled(stays)).toBe(false);
    last.abort("last");
    expect(await stays).toEqual(new Error("last"));
    // The aborted call has ended, so the next one does not wait for its answer.
    await ended(read());
    expect(throttle.status().waiting).toEqual([]);
    expect(server.requests).toHaveLength(2);
  });

  test("continue for the others when the signal of the first Request is aborted", async () => {
    installReads();
    const controller = new AbortController();
    const gone = window
      .fetch(new Request(server.url + READ_ROUTE, { signal: controller.signal }))
      .catch((error) => error);
    const stays = window.fetch(new Request(server.url + READ_ROUTE));
    controller.abort(new Error("gone"));
    expect(await gone).toEqual(new Error("gone"));
    expect((await ended(stays)).status).toBe(200);
    expect(server.requests).toHaveLength(1);
  });

  test("leave the queue when every caller has aborted", async () => {
    const throttle = installReads();
    const controller = new AbortController();
    const failures = [read({ signal: controller.signal }), read({ signal: controller.signal })].map((each) =>
      each.catch(({ name }) => name),
    );
    controller.abort();
    expect(await Promise.all(failures)).toEqual(["AbortError", "AbortError"]);
    expect(throttle.status().waiting).toEqual([]);
    await elapse(3000);
    expect(server.requests).toEqual([]);
  });
});

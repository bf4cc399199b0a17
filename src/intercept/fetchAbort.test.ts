/** @jest-environment ./testing/browserEnvironment.js */

/** Requests that are aborted, fail, or get no answer. */

import { tooManyRequests } from "../../testing/httpServer";
import { LIMIT, useInterceptedHttp } from "../../testing/interceptedHttp";
import { tryPermit, useUp } from "../../testing/throttles";
import { breathe, elapse, ended, until } from "../../testing/virtualTime";
import { installFetch } from "./fetch";

const originalFetch = window.fetch;
const { server, install, uninstall } = useInterceptedHttp(
  (gate) => installFetch(window, () => gate),
  ["GET", "POST", "PUT"],
);
afterEach(() => {
  window.fetch = originalFetch;
});

const post = (path = "/create", init: RequestInit = {}) => window.fetch(server.url + path, { method: "POST", ...init });

test("counts an aborted request for as long as it may still arrive", async () => {
  const throttle = install({ limits: { [LIMIT]: { perSecond: 1 } } });
  server.answers = [{ never: true }];
  const controller = new AbortController();
  const aborted = post("/create", { signal: controller.signal });
  await until(() => server.requests.length === 1);
  controller.abort();
  await expect(aborted).rejects.toMatchObject({ name: "AbortError" });
  await elapse(1800);
  expect(tryPermit(throttle, { limits: [LIMIT], name: "next" })).toBeUndefined();
  await elapse(300);
  expect(tryPermit(throttle, { limits: [LIMIT], name: "next" })).toBeDefined();
});

test("rejects like the browser without an answer, and does not retry", async () => {
  const throttle = install();
  const failing = jest.fn().mockRejectedValue(new TypeError("Failed to fetch"));
  uninstall();
  window.fetch = failing;
  install();
  await expect(post()).rejects.toThrow(new TypeError("Failed to fetch"));
  expect(failing).toHaveBeenCalledTimes(1);
  expect(throttle.status().waiting).toEqual([]);
});

test("removes an aborted request from the queue and rejects like the browser", async () => {
  const throttle = install({ limits: { [LIMIT]: { perSecond: 1 } } });
  useUp(throttle, LIMIT);
  const controller = new AbortController();
  const gone = post("/create?gone", { signal: controller.signal });
  const next = post("/create?next");
  const failure = gone.catch((error) => error);
  controller.abort();
  expect(await failure).toMatchObject({ name: "AbortError" });
  expect(throttle.status().waiting).toHaveLength(1);
  await ended(next);
  await elapse(3000);
  expect(server.requests.map(({ path }) => path)).toEqual(["/create?next"]);
});

test("removes a Request from the queue when its signal is aborted, and rejects with the reason", async () => {
  const throttle = install();
  useUp(throttle, LIMIT);
  const controller = new AbortController();
  const gone = window.fetch(new Request(server.url + "/create", { method: "POST", signal: controller.signal }));
  const failure = gone.catch((error) => error);
  controller.abort(new Error("no longer wanted"));
  expect(await failure).toEqual(new Error("no longer wanted"));
  await elapse(3000);
  expect(server.requests).toEqual([]);
});

test("does not retry a request that was aborted between attempts", async () => {
  install();
  server.answers = [tooManyRequests({ "Retry-After": "5" })];
  const controller = new AbortController();
  const failure = post("/create", { signal: controller.signal }).catch((error) => error);
  await until(() => server.requests.length === 1);
  await breathe(20);
  controller.abort();
  expect(await failure).toMatchObject({ name: "AbortError" });
  await elapse(8000);
  expect(server.requests).toHaveLength(1);
});

test("rejects like the browser when aborted while it is sent", async () => {
  install();
  server.answers = [{ never: true }];
  const controller = new AbortController();
  const failure = post("/create", { signal: controller.signal }).catch((error) => error);
  await until(() => server.requests.length === 1);
  controller.abort();
  expect(await failure).toMatchObject({ name: "AbortError" });
});

describe("a request that is sent again when unanswered", () => {
  /** As a join hands it off: the flag comes from the layer that knows that repeating is harmless. */
  const handOff = (throttle: ReturnType<typeof install>) =>
    throttle.handOff({
      limits: [LIMIT],
      details: { resendUnanswered: { afterMs: 10_000, maxAttempts: 3 } },
      permit: tryPermit(throttle, { limits: [LIMIT], name: "join", isEntryPoint: true }),
    });

  test("is aborted after its time and sent again", async () => {
    handOff(install());
    server.answers = [{ never: true }, { status: 201, body: "joined" }];
    const response = post("/create", { body: "first" });
    await until(() => server.requests.length === 1);
    await elapse(9_900);
    expect(server.requests).toHaveLength(1);
    expect(await (await ended(response)).text()).toBe("joined");
    expect(server.requests.map(({ body }) => body)).toEqual(["first", "first"]);
  });

  test("fails after its last attempt", async () => {
    handOff(install());
    server.answers = Array(5).fill({ never: true });
    await expect(ended(post())).rejects.toMatchObject({ name: "AbortError" });
    expect(server.requests).toHaveLength(3);
  });

  test("can be aborted by its caller, and is not sent again then", async () => {
    handOff(install());
    server.answers = [{ never: true }];
    const controller = new AbortController();
    const failure = post("/create", { signal: controller.signal }).catch((error) => error);
    await until(() => server.requests.length === 1);
    controller.abort();
    expect(await failure).toMatchObject({ name: "AbortError" });
    await elapse(20_000, 500);
    expect(server.requests).toHaveLength(1);
  });

  test("is read for as long as its answer takes", async () => {
    handOff(install());
    server.answers = [{ body: "the first of many", isEndless: true }];
    const response = await post();
    await elapse(20_000, 500);
    expect(response.status).toBe(200);
    expect(server.requests).toHaveLength(1);
  });
});

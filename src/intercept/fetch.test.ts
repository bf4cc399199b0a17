/** @jest-environment ./testing/browserEnvironment.js */

/** Requests made with `fetch`: queued, sent, and retried. */

import { tooManyRequests } from "../../testing/httpServer";
import { LIMIT, useInterceptedHttp } from "../../testing/interceptedHttp";
import { eventsOf, useUp } from "../../testing/throttles";
import { elapse, ended } from "../../testing/virtualTime";
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

test("sends a request without a limit at once, with the same arguments", async () => {
  const calls: unknown[][] = [];
  const underneath = jest.fn(async (...args: unknown[]) => {
    calls.push(args);
    return new Response("");
  });
  window.fetch = underneath as unknown as typeof fetch;
  const throttle = install();
  useUp(throttle, LIMIT);
  const init = { method: "POST", body: new URLSearchParams("a=1") };
  const request = new Request(server.url + "/other", init);
  await window.fetch(server.url + "/other", init);
  await window.fetch(request);
  expect(calls[0][1]).toBe(init);
  expect(calls[1]).toEqual([request]);
  expect(calls[1][0]).toBe(request);
});

test("sends a request at once while its limit allows it, and returns the whole answer", async () => {
  install();
  server.answers = [{ status: 201, headers: { "X-Answer": "yes" }, body: '{"sid":"CH1"}' }];
  const response = await post("/create?a=1#b", { headers: { "X-A": "1" }, body: "text" });
  expect(response.status).toBe(201);
  expect(response.headers.get("X-Answer")).toBe("yes");
  expect(response.bodyUsed).toBe(false);
  expect(await response.json()).toEqual({ sid: "CH1" });
  expect(server.requests).toMatchObject([
    { method: "POST", path: "/create?a=1", headers: { "x-a": "1" }, body: "text" },
  ]);
});

test("queues requests over the limit and sends them in order", async () => {
  const throttle = install({ limits: { [LIMIT]: { perSecond: 2 } } });
  const all = Promise.all(Array.from({ length: 6 }, (_, n) => post("/create", { body: String(n) })));
  expect(throttle.status().waiting).toHaveLength(4);
  const responses = await ended(all);
  expect(responses.map(({ status }) => status)).toEqual(Array(6).fill(200));
  // Two that go together may overtake each other on their way; a pair never overtakes another.
  const pairs = [0, 2, 4].map((n) =>
    server.requests
      .slice(n, n + 2)
      .map(({ body }) => body)
      .sort(),
  );
  expect(pairs).toEqual([
    ["0", "1"],
    ["2", "3"],
    ["4", "5"],
  ]);
  const times = server.requests.map(({ atMs }) => atMs);
  for (let n = 2; n < 6; n += 1) expect(times[n] - times[n - 2]).toBeGreaterThanOrEqual(1000);
});

test.each([1, 3])("sends a request again after %d 429s, and returns the answer after them", async (times) => {
  const throttle = install();
  const events = eventsOf(throttle);
  server.answers = [...Array(times).fill(tooManyRequests()), { status: 201, body: "created" }];
  const response = await ended(post("/create", { headers: { "X-A": "1" }, body: "first" }));
  expect([response.status, await response.text()]).toEqual([201, "created"]);
  expect(server.requests).toHaveLength(times + 1);
  for (const seen of server.requests)
    expect(seen).toMatchObject({ method: "POST", body: "first", headers: { "x-a": "1" } });
  expect(events.filter(({ type }) => type === "dropped")).toEqual([]);
  expect(throttle.status().retrying).toBe(0);
});

test.each([400, 409, 500, 503])("returns a %d at once", async (status) => {
  install();
  server.answers = [{ status, body: "no" }];
  const response = await post();
  expect([response.status, await response.text()]).toEqual([status, "no"]);
  expect(server.requests).toHaveLength(1);
});

test("returns an answer as soon as its headers arrive", async () => {
  install();
  server.answers = [{ body: "the first of many", isEndless: true }];
  const response = await post();
  const { value } = await (response.body as ReadableStream<Uint8Array>).getReader().read();
  expect(Buffer.from(value as Uint8Array).toString()).toBe("the first of many");
});

test("returns the 429 of a full count, because waiting does not help", async () => {
  install();
  const body = '{"code":45207}';
  server.answers = [{ status: 429, body }];
  const response = await post();
  expect([response.status, await response.text()]).toEqual([429, body]);
});

test.each([2, 2.4, 3])("returns the last 429, still readable, when no time is left (%d s)", async (maxWaitSeconds) => {
  const throttle = install({ queue: { maxWaitSeconds } });
  const events = eventsOf(throttle);
  server.answers = Array(50).fill(tooManyRequests({ "X-Answer": "no" }));
  const response = await ended(post());
  expect(response.status).toBe(429);
  expect(response.headers.get("X-Answer")).toBe("no");
  expect(response.bodyUsed).toBe(false);
  expect(await response.json()).toMatchObject({ code: 45010 });
  expect(server.requests.length).toBeGreaterThan(1);
  expect(events.filter(({ type }) => type === "dropped")).toHaveLength(1);
});

test.each([
  ["seconds", () => "7"],
  ["a date", () => new Date(Math.ceil(Date.now() / 1000) * 1000 + 7000).toUTCString()],
])("waits for a Retry-After in %s", async (_, retryAfter) => {
  install();
  server.answers = [tooManyRequests({ "Retry-After": retryAfter() })];
  await ended(post());
  const [first, second] = server.requests.map(({ atMs }) => atMs);
  expect(second - first).toBeGreaterThanOrEqual(7000);
  expect(second - first).toBeLessThan(9000);
});

test("rejects at once under onBurst reject, naming the limit and the wait", async () => {
  const throttle = install({}, "reject");
  useUp(throttle, LIMIT);
  await expect(ended(post())).rejects.toMatchObject({
    name: "ThrottleRejectedError",
    limit: LIMIT,
    waitMs: expect.any(Number),
  });
  await elapse(3000);
  expect(server.requests).toEqual([]);
});

test.each(["off", "observe"])("neither queues nor retries in mode %s", async (mode) => {
  install({ mode, limits: { [LIMIT]: { perSecond: 1 } } });
  server.answers = [tooManyRequests()];
  const responses = await Promise.all([post(), post(), post()]);
  expect(responses.map(({ status }) => status).sort()).toEqual([200, 200, 429]);
});

test("restores fetch on uninstall", () => {
  const before = Object.getOwnPropertyDescriptor(window, "fetch");
  install();
  expect(window.fetch).not.toBe(before?.value);
  uninstall();
  expect(Object.getOwnPropertyDescriptor(window, "fetch")).toEqual(before);
});

test("retries a 429 whose body never ends by its headers", async () => {
  const throttle = install();
  server.answers = [{ status: 429, body: '{"code":', isEndless: true, headers: { "Retry-After": "1" } }];
  expect((await ended(post())).status).toBe(200);
  expect(server.requests).toHaveLength(2);
  expect(throttle.status()).toMatchObject({ waiting: [], retrying: 0 });
});

test("passes on an answer of other code on the page that is not a Response", async () => {
  const answer = { ok: true, json: async () => 1 } as Response;
  window.fetch = async () => answer;
  const throttle = install();
  expect(await post()).toBe(answer);
  expect(throttle.status().waiting).toEqual([]);
});

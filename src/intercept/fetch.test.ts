/** @jest-environment ./testing/browserEnvironment.js */

import { FlexFlowCount } from "../limits/flexFlowCount";
import { createRouteMatcher } from "../limits/routes";
import { Uninstall } from "../patch";
import { HttpServer, refused, startHttpServer } from "../../testing/httpServer";
import { eventsOf, newThrottle, settingsOf, useUp, tryPermit } from "../../testing/throttles";
import { breathe, elapse, ended, isSettled, until, useVirtualTime } from "../../testing/virtualTime";
import { installFetch } from "./fetch";
import { HttpGate } from "./httpGate";

const LIMIT = "POST /channels";
const nodeFetch = window.fetch;

let server: HttpServer;
let uninstall: Uninstall = () => undefined;
const problems: unknown[] = [];

beforeAll(async () => {
  server = await startHttpServer();
});
afterAll(() => server.close());
afterEach(() => {
  uninstall();
  window.fetch = nodeFetch;
  server.reset();
});
useVirtualTime();

/** The server's `/create` is on a limit, with any method; everything else is on none. */
function install(written: Record<string, unknown> = {}, onBurst: "queue" | "reject" = "queue") {
  const routes = ["GET", "POST", "PUT"].map((method) => ({ method, url: `${server.url}/create*`, limits: [LIMIT] }));
  const settings = { ...written, routes };
  const throttle = newThrottle(settings);
  const report = (error: unknown) => problems.push(error);
  uninstall = installFetch(
    window,
    new HttpGate({
      throttle,
      flexFlows: new FlexFlowCount(2500),
      match: createRouteMatcher(settingsOf(settings).routes),
      onBurst: () => onBurst,
      report,
    }),
  );
  return throttle;
}

afterEach(() => expect(problems.splice(0)).toEqual([]));

const post = (path = "/create", init: RequestInit = {}) => window.fetch(server.url + path, { method: "POST", ...init });

test("a request on no limit goes out at once, with the very same arguments", async () => {
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

test("a request on a limit that is free goes out at once, and its answer comes back whole", async () => {
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

test("what comes over the limit waits, keeps its order and goes out one second after those before it", async () => {
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

/** Makes a request that has to wait, lets the test meddle, then lets it go. @returns what the server saw. */
async function meddleWhileItWaits(make: () => Promise<Response>, meddle: () => void) {
  const throttle = install();
  useUp(throttle, LIMIT);
  const response = make();
  expect(throttle.status().waiting).toHaveLength(1);
  meddle();
  await ended(response);
  expect(server.requests).toHaveLength(1);
  return server.requests[0];
}

test("one that is aborted under way may arrive yet: its start counts for as long", async () => {
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

test("a URL object is sent as it was when the call was made", async () => {
  const url = new URL(server.url + "/create?n=1");
  const seen = await meddleWhileItWaits(
    () => window.fetch(url, { method: "POST" }),
    () => url.searchParams.set("n", "2"),
  );
  expect(seen).toMatchObject({ method: "POST", path: "/create?n=1" });
});

test("a relative address means what it meant when the call was made", async () => {
  const base = document.head.appendChild(document.createElement("base"));
  base.href = `${server.url}/create/tasks/`;
  const seen = await meddleWhileItWaits(
    () => window.fetch("one", { method: "POST" }),
    () => (base.href = `${server.url}/create/teams/`),
  );
  base.remove();
  expect(seen.path).toBe("/create/tasks/one");
});

test("headers and a form are sent as they were when the call was made", async () => {
  const headers = new Headers({ "X-A": "1" });
  const body = new URLSearchParams("name=first");
  const seen = await meddleWhileItWaits(
    () => post("/create", { headers, body }),
    () => {
      headers.set("X-A", "2");
      body.set("name", "second");
    },
  );
  expect(seen.headers).toMatchObject({
    "x-a": "1",
    "content-type": expect.stringContaining("application/x-www-form-urlencoded"),
  });
  expect(seen.body).toBe("name=first");
});

test.each<[string, () => { init: RequestInit; meddle: () => void }]>([
  [
    "its options",
    () => {
      const init: RequestInit = { body: "first", headers: { "X-A": "1" } };
      return { init, meddle: () => Object.assign(init, { body: "second", headers: {}, method: "PUT" }) };
    },
  ],
  [
    "a plain object of headers",
    () => {
      const headers: Record<string, string> = { "X-A": "1" };
      return { init: { headers, body: "first" }, meddle: () => void (headers["X-A"] = "2") };
    },
  ],
  [
    "a list of headers",
    () => {
      const headers: [string, string][] = [["X-A", "1"]];
      return { init: { headers, body: "first" }, meddle: () => void (headers[0][1] = "2") };
    },
  ],
  [
    "a Map of headers",
    () => {
      const headers = new Map([["X-A", "1"]]);
      return {
        init: { headers: headers as unknown as HeadersInit, body: "first" },
        meddle: () => void headers.set("X-A", "2"),
      };
    },
  ],
  [
    "bytes",
    () => {
      const body = Uint8Array.from(Buffer.from("first"));
      return { init: { headers: { "X-A": "1" }, body }, meddle: () => void body.fill(32) };
    },
  ],
  [
    "a part of a buffer",
    () => {
      const whole = Uint8Array.from(Buffer.from("-first-"));
      const body = new DataView(whole.buffer, 1, 5);
      return { init: { headers: { "X-A": "1" }, body }, meddle: () => void whole.fill(32) };
    },
  ],
  [
    "a buffer",
    () => {
      const bytes = Uint8Array.from(Buffer.from("first"));
      return { init: { headers: { "X-A": "1" }, body: bytes.buffer }, meddle: () => void bytes.fill(32) };
    },
  ],
])("meddling with %s while the call waits changes nothing", async (_, make) => {
  const { init, meddle } = make();
  const seen = await meddleWhileItWaits(() => post("/create", init), meddle);
  expect(seen).toMatchObject({ method: "POST", body: "first" });
  expect(seen.headers["x-a"]).toBe("1");
});

test("form data is sent as it was when the call was made, files too", async () => {
  const body = new FormData();
  body.append("name", "first");
  body.append("file", new Blob(["bytes"]), "a.txt");
  const seen = await meddleWhileItWaits(
    () => post("/create", { body }),
    () => body.set("name", "second"),
  );
  expect(seen.headers["content-type"]).toMatch(/^multipart\/form-data; boundary=/);
  expect(seen.body).toContain("first");
  expect(seen.body).toContain('filename="a.txt"');
  expect(seen.body).not.toContain("second");
});

test("a Request is used up by the call, as it is without the plugin, and sent whole on every attempt", async () => {
  const throttle = install();
  useUp(throttle, LIMIT);
  server.answers = [refused()];
  const request = new Request(server.url + "/create", { method: "POST", headers: { "X-A": "1" }, body: "first" });
  const response = window.fetch(request);
  expect(request.bodyUsed).toBe(true);
  expect((await ended(response)).status).toBe(200);
  expect(server.requests).toHaveLength(2);
  for (const seen of server.requests)
    expect(seen).toMatchObject({ method: "POST", body: "first", headers: { "x-a": "1" } });
});

test("options beside a Request win over it", async () => {
  install();
  const request = new Request(server.url + "/create", { headers: { "X-A": "1" } });
  await window.fetch(request, { method: "PUT", headers: { "X-B": "2" }, body: "first" });
  expect(server.requests).toMatchObject([{ method: "PUT", body: "first", headers: { "x-b": "2" } }]);
  expect(server.requests[0].headers["x-a"]).toBeUndefined();
});

test("a Request in the place of the options gives method and headers", async () => {
  install();
  await window.fetch(
    server.url + "/create",
    new Request(server.url + "/elsewhere", { method: "PUT", headers: { "X-A": "1" } }),
  );
  expect(server.requests).toMatchObject([{ method: "PUT", path: "/create", headers: { "x-a": "1" } }]);
});

test("a body that is a stream is sent whole on every attempt", async () => {
  install();
  server.answers = [refused()];
  const body = new ReadableStream({
    start(controller) {
      controller.enqueue(Uint8Array.from(Buffer.from("first")));
      controller.close();
    },
  });
  await ended(post("/create", { body, duplex: "half" } as RequestInit));
  expect(server.requests.map((seen) => seen.body)).toEqual(["first", "first"]);
});

test.each([1, 3])(
  "answered 429 %d times, the request is sent again, and the caller sees the answer after that",
  async (times) => {
    const throttle = install();
    const events = eventsOf(throttle);
    server.answers = [...Array(times).fill(refused()), { status: 201, body: "created" }];
    const response = await ended(post("/create", { headers: { "X-A": "1" }, body: "first" }));
    expect([response.status, await response.text()]).toEqual([201, "created"]);
    expect(server.requests).toHaveLength(times + 1);
    for (const seen of server.requests)
      expect(seen).toMatchObject({ method: "POST", body: "first", headers: { "x-a": "1" } });
    expect(events.filter(({ type }) => type === "dropped")).toEqual([]);
    expect(throttle.status().retrying).toBe(0);
  },
);

test.each([400, 409, 500, 503])("a %d is the caller's, at once", async (status) => {
  install();
  server.answers = [{ status, body: "no" }];
  const response = await post();
  expect([response.status, await response.text()]).toEqual([status, "no"]);
  expect(server.requests).toHaveLength(1);
});

test("an answer is the caller's as soon as it begins, however long it is", async () => {
  install();
  server.answers = [{ body: "the first of many", isEndless: true }];
  const response = await post();
  const { value } = await (response.body as ReadableStream<Uint8Array>).getReader().read();
  expect(Buffer.from(value as Uint8Array).toString()).toBe("the first of many");
});

test("a count that is full answers 429 too, and is the caller's: waiting would not help", async () => {
  install();
  const body = '{"code":45207}';
  server.answers = [{ status: 429, body }];
  const response = await post();
  expect([response.status, await response.text()]).toEqual([429, body]);
});

test.each([2, 2.4, 3])(
  "the last 429, when there is no time left to retry (%d s), is the caller's and can be read",
  async (maxWaitSeconds) => {
    const throttle = install({ queue: { maxWaitSeconds } });
    const events = eventsOf(throttle);
    server.answers = Array(50).fill(refused({ "X-Answer": "no" }));
    const response = await ended(post());
    expect(response.status).toBe(429);
    expect(response.headers.get("X-Answer")).toBe("no");
    expect(response.bodyUsed).toBe(false);
    expect(await response.json()).toMatchObject({ code: 45010 });
    expect(server.requests.length).toBeGreaterThan(1);
    expect(events.filter(({ type }) => type === "dropped")).toHaveLength(1);
  },
);

test.each([
  ["seconds", () => "7"],
  ["a date", () => new Date(Math.ceil(Date.now() / 1000) * 1000 + 7000).toUTCString()],
])("Retry-After in %s is waited for", async (_, retryAfter) => {
  install();
  server.answers = [refused({ "Retry-After": retryAfter() })];
  await ended(post());
  const [first, second] = server.requests.map(({ atMs }) => atMs);
  expect(second - first).toBeGreaterThanOrEqual(7000);
  expect(second - first).toBeLessThan(9000);
});

test("a request without an answer fails as it does without the plugin, and is not sent again", async () => {
  const throttle = install();
  const failing = jest.fn().mockRejectedValue(new TypeError("Failed to fetch"));
  uninstall();
  window.fetch = failing;
  install();
  await expect(post()).rejects.toThrow(new TypeError("Failed to fetch"));
  expect(failing).toHaveBeenCalledTimes(1);
  expect(throttle.status().waiting).toEqual([]);
});

test("aborted while it waits, it is never sent, fails as a browser says it, and nobody behind it waits for it", async () => {
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

test("the signal of a Request takes it out of the queue too, with the reason that was given", async () => {
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

test("aborted between two attempts, it is not sent again", async () => {
  install();
  server.answers = [refused({ "Retry-After": "5" })];
  const controller = new AbortController();
  const failure = post("/create", { signal: controller.signal }).catch((error) => error);
  await until(() => server.requests.length === 1);
  await breathe(20);
  controller.abort();
  expect(await failure).toMatchObject({ name: "AbortError" });
  await elapse(8000);
  expect(server.requests).toHaveLength(1);
});

test("aborted under way, it ends as it does without the plugin", async () => {
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

test("with onBurst reject, a call that cannot go at once fails at once, with an error that names limit and wait", async () => {
  const throttle = install({}, "reject");
  useUp(throttle, LIMIT);
  await expect(post()).rejects.toMatchObject({
    name: "ThrottleRejectedError",
    limit: LIMIT,
    waitMs: expect.any(Number),
  });
  await elapse(3000);
  expect(server.requests).toEqual([]);
});

test.each(["off", "observe"])("with mode %s nothing waits and nothing is retried", async (mode) => {
  install({ mode, limits: { [LIMIT]: { perSecond: 1 } } });
  server.answers = [refused()];
  const responses = await Promise.all([post(), post(), post()]);
  expect(responses.map(({ status }) => status).sort()).toEqual([200, 200, 429]);
});

describe("equal reads that wait", () => {
  const READ = "GET /WebChannels";
  const READ_ROUTE = "/read";

  /** The server's `/read` is on a limit of reading, one a second. */
  function installReads() {
    const routes = ["GET", "POST"].map((method) => ({ method, url: `${server.url}${READ_ROUTE}*`, limits: [READ] }));
    const throttle = newThrottle({ routes });
    const report = (error: unknown) => problems.push(error);
    uninstall = installFetch(
      window,
      new HttpGate({
        throttle,
        flexFlows: new FlexFlowCount(2500),
        match: createRouteMatcher(settingsOf({ routes }).routes),
        onBurst: () => "queue",
        report,
      }),
    );
    useUp(throttle, READ);
    return throttle;
  }
  const read = (init?: RequestInit, path = READ_ROUTE) => window.fetch(server.url + path, init);

  test("are sent once, and each caller reads an answer of its own", async () => {
    const throttle = installReads();
    server.answers = [{ status: 200, body: '{"n":1}' }];
    const all = [read(), read(), read({ method: "get", headers: {} })];
    expect(throttle.status().waiting).toHaveLength(1);
    const responses = await ended(Promise.all(all));
    expect(await Promise.all(responses.map((response) => response.json()))).toEqual([{ n: 1 }, { n: 1 }, { n: 1 }]);
    expect(server.requests).toHaveLength(1);
  });

  test("as Requests are sent once, too", async () => {
    installReads();
    const made = () => window.fetch(new Request(server.url + READ_ROUTE, { headers: { "X-A": "1" } }));
    const responses = await ended(Promise.all([made(), made()]));
    expect(responses.map(({ status }) => status)).toEqual([200, 200]);
    expect(server.requests).toMatchObject([{ headers: { "x-a": "1" } }]);
  });

  test("are sent once more for all that wait to be retried", async () => {
    const throttle = installReads();
    server.answers = [refused()];
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
    ["an option that nobody here knows", { window: null }, READ_ROUTE],
    ["the method POST", { method: "POST" }, READ_ROUTE],
  ])("but for %s", async (_, init, path) => {
    const throttle = installReads();
    const all = [
      read({ headers: { Authorization: "Basic a" } }),
      read({ headers: { Authorization: "Basic a" }, ...init }, path),
    ];
    expect(throttle.status().waiting).toHaveLength(2);
    await ended(Promise.all(all));
    expect(server.requests).toHaveLength(2);
  });

  test("with GET on a limit of writing are two: a Function may create", async () => {
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

  test("go on for the others when the first of them is aborted while they wait", async () => {
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

  test("go on for the others when one of them is aborted under way; the last takes the request with it", async () => {
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
    // What is given up under way is an end, as any: the next waits for no answer.
    await ended(read());
    expect(throttle.status().waiting).toEqual([]);
    expect(server.requests).toHaveLength(2);
  });

  test("as Requests go on for the others when the signal of the first is aborted", async () => {
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

  test("are given up when everybody has lost interest", async () => {
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

test("what cannot be a request is refused in the browser's own words", async () => {
  install();
  const init = { method: "GET", body: "a body that GET may not have" };
  const own = await nodeFetch(server.url + "/create", init).catch((error) => error);
  const ours = await window.fetch(server.url + "/create", init).catch((error) => error);
  expect(ours).toEqual(own);
});

test.each<[string, () => Parameters<typeof fetch>]>([
  [
    "an address",
    () => [
      {
        toString: () => {
          throw new Error("no");
        },
      } as unknown as string,
    ],
  ],
  [
    "a method",
    () => [
      server.url + "/create",
      {
        get method(): string {
          throw new Error("no");
        },
      },
    ],
  ],
])("%s that cannot be read is refused by a rejection, as without the plugin", async (_, make) => {
  install();
  await expect(window.fetch(...make())).rejects.toThrow("no");
});

test("a fetch that is made of an XMLHttpRequest underneath is counted once", async () => {
  const { installXhr } = await import("./xhr");
  const { fetch: polyfill } = jest.requireActual("whatwg-fetch") as { fetch: typeof fetch };
  window.fetch = polyfill;
  const throttle = newThrottle({ limits: { [LIMIT]: { perSecond: 2 } } });
  const match = createRouteMatcher([{ method: "POST", url: `${server.url}/create`, limits: [LIMIT] }]);
  const gate = new HttpGate({
    throttle,
    flexFlows: new FlexFlowCount(2500),
    match,
    onBurst: () => "queue",
    report: (error) => problems.push(error),
  });
  const parts = [installFetch(window, gate), installXhr(XMLHttpRequest.prototype, gate)];
  uninstall = () => parts.forEach((part) => part());
  const both = [post(), post()];
  // No time passes: were each counted twice, they would wait.
  await until(() => server.requests.length === 2);
  const third = post();
  expect(throttle.status().waiting).toHaveLength(1);
  await ended(Promise.all([...both, third]));
});

test("uninstalled, fetch is the very function that it was", () => {
  const before = Object.getOwnPropertyDescriptor(window, "fetch");
  install();
  expect(window.fetch).not.toBe(before?.value);
  uninstall();
  expect(Object.getOwnPropertyDescriptor(window, "fetch")).toEqual(before);
});

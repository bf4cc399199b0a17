import { TextDecoder } from "util";

import { Throttle } from "../flexThrottle";
import { FlexFlowCount } from "../limits/flexFlowCount";
import { createRouteMatcher } from "../limits/routes";
import { Uninstall } from "../patch";
import { Answer, HttpServer, refused, startHttpServer } from "../../testing/httpServer";
import { eventsOf, newThrottle, settingsOf, tryPermit, useUp } from "../../testing/throttles";
import { breathe, elapse, ended, isSettled, until, useVirtualTime } from "../../testing/virtualTime";
import { RateLimit } from "../throttle/rateLimit";
import { HttpGate } from "./httpGate";
import { installXhr } from "./xhr";

const LIMIT = "POST /channels";
const EVENTS = ["readystatechange", "loadstart", "progress", "load", "loadend", "error", "abort", "timeout"] as const;
const prototypes = [XMLHttpRequest.prototype, XMLHttpRequestEventTarget.prototype, EventTarget.prototype];
const ownProperties = prototypes.map((prototype) => Object.getOwnPropertyDescriptors(prototype));

let server: HttpServer;
let uninstall: Uninstall = () => undefined;
const problems: unknown[] = [];

beforeAll(async () => {
  server = await startHttpServer();
  jest.spyOn(console, "warn").mockImplementation(() => undefined);
});
afterAll(() => server.close());
afterEach(() => {
  uninstall();
  server.reset();
  expect(problems.splice(0)).toEqual([]);
  prototypes.forEach((prototype, n) => expect(Object.getOwnPropertyDescriptors(prototype)).toEqual(ownProperties[n]));
});
useVirtualTime();

/** The server's `/create` is on a limit; everything else is on none. */
function install(written: Record<string, unknown> = {}, onBurst: "queue" | "reject" = "queue") {
  const settings = { ...written, routes: [{ method: "POST", url: `${server.url}/create*`, limits: [LIMIT] }] };
  const throttle = newThrottle(settings);
  const report = (error: unknown) => problems.push(error);
  uninstall = installXhr(
    XMLHttpRequest.prototype,
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

interface Options {
  path?: string;
  method?: string;
  headers?: Record<string, string>;
  body?: XMLHttpRequestBodyInit | null;
  prepare?(xhr: XMLHttpRequest): void;
}

interface Sent {
  readonly xhr: XMLHttpRequest;
  /** What the page has seen: event and state. */
  readonly log: string[];
  readonly done: Promise<XMLHttpRequest>;
}

/** Sends as a page does. */
function send({ path = "/create", method = "POST", headers = {}, body = null, prepare }: Options = {}): Sent {
  const xhr = new XMLHttpRequest();
  const log: string[] = [];
  EVENTS.forEach((type) => xhr.addEventListener(type, () => log.push(`${type} ${xhr.readyState}`)));
  const done = new Promise<XMLHttpRequest>((resolve) => xhr.addEventListener("loadend", () => resolve(xhr)));
  xhr.open(method, server.url + path);
  Object.entries(headers).forEach(([name, value]) => xhr.setRequestHeader(name, value));
  prepare?.(xhr);
  xhr.send(body);
  return { xhr, log, done };
}

/** What a page sees of such a request where there is no plugin. */
async function withoutPlugin(answer: Answer, options?: Options): Promise<string[]> {
  server.answers = [answer];
  const { log, done } = send(options);
  await done;
  server.reset();
  return log;
}

test("a request on no limit goes out at once, and so does one on a limit that is free: within send, as the page expects", async () => {
  const throttle = install();
  const free = send();
  expect(free.log).toContain("loadstart 1");
  useUp(throttle, LIMIT);
  const other = send({ path: "/other", body: "text" });
  expect(other.log).toContain("loadstart 1");
  await Promise.all([free.done, other.done]);
  expect(server.requests).toHaveLength(2);
});

test("what comes over the limit waits, and goes out one second after those before it", async () => {
  const throttle = install({ limits: { [LIMIT]: { perSecond: 2 } } });
  const all = Array.from({ length: 5 }, (_, n) => send({ body: String(n) }));
  expect(throttle.status().waiting).toHaveLength(3);
  expect(all.map(({ log }) => log.includes("loadstart 1"))).toEqual([true, true, false, false, false]);
  const answered = await ended(Promise.all(all.map(({ done }) => done)));
  expect(answered.map(({ status }) => status)).toEqual(Array(5).fill(200));
  const times = server.requests.map(({ atMs }) => atMs);
  for (let n = 2; n < 5; n += 1) expect(times[n] - times[n - 2]).toBeGreaterThanOrEqual(1000);
});

test.each([1, 3])(
  "answered 429 %d times, it is sent again with its headers and body, and the page sees one request",
  async (times) => {
    const answer = { status: 201, headers: { "X-Answer": "yes" }, body: '{"sid":"CH1"}' };
    const options = { headers: { "X-A": "1", "Content-Type": "application/json" }, body: '{"name":"room"}' };
    const expected = await withoutPlugin(answer, options);
    const throttle = install();
    const events = eventsOf(throttle);
    server.answers = [...Array(times).fill(refused()), answer];
    const { xhr, log, done } = send(options);
    await ended(done);
    expect(log).toEqual(expected);
    expect([xhr.status, xhr.responseText, xhr.getResponseHeader("X-Answer")]).toEqual([201, '{"sid":"CH1"}', "yes"]);
    expect(server.requests).toHaveLength(times + 1);
    for (const seen of server.requests) {
      expect(seen).toMatchObject({
        method: "POST",
        body: options.body,
        headers: { "x-a": "1", "content-type": expect.stringContaining("application/json") },
      });
    }
    expect(events.filter(({ type }) => type === "dropped")).toEqual([]);
    expect(throttle.status().retrying).toBe(0);
  },
);

test("handlers set in any way and at any time see nothing of a refused attempt", async () => {
  const throttle = install();
  useUp(throttle, LIMIT);
  server.answers = [refused(), refused()];
  const seen: string[] = [];
  const note = (who: string, xhr: XMLHttpRequest) => () => {
    if (xhr.readyState > 1) seen.push(`${who} ${xhr.status}`);
  };
  const xhr = new XMLHttpRequest();
  xhr.onload = note("onload before open", xhr);
  xhr.onreadystatechange = () => {
    if (xhr.readyState === 4) note("onreadystatechange", xhr)();
  };
  xhr.open("POST", server.url + "/create");
  xhr.addEventListener("load", { handleEvent: note("object", xhr) });
  xhr.addEventListener("load", note("capture", xhr), true);
  xhr.send("first");
  xhr.onloadend = note("onloadend while it waits", xhr);
  xhr.addEventListener("load", note("once", xhr), { once: true });
  await ended(new Promise((resolve) => xhr.addEventListener("loadend", resolve)));
  expect(server.requests).toHaveLength(3);
  expect(seen.sort()).toEqual(
    [
      "capture 200",
      "object 200",
      "once 200",
      "onload before open 200",
      "onloadend while it waits 200",
      "onreadystatechange 200",
    ].sort(),
  );
});

test("what was uploaded is told once, however often it was sent", async () => {
  const watchUpload = (log: string[]) => (xhr: XMLHttpRequest) => {
    EVENTS.forEach((type) => xhr.upload.addEventListener(type, () => log.push(type)));
    xhr.upload.onprogress = () => log.push("onprogress");
  };
  const expected: string[] = [];
  await withoutPlugin({}, { body: "first", prepare: watchUpload(expected) });
  expect(expected).toContain("load");
  install();
  server.answers = [refused(), refused()];
  const log: string[] = [];
  await ended(send({ body: "first", prepare: watchUpload(log) }).done);
  expect(server.requests).toHaveLength(3);
  expect(log).toEqual(expected);
});

test("a request for which the browser need not ask the server's leave goes without, also when it is retried", async () => {
  const throttle = install();
  server.answers = [refused()];
  await ended(send({ body: "first" }).done);
  useUp(throttle, LIMIT);
  await ended(send({ body: "second" }).done);
  expect(server.requests).toHaveLength(3);
  expect(server.preflights).toEqual([]);
});

test.each([400, 409, 500, 503])(
  "a %d is the page's, at once, and looks as it does without the plugin",
  async (status) => {
    const answer = { status, body: "no" };
    const expected = await withoutPlugin(answer);
    install();
    server.answers = [answer];
    const { xhr, log, done } = send();
    await done;
    expect([xhr.status, xhr.responseText]).toEqual([status, "no"]);
    expect(log).toEqual(expected);
    expect(server.requests).toHaveLength(1);
  },
);

test.each([
  ["when there is no time left to retry", { queue: { maxWaitSeconds: 2 } }, 45010],
  ["when its turn does not come again in time", { queue: { maxWaitSeconds: 2.4 } }, 45010],
  ["when it speaks of a count that is full", {}, 45207],
])("a 429 is the page's %s, with all its events and its body", async (_, written, code) => {
  const answer = { ...refused({ "X-Answer": "no" }), body: `{"code":${code}}` };
  const expected = await withoutPlugin(answer);
  install(written);
  server.answers = Array(50).fill(answer);
  const { xhr, log, done } = send();
  await ended(done);
  expect([xhr.status, xhr.responseText, xhr.getResponseHeader("X-Answer")]).toEqual([429, `{"code":${code}}`, "no"]);
  // That the page is to have it is known when it is whole: the states on the way there are past.
  expect(log).toEqual(expected.filter((event) => !/ [23]$/.test(event)));
});

test.each<[XMLHttpRequestResponseType, (response: unknown) => unknown]>([
  ["", String],
  ["text", String],
  ["json", (response) => JSON.stringify(response)],
  ["arraybuffer", (response) => Buffer.from(response as ArrayBuffer).toString()],
  ["blob", (response) => `${(response as Blob).size} bytes`],
])("responseType %p holds over a retry", async (responseType, read) => {
  install();
  const body = '{"sid":"CH1"}';
  server.answers = [refused(), { body }];
  const { xhr, done } = send({ prepare: (opened) => (opened.responseType = responseType) });
  await ended(done);
  expect(server.requests).toHaveLength(2);
  expect(read(xhr.response)).toBe(responseType === "blob" ? "13 bytes" : body);
});

test("a count that is full is told from a rate in bytes, too", async () => {
  // jsdom has none.
  Object.assign(window, { TextDecoder });
  install();
  server.answers = [{ status: 429, body: '{"code":45207}' }];
  const { xhr, done } = send({ prepare: (opened) => (opened.responseType = "arraybuffer") });
  await ended(done);
  expect(xhr.status).toBe(429);
  expect(server.requests).toHaveLength(1);
});

test("each answer is looked at once, though the guard listens in two ways", async () => {
  install();
  const look = jest.spyOn(HttpGate.prototype, "countCapacity");
  await send().done;
  expect(look).toHaveBeenCalledTimes(1);
  look.mockRestore();
});

test("Retry-After is waited for", async () => {
  install();
  server.answers = [refused({ "Retry-After": "7" })];
  await ended(send().done);
  const [first, second] = server.requests.map(({ atMs }) => atMs);
  expect(second - first).toBeGreaterThanOrEqual(7000);
  expect(second - first).toBeLessThan(9000);
});

test("a request that the page makes on hearing that another has started is counted too", async () => {
  const throttle = install({ limits: { [LIMIT]: { perSecond: 1 } } });
  const inner: Sent[] = [];
  const outer = send({
    path: "/create?outer",
    prepare: (xhr) => (xhr.onloadstart = () => inner.push(send({ path: "/create?inner" }))),
  });
  expect(inner).toHaveLength(1);
  expect(throttle.status().waiting).toHaveLength(1);
  await ended(Promise.all([outer.done, inner[0].done]));
  expect(server.requests[1].atMs - server.requests[0].atMs).toBeGreaterThanOrEqual(1000);
});

test("a body that is changed while the request waits goes out as it was", async () => {
  const throttle = install();
  useUp(throttle, LIMIT);
  const bytes = Uint8Array.from(Buffer.from("first"));
  const { done } = send({ body: bytes });
  bytes.fill(32);
  await ended(done);
  expect(server.requests[0].body).toBe("first");
});

describe("a retry goes to where the request went", () => {
  const open = (url: string | URL) => {
    const xhr = new XMLHttpRequest();
    xhr.open("POST", url);
    const done = new Promise((resolve) => xhr.addEventListener("loadend", resolve));
    xhr.send();
    return done;
  };
  const paths = () => server.requests.map(({ path }) => path);

  test("though the page has changed its URL object", async () => {
    install();
    server.answers = [refused()];
    const url = new URL(`${server.url}/create?n=1`);
    const done = open(url);
    url.search = "?n=2";
    await ended(done);
    expect(paths()).toEqual(["/create?n=1", "/create?n=1"]);
  });

  test("though a relative address would mean another by then", async () => {
    install();
    server.answers = [refused()];
    const base = document.head.appendChild(document.createElement("base"));
    base.href = `${server.url}/create/tasks/`;
    const done = open("one");
    base.href = `${server.url}/create/teams/`;
    await ended(done);
    base.remove();
    expect(paths()).toEqual(["/create/tasks/one", "/create/tasks/one"]);
  });
});

test("a timeout is the page's, counts from the sending, and is not retried", async () => {
  const throttle = install();
  useUp(throttle, LIMIT);
  server.answers = [{ never: true }];
  const { xhr, log, done } = send({ prepare: (opened) => (opened.timeout = 60) });
  await breathe(100);
  expect(log.filter((event) => event.startsWith("timeout"))).toEqual([]);
  await elapse(2000);
  await until(() => server.requests.length === 1);
  await done;
  expect(log.slice(-2)).toEqual(["timeout 4", "loadend 4"]);
  expect(xhr.status).toBe(0);
  await elapse(3000);
  expect(server.requests).toHaveLength(1);
});

test("a request that meets no server fails as it does without the plugin, and is not sent again", async () => {
  const gone = await startHttpServer();
  await gone.close();
  const errors = jest.spyOn(console, "error").mockImplementation(() => undefined);
  const attempt = async () => {
    const xhr = new XMLHttpRequest();
    const log: string[] = [];
    EVENTS.forEach((type) => xhr.addEventListener(type, () => log.push(`${type} ${xhr.readyState}`)));
    xhr.open("POST", `${server.url.replace(/\d+$/, gone.url.split(":")[2])}/create`);
    xhr.send();
    await ended(new Promise((resolve) => xhr.addEventListener("loadend", resolve)));
    return log;
  };
  const expected = await attempt();
  const match = createRouteMatcher([{ method: "POST", url: "http://127.0.0.1:*/create", limits: [LIMIT] }]);
  const throttle = newThrottle();
  uninstall = installXhr(
    XMLHttpRequest.prototype,
    new HttpGate({
      throttle,
      flexFlows: new FlexFlowCount(2500),
      match,
      onBurst: () => "queue",
      report: (error) => problems.push(error),
    }),
  );
  expect(await attempt()).toEqual(expected);
  expect(expected).toContain("error 4");
  expect(throttle.status().waiting).toEqual([]);
  errors.mockRestore();
});

describe("abort", () => {
  test("while it waits: never sent, told as a browser tells it, and nobody behind waits for it", async () => {
    const throttle = install({ limits: { [LIMIT]: { perSecond: 1 } } });
    useUp(throttle, LIMIT);
    const gone = send({ path: "/create?gone" });
    const next = send({ path: "/create?next" });
    gone.log.length = 0;
    gone.xhr.abort();
    expect(gone.log).toEqual(["readystatechange 4", "abort 4", "loadend 4"]);
    expect([gone.xhr.readyState, gone.xhr.status]).toEqual([0, 0]);
    expect(throttle.status().waiting).toHaveLength(1);
    await ended(next.done);
    await elapse(3000);
    expect(server.requests.map(({ path }) => path)).toEqual(["/create?next"]);
  });

  test("between two attempts: not sent again", async () => {
    const throttle = install();
    server.answers = [refused({ "Retry-After": "5" })];
    const { xhr, log } = send();
    await until(() => throttle.status().retrying === 1);
    await breathe(20);
    log.length = 0;
    xhr.abort();
    expect(log).toEqual(["readystatechange 4", "abort 4", "loadend 4"]);
    expect([xhr.readyState, xhr.status, xhr.responseText]).toEqual([0, 0, ""]);
    await elapse(8000);
    expect(server.requests).toHaveLength(1);
    expect(throttle.status()).toMatchObject({ retrying: 0, waiting: [] });
  });

  test("under way: the browser's own", async () => {
    install();
    server.answers = [{ never: true }];
    const { xhr, log } = send();
    await until(() => server.requests.length === 1);
    log.length = 0;
    xhr.abort();
    expect(log).toEqual(["readystatechange 4", "abort 4", "loadend 4"]);
  });

  test("once it has ended, in its own last event: nothing is told twice", async () => {
    install();
    const { xhr, log, done } = send({ prepare: (opened) => opened.addEventListener("loadend", () => opened.abort()) });
    await done;
    await breathe(20);
    expect(log.filter((event) => event.startsWith("abort"))).toEqual([]);
    expect(log.filter((event) => event.startsWith("loadend"))).toHaveLength(1);
    expect(xhr.readyState).toBe(0);
  });

  test("and open and send again: it is a new request", async () => {
    const throttle = install();
    useUp(throttle, LIMIT);
    const { xhr, done } = send({ path: "/create?first" });
    xhr.abort();
    xhr.open("POST", server.url + "/create?second");
    expect(xhr.readyState).toBe(1);
    xhr.setRequestHeader("X-B", "2");
    xhr.send("second");
    await done;
    await ended(new Promise((resolve) => xhr.addEventListener("loadend", resolve)));
    expect(server.requests).toMatchObject([{ path: "/create?second", body: "second", headers: { "x-b": "2" } }]);
    expect(xhr.status).toBe(200);
  });
});

describe("an object that is used again", () => {
  /** Sends a second request with the same object, from within the first one's `load`. */
  test("from within its own load: both requests are whole, and the second is retried too", async () => {
    install();
    server.answers = [{ body: "one" }, refused(), { body: "two" }];
    const bodies: string[] = [];
    const xhr = new XMLHttpRequest();
    const both = new Promise<void>((resolve) => {
      xhr.onload = () => {
        bodies.push(xhr.responseText);
        if (bodies.length === 2) return resolve();
        xhr.open("POST", server.url + "/create?second");
        xhr.send("second");
      };
    });
    xhr.open("POST", server.url + "/create?first");
    xhr.send("first");
    await ended(both);
    expect(bodies).toEqual(["one", "two"]);
    expect(server.requests.map(({ path, body }) => [path, body])).toEqual([
      ["/create?first", "first"],
      ["/create?second", "second"],
      ["/create?second", "second"],
    ]);
  });

  test("while its request is under way: only the new request is told of, and no call stays open", async () => {
    const throttle = install({ limits: { [LIMIT]: { perSecond: 5 } } });
    server.answers = [{ never: true }, refused(), { body: "two" }];
    const { xhr, log } = send({ path: "/create?first" });
    await until(() => server.requests.length === 1);
    xhr.open("POST", server.url + "/create?second");
    log.length = 0;
    xhr.send();
    await ended(new Promise((resolve) => xhr.addEventListener("loadend", resolve)));
    expect(xhr.responseText).toBe("two");
    expect(server.requests.map(({ path }) => path)).toEqual(["/create?first", "/create?second", "/create?second"]);
    expect(log.filter((event) => /^load /.test(event))).toHaveLength(1);
    expect(throttle.status().retrying).toBe(0);
  });

  test("in vain, with an address that is none: its request goes on", async () => {
    const throttle = install();
    useUp(throttle, LIMIT);
    const { xhr, done } = send({ path: "/create?first" });
    expect(() => xhr.open("POST", "http://[")).toThrow();
    await ended(done);
    expect(xhr.status).toBe(200);
    expect(server.requests.map(({ path }) => path)).toEqual(["/create?first"]);
  });

  test("while its request waits: the first is never sent", async () => {
    const throttle = install();
    useUp(throttle, LIMIT);
    const { xhr, done } = send({ path: "/create?first" });
    xhr.open("POST", server.url + "/create?second");
    xhr.send();
    await ended(done);
    expect(server.requests.map(({ path }) => path)).toEqual(["/create?second"]);
  });
});

test("while it waits, the object says as a browser does that it is sending", () => {
  const throttle = install();
  useUp(throttle, LIMIT);
  const { xhr } = send();
  expect(() => xhr.setRequestHeader("X-A", "1")).toThrow(expect.objectContaining({ name: "InvalidStateError" }));
  expect(() => xhr.send()).toThrow(expect.objectContaining({ name: "InvalidStateError" }));
  expect(throttle.status().waiting).toHaveLength(1);
  xhr.abort();
});

test("a synchronous request passes through, whatever waits", () => {
  const sent: unknown[] = [];
  const native = XMLHttpRequest.prototype.send;
  XMLHttpRequest.prototype.send = function (body) {
    sent.push(body);
  };
  const throttle = install();
  useUp(throttle, LIMIT);
  const xhr = new XMLHttpRequest();
  xhr.open("POST", server.url + "/create", false);
  xhr.send("now");
  expect(sent).toEqual(["now"]);
  uninstall();
  XMLHttpRequest.prototype.send = native;
});

describe("a request that is not sent", () => {
  test("fails as one without a network does, for those who listen to any of its events", async () => {
    const throttle = install({}, "reject");
    useUp(throttle, LIMIT);
    const { xhr, log, done } = send();
    await done;
    expect(log.slice(-3)).toEqual(["readystatechange 4", "error 4", "loadend 4"]);
    expect([xhr.readyState, xhr.status, xhr.responseText]).toEqual([4, 0, ""]);
    await elapse(3000);
    expect(server.requests).toEqual([]);
    xhr.open("POST", server.url + "/other");
    expect(xhr.readyState).toBe(1);
  });

  test("because its turn did not come in time, says so after that time", async () => {
    const throttle = install({ queue: { maxWaitSeconds: 2 } });
    const events = eventsOf(throttle);
    const permit = await throttle.acquire({ limits: [LIMIT], name: "other" });
    permit.markSent();
    permit.markThrottled({ scope: "limit", retryAfterMs: 30_000 });
    events.length = 0;
    const { log, done } = send();
    await elapse(1800);
    expect(await isSettled(done)).toBe(false);
    await ended(done);
    expect(log.slice(-2)).toEqual(["error 4", "loadend 4"]);
    expect(events).toMatchObject([{ type: "dropped", error: { name: "ThrottleTimeoutError" } }]);
  });
});

describe("a request that ends without an answer may arrive yet", () => {
  const ENDINGS: [how: string, end: (sent: Sent) => void][] = [
    ["aborted", ({ xhr }) => xhr.abort()],
    ["opened anew", ({ xhr }) => xhr.open("POST", `${server.url}/other`)],
    ["run into its timeout", () => undefined],
  ];

  /** What comes to pass until the limit, of one a second, is open again. */
  async function opensAfterMs(throttle: Throttle): Promise<number> {
    const fromMs = performance.now();
    const permit = await ended(throttle.acquire({ limits: [LIMIT], name: "next" }));
    permit.release();
    return performance.now() - fromMs;
  }

  test.each(ENDINGS)("%s: its start counts for as long", async (_, end) => {
    const throttle = install({ limits: { [LIMIT]: { perSecond: 1 } } });
    server.answers = [{ never: true }];
    const sent = send({ prepare: (opened) => (opened.timeout = 20) });
    await until(() => server.requests.length === 1);
    end(sent);
    await elapse(50);
    expect(await opensAfterMs(throttle)).toBeGreaterThan(1800);
  });

  test("answered, it counts from there", async () => {
    const throttle = install({ limits: { [LIMIT]: { perSecond: 1 } } });
    server.answers = [{ status: 500 }];
    await send().done;
    expect(await opensAfterMs(throttle)).toBeLessThan(1200);
  });

  test("cut off within a refusal, the page sees that it ends, and the limit is not taken for open", async () => {
    const answered = jest.spyOn(RateLimit.prototype, "markAnswered");
    install();
    server.answers = [{ status: 429, body: "{", isEndless: true }];
    const { xhr, log } = send();
    await until(() => xhr.readyState >= 2);
    log.length = 0;
    xhr.abort();
    expect(log).toEqual(["readystatechange 4", "abort 4", "loadend 4"]);
    expect(answered).not.toHaveBeenCalled();
    answered.mockRestore();
  });

  test("a join that is lost and sent again has told nothing of the limit", async () => {
    const answered = jest.spyOn(RateLimit.prototype, "markAnswered");
    const throttle = install();
    server.answers = [{ never: true }];
    throttle.handOff({
      limits: [LIMIT],
      details: { resendUnanswered: { afterMs: 10_000, maxAttempts: 3 } },
      permit: tryPermit(throttle, { limits: [LIMIT], name: "join", isEntryPoint: true }),
    });
    const { done } = send();
    await until(() => server.requests.length === 1);
    await elapse(10_000);
    expect(answered).not.toHaveBeenCalled();
    await ended(done);
    expect(answered).toHaveBeenCalledTimes(1);
    answered.mockRestore();
  });
});

test.each(["off", "observe"])("with mode %s nothing waits and nothing is retried", async (mode) => {
  install({ mode, limits: { [LIMIT]: { perSecond: 1 } } });
  server.answers = [refused()];
  const all = await Promise.all([send(), send(), send()].map(({ done }) => done));
  expect(all.map(({ status }) => status).sort()).toEqual([200, 200, 429]);
});

test("uninstalled while requests wait, they are sent yet", async () => {
  const throttle = install();
  useUp(throttle, LIMIT);
  const { done } = send();
  uninstall();
  expect((await ended(done)).status).toBe(200);
});

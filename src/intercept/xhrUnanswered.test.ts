/** Requests that end without an answer, or are never sent. */

import { startHttpServer } from "../../testing/httpServer";
import { LIMIT } from "../../testing/interceptedHttp";
import { EVENTS, SentXhr, useInterceptedXhr } from "../../testing/interceptedXhr";
import { eventsOf, tryPermit, useUp } from "../../testing/throttles";
import { breathe, elapse, ended, isSettled, until } from "../../testing/virtualTime";
import { RateLimit } from "../throttle/rateLimit";
import { Throttle } from "../flexThrottle";

const { server, install, send } = useInterceptedXhr();

/** Longer than any test. Timeouts of jsdom run in real time, and a busy machine may be slower than a short one. */
const LONG_MS = 60_000;

test("passes a timeout to the page without a retry, counted from sending", async () => {
  const throttle = install();
  useUp(throttle, LIMIT);
  server.answers = [{ never: true }];
  const { xhr, log, done } = send({ prepare: (opened) => (opened.timeout = 60) });
  await breathe(100);
  expect(log.filter((event) => event.startsWith("timeout"))).toEqual([]);
  xhr.timeout = LONG_MS;
  await elapse(2000);
  await until(() => server.requests.length === 1);
  xhr.timeout = 1;
  await done;
  expect(log.slice(-2)).toEqual(["timeout 4", "loadend 4"]);
  expect(xhr.status).toBe(0);
  await elapse(3000);
  expect(server.requests).toHaveLength(1);
});

test("fails like the browser without a server, and does not retry", async () => {
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
  const throttle = install({ routes: [{ method: "POST", url: "http://127.0.0.1:*/create", limits: [LIMIT] }] });
  expect(await attempt()).toEqual(expected);
  expect(expected).toContain("error 4");
  expect(throttle.status().waiting).toEqual([]);
  errors.mockRestore();
});

describe("a request that is not sent", () => {
  test("fails like one without a network, with all its events", async () => {
    const throttle = install({}, "reject");
    useUp(throttle, LIMIT);
    const { xhr, log, done } = send();
    await ended(done);
    expect(log.slice(-3)).toEqual(["readystatechange 4", "error 4", "loadend 4"]);
    expect([xhr.readyState, xhr.status, xhr.responseText]).toEqual([4, 0, ""]);
    await elapse(3000);
    expect(server.requests).toEqual([]);
    xhr.open("POST", server.url + "/other");
    expect(xhr.readyState).toBe(1);
  });

  test("fails when the maximum wait has passed", async () => {
    const throttle = install({ queue: { maxWaitSeconds: 2 } });
    const events = eventsOf(throttle);
    const permit = await throttle.acquire({ limits: [LIMIT], name: "other" });
    permit.markSent();
    permit.markEnded({ scope: "limit", retryAfterMs: 30_000 });
    events.length = 0;
    const { log, done } = send();
    await elapse(1800);
    expect(await isSettled(done)).toBe(false);
    await ended(done);
    expect(log.slice(-2)).toEqual(["error 4", "loadend 4"]);
    expect(events).toMatchObject([{ type: "dropped", error: { name: "ThrottleTimeoutError" } }]);
  });
});

describe("a request that ends without an answer", () => {
  const ENDINGS: [how: string, end: (sent: SentXhr) => unknown][] = [
    ["aborted", ({ xhr }) => xhr.abort()],
    ["opened again", ({ xhr }) => xhr.open("POST", `${server.url}/other`)],
    [
      "timed out",
      ({ xhr, done }) => {
        xhr.timeout = 1;
        return done;
      },
    ],
  ];

  /** What comes to pass until the limit, of one a second, is open again. */
  async function opensAfterMs(throttle: Throttle): Promise<number> {
    const fromMs = performance.now();
    const permit = await ended(throttle.acquire({ limits: [LIMIT], name: "next" }));
    permit.release();
    return performance.now() - fromMs;
  }

  test.each(ENDINGS)("%s, counts for as long as it may still arrive", async (_, end) => {
    const throttle = install({ limits: { [LIMIT]: { perSecond: 1 } } });
    server.answers = [{ never: true }];
    const sent = send({ prepare: (opened) => (opened.timeout = LONG_MS) });
    await until(() => server.requests.length === 1);
    await end(sent);
    await elapse(50);
    expect(await opensAfterMs(throttle)).toBeGreaterThan(1800);
  });

  test("counts from its answer, if there is one", async () => {
    const throttle = install({ limits: { [LIMIT]: { perSecond: 1 } } });
    server.answers = [{ status: 500 }];
    await send().done;
    expect(await opensAfterMs(throttle)).toBeLessThan(1200);
  });

  test("within the body of a 429, shows its end to the page and keeps the limit closed", async () => {
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

  test("that is sent again, changes nothing about the limit until it is answered", async () => {
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

/** Requests that are aborted, and objects that are used again. */

import { tooManyRequests } from "../../testing/httpServer";
import { LIMIT } from "../../testing/interceptedHttp";
import { useInterceptedXhr } from "../../testing/interceptedXhr";
import { useUp } from "../../testing/throttles";
import { breathe, elapse, ended, until } from "../../testing/virtualTime";

const { server, install, send } = useInterceptedXhr();

describe("abort", () => {
  test("removes a queued request, with the browser's events", async () => {
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

  test("prevents a retry", async () => {
    const throttle = install();
    server.answers = [tooManyRequests({ "Retry-After": "5" })];
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

  test("ends a request that is being sent like the browser", async () => {
    install();
    server.answers = [{ never: true }];
    const { xhr, log } = send();
    await until(() => server.requests.length === 1);
    log.length = 0;
    xhr.abort();
    expect(log).toEqual(["readystatechange 4", "abort 4", "loadend 4"]);
  });

  test("fires nothing in the request's own loadend", async () => {
    install();
    const { xhr, log, done } = send({ prepare: (opened) => opened.addEventListener("loadend", () => opened.abort()) });
    await done;
    await breathe(20);
    expect(log.filter((event) => event.startsWith("abort"))).toEqual([]);
    expect(log.filter((event) => event.startsWith("loadend"))).toHaveLength(1);
    expect(xhr.readyState).toBe(0);
  });

  test("allows a new request with the same object", async () => {
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
  /** Sends a second request with the same object, in the first one's `load`. */
  test("in its own load handler: both requests are whole, and the second is retried", async () => {
    install();
    server.answers = [{ body: "one" }, tooManyRequests(), { body: "two" }];
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

  test("while its request is being sent: only the new request fires events", async () => {
    const throttle = install({ limits: { [LIMIT]: { perSecond: 5 } } });
    server.answers = [{ never: true }, tooManyRequests(), { body: "two" }];
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

  test("with an invalid URL: its request continues", async () => {
    const throttle = install();
    useUp(throttle, LIMIT);
    const { xhr, done } = send({ path: "/create?first" });
    expect(() => xhr.open("POST", "http://[")).toThrow();
    await ended(done);
    expect(xhr.status).toBe(200);
    expect(server.requests.map(({ path }) => path)).toEqual(["/create?first"]);
  });

  test("while its request is queued: the first is never sent", async () => {
    const throttle = install();
    useUp(throttle, LIMIT);
    const { xhr, done } = send({ path: "/create?first" });
    xhr.open("POST", server.url + "/create?second");
    xhr.send();
    await ended(done);
    expect(server.requests.map(({ path }) => path)).toEqual(["/create?second"]);
  });
});

test("throws like a sending object while it is queued", () => {
  const throttle = install();
  useUp(throttle, LIMIT);
  const { xhr } = send();
  const invalidState = (method: string) =>
    expect.objectContaining({ name: "InvalidStateError", message: expect.stringContaining(`'${method}'`) as string });
  expect(() => xhr.setRequestHeader("X-A", "1")).toThrow(invalidState("setRequestHeader"));
  expect(() => xhr.send()).toThrow(invalidState("send"));
  expect(throttle.status().waiting).toHaveLength(1);
  xhr.abort();
});

/** Requests made with `XMLHttpRequest`: queued and sent. */

import { tooManyRequests } from "../../testing/httpServer";
import { LIMIT } from "../../testing/interceptedHttp";
import { SentXhr, useInterceptedXhr } from "../../testing/interceptedXhr";
import { useUp } from "../../testing/throttles";
import { ended } from "../../testing/virtualTime";
import { HttpGate } from "./httpGate";

const { server, install, uninstall, send } = useInterceptedXhr();

test("sends at once, within send, without a limit or while the limit allows it", async () => {
  const throttle = install();
  const free = send();
  expect(free.log).toContain("loadstart 1");
  expect(throttle.status().waiting).toEqual([]);
  useUp(throttle, LIMIT);
  const other = send({ path: "/other", body: "text" });
  expect(other.log).toContain("loadstart 1");
  await Promise.all([free.done, other.done]);
  expect(server.requests).toHaveLength(2);
});

test("queues requests over the limit", async () => {
  const throttle = install({ limits: { [LIMIT]: { perSecond: 2 } } });
  const all = Array.from({ length: 5 }, (_, n) => send({ body: String(n) }));
  expect(throttle.status().waiting).toHaveLength(3);
  // As in a browser, which fires this event within `send`.
  expect(all.map(({ log }) => log)).toEqual(Array(5).fill(["readystatechange 1", "loadstart 1"]));
  const answered = await ended(Promise.all(all.map(({ done }) => done)));
  expect(answered.map(({ status }) => status)).toEqual(Array(5).fill(200));
  const times = server.requests.map(({ atMs }) => atMs);
  for (let n = 2; n < 5; n += 1) expect(times[n] - times[n - 2]).toBeGreaterThanOrEqual(1000);
});

test("causes no preflight, also not for a retry", async () => {
  const throttle = install();
  server.answers = [tooManyRequests()];
  await ended(send({ body: "first" }).done);
  useUp(throttle, LIMIT);
  await ended(send({ body: "second" }).done);
  expect(server.requests).toHaveLength(3);
  expect(server.preflights).toEqual([]);
});

test("handles each event once, although the guard has two listeners", async () => {
  install();
  const look = jest.spyOn(HttpGate.prototype, "countCapacity");
  await send().done;
  expect(look).toHaveBeenCalledTimes(1);
  look.mockRestore();
});

test("counts a request that is sent in another's loadstart handler", async () => {
  const throttle = install({ limits: { [LIMIT]: { perSecond: 1 } } });
  const inner: SentXhr[] = [];
  const outer = send({
    path: "/create?outer",
    prepare: (xhr) => (xhr.onloadstart = () => inner.push(send({ path: "/create?inner" }))),
  });
  expect(inner).toHaveLength(1);
  expect(throttle.status().waiting).toHaveLength(1);
  await ended(Promise.all([outer.done, inner[0].done]));
  expect(server.requests[1].atMs - server.requests[0].atMs).toBeGreaterThanOrEqual(1000);
});

test("sends the body as it was at the call", async () => {
  const throttle = install();
  useUp(throttle, LIMIT);
  const bytes = Uint8Array.from(Buffer.from("first"));
  const { done } = send({ body: bytes });
  bytes.fill(32);
  await ended(done);
  expect(server.requests[0].body).toBe("first");
});

test("does not intercept synchronous requests", () => {
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

test.each(["off", "observe"])("neither queues nor retries in mode %s", async (mode) => {
  install({ mode, limits: { [LIMIT]: { perSecond: 1 } } });
  server.answers = [tooManyRequests()];
  const all = await Promise.all([send(), send(), send()].map(({ done }) => done));
  expect(all.map(({ status }) => status).sort()).toEqual([200, 200, 429]);
});

test("sends queued requests after uninstall", async () => {
  const throttle = install();
  useUp(throttle, LIMIT);
  const { done } = send();
  uninstall();
  expect((await ended(done)).status).toBe(200);
});

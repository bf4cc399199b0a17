/** axios, with which Flex itself sends its join, over the patched XMLHttpRequest. */

import type { AxiosStatic } from "axios";

import { FlexFlowCount } from "../limits/flexFlowCount";
import { createRouteMatcher } from "../limits/routes";
import { Uninstall } from "../patch";
import { HttpServer, startHttpServer, tooManyRequests } from "../../testing/httpServer";
import { newThrottle, settingsOf, useUp } from "../../testing/throttles";
import { breathe, elapse, ended, until, useVirtualTime } from "../../testing/virtualTime";
import { HttpGate } from "./httpGate";
import { installXhr } from "./xhr";

/** As a browser loads it; jest would take the build for Node. */
const axios = jest.requireActual("axios/dist/browser/axios.cjs") as AxiosStatic;

const LIMIT = "POST /WebChannels/Users";

let server: HttpServer;
let uninstall: Uninstall = () => undefined;
const problems: unknown[] = [];
/** The browser's own `send`, below the interceptor. */
const nativeSend = jest.spyOn(XMLHttpRequest.prototype, "send");

beforeAll(async () => {
  server = await startHttpServer();
  jest.spyOn(console, "warn").mockImplementation(() => undefined);
});
afterAll(() => server.close());
afterEach(() => {
  uninstall();
  server.reset();
  nativeSend.mockClear();
  expect(problems.splice(0)).toEqual([]);
});
useVirtualTime();

/** The server has the address at which the Flex configuration says that chats are joined. */
function install(written: Record<string, unknown> = {}, onBurst: "queue" | "reject" = "queue") {
  const throttle = newThrottle(written);
  const match = createRouteMatcher(settingsOf(written).routes, `${server.url}/v1/Channels`);
  const gate = new HttpGate({
    throttle,
    flexFlows: new FlexFlowCount(2500),
    match,
    onBurst: () => onBurst,
    report: (error) => problems.push(error),
  });
  uninstall = installXhr(XMLHttpRequest.prototype, () => gate);
  return throttle;
}

/** Flex's own request. */
const join = (config: object = {}) =>
  axios.post(`${server.url}/v1/Channels/CH1/Roles/agent/Users`, "Identity=alice", {
    adapter: "xhr",
    auth: { username: "token", password: "secret" },
    headers: { "Content-Type": "application/x-www-form-urlencoded" },
    ...config,
  });

test("queues the last two of twelve requests at ten per second", async () => {
  const throttle = install();
  const all = Promise.all(Array.from({ length: 12 }, () => join()));
  await until(() => throttle.status().waiting.length === 2);
  const answers = await ended(all);
  expect(answers.map(({ data }) => data.number).sort((a, b) => a - b)).toEqual(
    Array.from({ length: 12 }, (_, n) => n + 1),
  );
});

test("retries with the same form and credentials", async () => {
  install();
  server.answers = [tooManyRequests(), tooManyRequests(), { status: 201, body: '{"sid":"MB1"}' }];
  const { status, data } = await ended(join());
  expect([status, data]).toEqual([201, { sid: "MB1" }]);
  expect(server.requests).toHaveLength(3);
  for (const { body, headers } of server.requests) {
    expect(body).toBe("Identity=alice");
    expect(headers).toMatchObject({
      authorization: `Basic ${btoa("token:secret")}`,
      "content-type": "application/x-www-form-urlencoded",
    });
  }
});

test("rejects with axios' own error after the last 429", async () => {
  install({ queue: { maxWaitSeconds: 1 } });
  server.answers = Array(20).fill(tooManyRequests());
  await expect(ended(join())).rejects.toMatchObject({
    message: "Request failed with status code 429",
    response: { status: 429, data: { code: 45010 } },
  });
});

test("passes a 409 to Flex, which means that the agent is a member already", async () => {
  install();
  server.answers = [{ status: 409, body: "{}" }];
  await expect(join()).rejects.toMatchObject({ response: { status: 409 } });
  expect(server.requests).toHaveLength(1);
});

test("does not send a request that was canceled in the queue", async () => {
  const throttle = install();
  useUp(throttle, LIMIT);
  const controller = new AbortController();
  const failure = join({ signal: controller.signal }).catch((error: unknown) => error);
  await until(() => throttle.status().waiting.length === 1);
  controller.abort();
  expect(await failure).toMatchObject({ code: "ERR_CANCELED" });
  await elapse(3000);
  expect(server.requests).toEqual([]);
});

test("fails with axios' network error when dropped", async () => {
  const throttle = install({}, "reject");
  useUp(throttle, LIMIT);
  await expect(ended(join())).rejects.toMatchObject({ message: "Network Error" });
});

test("the request's timeout starts when it is sent, not while it is queued", async () => {
  const throttle = install();
  useUp(throttle, LIMIT);
  server.answers = [{ never: true }];
  const failure = join({ timeout: 80 }).catch((error: unknown) => error);
  // Timers of jsdom run in real time: by now a timeout that had started would have ended the request.
  await breathe(120);
  expect(throttle.status().waiting).toHaveLength(1);
  expect(nativeSend).not.toHaveBeenCalled();
  await elapse(2000);
  expect(await failure).toMatchObject({ code: "ECONNABORTED" });
  expect(nativeSend).toHaveBeenCalledTimes(1);
});

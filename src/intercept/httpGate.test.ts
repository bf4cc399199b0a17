/** @jest-environment ./testing/browserEnvironment.js */

/** What the gate reads from requests and answers: the call, and the number of Flex Flows. */

import { Throttle } from "../flexThrottle";
import { FlexFlowCount } from "../limits/flexFlowCount";
import { createRouteMatcher } from "../limits/routes";
import { Uninstall } from "../patch";
import { Answer, HttpServer, startHttpServer } from "../../testing/httpServer";
import { eventsOf, newThrottle, settingsOf, tryPermit } from "../../testing/throttles";
import { elapse, ended, useVirtualTime } from "../../testing/virtualTime";
import { installFetch } from "./fetch";
import { HttpGate } from "./httpGate";
import { installXhr } from "./xhr";

const FLOWS = "https://flex-api.twilio.com/v1/FlexFlows";

let server: HttpServer;
let uninstall: Uninstall = () => undefined;
let throttle: Throttle;
let flexFlows: FlexFlowCount;
const problems: unknown[] = [];

/** As the page asks Twilio; the test's server answers. */
const nodeFetch = window.fetch;
const nativeOpen = XMLHttpRequest.prototype.open;
const onServer = (url: string) => url.replace("https://flex-api.twilio.com", server.url);

beforeAll(async () => {
  server = await startHttpServer();
  window.fetch = (input, init) => nodeFetch(onServer(String(input)), init);
  XMLHttpRequest.prototype.open = function (this: XMLHttpRequest, method: string, url: string | URL) {
    nativeOpen.call(this, method, onServer(String(url)), true);
  };
  jest.spyOn(console, "warn").mockImplementation(() => undefined);
});
afterAll(() => {
  window.fetch = nodeFetch;
  XMLHttpRequest.prototype.open = nativeOpen;
  return server.close();
});
afterEach(() => {
  uninstall();
  server.reset();
  expect(problems.splice(0)).toEqual([]);
});
useVirtualTime();

function install(written: Record<string, unknown> = {}) {
  throttle = newThrottle(written);
  flexFlows = new FlexFlowCount(settingsOf(written).maxFlexFlows);
  const gate = new HttpGate({
    throttle,
    flexFlows,
    match: createRouteMatcher(),
    onBurst: () => "queue",
    report: (error) => problems.push(error),
  });
  const parts = [installFetch(window, () => gate), installXhr(XMLHttpRequest.prototype, () => gate)];
  uninstall = () => parts.reverse().forEach((part) => part());
}

const byFetch = async (method: string, url: string) => {
  const response = await window.fetch(url, { method });
  return { status: response.status, body: await response.text() };
};
const byXhr = (method: string, url: string) =>
  new Promise<{ status: number; body: string }>((resolve, reject) => {
    const xhr = new XMLHttpRequest();
    xhr.open(method, url);
    xhr.onload = () => resolve({ status: xhr.status, body: xhr.responseText });
    xhr.onerror = () => reject(new Error("failed"));
    xhr.send();
  });

const sid = (n: number) => `FO${String(n).padStart(32, "0")}`;
const list = (sids: string[], meta: object = {}): Answer => ({
  body: JSON.stringify({
    flex_flows: sids.map((one) => ({ sid: one })),
    meta: { page: 0, next_page_url: null, ...meta },
  }),
});
const created = (n: number): Answer => ({ status: 201, body: JSON.stringify({ sid: sid(n) }) });

describe.each<[string, (method: string, url: string) => Promise<{ status: number; body: string }>]>([
  ["fetch", byFetch],
  ["XMLHttpRequest", byXhr],
])("by %s", (_, request) => {
  const ask = async (answer: Answer, method = "GET", path = "") => {
    server.answers = [answer];
    return ended(request(method, FLOWS + path));
  };
  const count = () => flexFlows.count;

  test("counts a complete list and leaves the answer unread", async () => {
    install();
    const answer = list([sid(1), sid(2), sid(3)]);
    expect(await ask(answer, "GET", "?PageSize=50")).toEqual({ status: 200, body: answer.body });
    expect(count()).toBe(3);
    await ask(list([sid(2)]));
    expect(count()).toBe(1);
  });

  test("adds the entries of each page, and starts a new count after the last", async () => {
    install();
    await ask(created(9), "POST");
    await ask(list([sid(1), sid(2)], { next_page_url: `${FLOWS}?Page=1` }), "GET", "?PageSize=2");
    expect(count()).toBe(3);
    await ask(
      list([sid(2), sid(3)], { page: 1, next_page_url: `${FLOWS}?Page=2` }),
      "GET",
      "?PageSize=2&Page=1&PageToken=PT1",
    );
    expect(count()).toBe(4);
    await ask(list([sid(5)], { page: undefined }));
    expect(count()).toBe(5);
    await ask(list([sid(4)], { page: 2 }), "GET", "?PageSize=2&Page=2");
    expect(count()).toBe(4);
  });

  test("only adds the entries of a filtered list", async () => {
    install();
    await ask(list([sid(1), sid(2)]));
    await ask(list([sid(3)]), "GET", "?FriendlyName=Sales&PageSize=50");
    expect(count()).toBe(3);
  });

  test("removes a Flex Flow whose deletion is answered with 404", async () => {
    install();
    await ask(list([sid(1), sid(2)]));
    await ask({ status: 404, body: "{}" }, "DELETE", `/${sid(1)}`);
    expect(count()).toBe(1);
  });

  test("rejects nothing by a count that is older than ten minutes", async () => {
    install({ limits: { "Flex Flows": { max: 1 } } });
    await ask(list([sid(1)]));
    await elapse(590_000, 590_000);
    await expect(ask(created(2), "POST")).rejects.toThrow();
    await elapse(20_000, 20_000);
    expect(await ask(created(2), "POST")).toMatchObject({ status: 201 });
    expect(await ask(created(3), "POST")).toMatchObject({ status: 201 });
  });

  test("adds a creation, removes a deletion, and notifies listeners", async () => {
    install();
    let onScreen = 0;
    flexFlows.onChange(() => (onScreen = count()));
    await ask(created(1), "POST");
    await ask(created(2), "POST");
    expect([count(), onScreen]).toEqual([2, 2]);
    await ask({ status: 204 }, "DELETE", `/${sid(1)}`);
    expect([count(), onScreen]).toEqual([1, 1]);
  });

  test.each<[string, Answer, string, string]>([
    ["a deletion that failed", { status: 403, body: "{}" }, "DELETE", `/${sid(1)}`],
    ["a list that is not there", { status: 404, body: list([]).body }, "GET", ""],
    ["a creation that failed", { status: 400, body: JSON.stringify({ sid: sid(9) }) }, "POST", ""],
    ["a list that is none", { body: "<html>" }, "GET", ""],
    ["a list without flows", { body: '{"flex_flows":null}' }, "GET", ""],
    ["a list that failed", { status: 500, body: list([]).body }, "GET", ""],
    ["reading one", created(9), "GET", `/${sid(9)}`],
  ])("ignores %s", async (_what, answer, method, path) => {
    install();
    await ask(created(1), "POST");
    await ask(answer, method, path);
    expect(count()).toBe(1);
  });

  test("rejects a creation over the maximum until one is deleted", async () => {
    install({ limits: { "Flex Flows": { max: 2 }, "POST /FlexFlows": { perSecond: 1 } } });
    await ask(list([sid(1), sid(2)]));
    expect(flexFlows).toMatchObject({ count: 2, maximum: 2, isNearlyFull: true });
    const events = eventsOf(throttle);
    await expect(ask(created(3), "POST")).rejects.toThrow(
      request === byFetch ? /has 2 of at most 2 Flex Flows. Delete one/ : "failed",
    );
    expect(server.requests).toHaveLength(1);
    expect(tryPermit(throttle, { limits: ["POST /FlexFlows"], name: "next" })).toBeDefined();
    expect(events).toMatchObject([{ type: "dropped", error: { name: "ThrottleCapacityError", limit: "Flex Flows" } }]);
    await ask({ status: 204 }, "DELETE", `/${sid(2)}`);
    expect(await ask(created(3), "POST")).toMatchObject({ status: 201 });
    expect(count()).toBe(2);
  });

  test("sends a creation over the maximum in mode observe", async () => {
    install({ mode: "observe", limits: { "Flex Flows": { max: 1 } } });
    await ask(list([sid(1)]));
    expect(await ask({ status: 400, body: '{"code":45004}' }, "POST")).toMatchObject({ status: 400 });
  });
});

test("passes on a list whose body never ends, and counts nothing", async () => {
  install();
  server.answers = [{ body: '{"flex_flows":[', isEndless: true }];
  expect((await ended(window.fetch(FLOWS))).status).toBe(200);
  expect(flexFlows.count).toBe(0);
});

test.each<[string, string, BodyInit, string | undefined]>([
  [
    "in the address, in Flex 1.28 and later",
    "https://flex-api.twilio.com/v1/Channels/CH1/Roles/agent/Users",
    "Identity=alice",
    "CH1",
  ],
  [
    "in a form, before",
    "https://preview.twilio.com/Flex/WebChannels/Users",
    "Identity=alice&ChatChannelSid=CH2",
    "CH2",
  ],
  [
    "in a form that is an object",
    "https://preview.twilio.com/Flex/WebChannels/Users",
    new URLSearchParams("ChatChannelSid=CH3"),
    "CH3",
  ],
  [
    "nowhere in an unreadable body",
    "https://preview.twilio.com/Flex/WebChannels/Users",
    new Blob(["ChatChannelSid=CH4"]),
    undefined,
  ],
])("finds the chat of a join %s", (_, url, body, key) => {
  const gate = new HttpGate({
    throttle: newThrottle(),
    flexFlows: new FlexFlowCount(2500),
    match: createRouteMatcher(),
    onBurst: () => "queue",
    report: (error) => problems.push(error),
  });
  expect(gate.classify("post", url, body)?.call).toMatchObject({ limits: ["POST /WebChannels/Users"], key });
});

test("ignores URLs without a limit, and invalid URLs", () => {
  const gate = new HttpGate({
    throttle: newThrottle(),
    flexFlows: new FlexFlowCount(2500),
    match: createRouteMatcher(),
    onBurst: () => "queue",
    report: (error) => problems.push(error),
  });
  expect(gate.classify("POST", "https://example.com/v1/Channels")).toBeUndefined();
  expect(gate.classify("POST", "/v1/Channels")).toBeUndefined();
  expect(gate.classify("POST", "http://[")).toBeUndefined();
  expect(gate.classify("POST", "http://")).toBeUndefined();
});

test("reports a failure to match a URL", () => {
  const broken = new Error("no");
  const match = () => {
    throw broken;
  };
  const gate = new HttpGate({
    throttle: newThrottle(),
    flexFlows: new FlexFlowCount(2500),
    match,
    onBurst: () => "queue",
    report: (error) => problems.push(error),
  });
  expect(gate.classify("POST", FLOWS)).toBeUndefined();
  expect(problems.splice(0)).toEqual([broken]);
});

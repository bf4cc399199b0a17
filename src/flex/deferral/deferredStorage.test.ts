import type { ITask } from "@twilio/flex-ui";
import { EventEmitter } from "events";

import { DeferredAction } from "../../state/slice";
import { rejectedError } from "../../throttle/errors";
import { DeferredStorage } from "./deferredStorage";
import { toStoredPayload } from "./storedPayload";

const sid = (kind: string, digit = "0") => kind + digit.repeat(32);
const task = { sid: sid("WR"), attributes: { name: "Ada Lovelace" } } as unknown as ITask;

let outcomes: DeferredAction[];
let reports: unknown[];
let invoked: [string, unknown][];
/** How the next invocations end, `undefined` for well. */
let failure: unknown;
let worker: string | undefined;
let tasks: ITask[];
let ends: (() => void)[];

beforeEach(() => {
  jest.useFakeTimers("modern");
  [outcomes, reports, invoked, failure, worker, tasks, ends] = [[], [], [], undefined, sid("WK"), [task], []];
  sessionStorage.clear();
});
afterEach(() => {
  ends.forEach((end) => end());
  jest.useRealTimers();
});

/** A page that is loaded, with Flex in it. */
function load() {
  const events = new EventEmitter();
  const deferred = new DeferredStorage({
    actions: {
      invokeAction: async (name: string, payload: unknown) => {
        invoked.push([name, payload]);
        if (failure) throw failure;
      },
    } as never,
    agentSid: () => worker,
    taskOf: (wanted) => tasks.find((known) => known.sid === wanted),
    maxWaitMs: () => 60_000,
    onDeferred: (outcome) => outcomes.push(outcome),
    report: (error) => reports.push(error),
  });
  const end = deferred.install(events);
  ends.push(end);
  return { deferred, events, end };
}

/** The page goes, and comes again. */
async function reload(page: { end: () => void }) {
  window.dispatchEvent(new Event("pagehide"));
  page.end();
  const next = load();
  next.events.emit("pluginsInitialized");
  await Promise.resolve();
  await Promise.resolve();
  return next;
}

test("invokes a deferred Action after a reload, with the task of its reservation", async () => {
  const page = load();
  page.deferred.keep("Note", { task, channelSid: sid("CH"), isLast: true, none: undefined });
  await reload(page);
  expect(invoked).toEqual([["Note", { task, channelSid: sid("CH"), isLast: true }]]);
  expect(invoked[0][1]).toHaveProperty("task", task);
  expect(outcomes).toEqual([{ action: "Note", state: "done" }]);
});

test("stores nothing before the page closes, so that a duplicated tab runs nothing twice", () => {
  load().deferred.keep("Note", { channelSid: sid("CH") });
  expect(sessionStorage).toHaveLength(0);
});

test("clears the storage when the page comes back from the cache", () => {
  load().deferred.keep("Note", {});
  window.dispatchEvent(new Event("pagehide"));
  expect(sessionStorage).toHaveLength(1);
  window.dispatchEvent(new Event("pageshow"));
  expect(sessionStorage).toHaveLength(0);
});

test("does not invoke an Action again that has had its turn", async () => {
  const page = load();
  page.deferred.keep("Note", {})();
  await reload(page);
  expect(invoked).toEqual([]);
  expect(outcomes).toEqual([]);
});

test("reports Actions with other payloads as lost, and stores nothing of their payloads", async () => {
  const page = load();
  page.deferred.keep("SendSms", { to: "+15550001111", body: "Dear Ada" });
  page.deferred.keep("SendMail", { text: "Dear Ada" });
  page.deferred.keep("SendSms", { to: "+15550002222" });
  window.dispatchEvent(new Event("pagehide"));
  expect(Object.values({ ...sessionStorage }).join()).not.toMatch(/Ada|1555/);
  await reload(page);
  expect(invoked).toEqual([]);
  expect(outcomes).toEqual([{ action: "SendSms, SendMail", state: "lost" }]);
});

test.each([
  ["its task is gone", () => void (tasks = [])],
  ["it would have expired", () => void jest.advanceTimersByTime(60_001)],
])("reports it as lost when %s", async (_, happen) => {
  const page = load();
  page.deferred.keep("Note", { task });
  window.dispatchEvent(new Event("pagehide"));
  page.end();
  happen();
  load().events.emit("pluginsInitialized");
  expect(invoked).toEqual([]);
  expect(outcomes).toEqual([{ action: "Note", state: "lost" }]);
});

test("ignores the Actions of another agent on the same tab", async () => {
  const page = load();
  page.deferred.keep("Note", {});
  window.dispatchEvent(new Event("pagehide"));
  page.end();
  worker = sid("WK", "1");
  load().events.emit("pluginsInitialized");
  jest.advanceTimersByTime(20_000);
  expect([invoked, outcomes]).toEqual([[], []]);
  expect(sessionStorage).toHaveLength(0);
});

test("waits for all plugins, and for ten seconds at most", () => {
  const page = load();
  page.deferred.keep("Note", {});
  window.dispatchEvent(new Event("pagehide"));
  page.end();
  load();
  jest.advanceTimersByTime(9999);
  expect(invoked).toEqual([]);
  jest.advanceTimersByTime(1);
  expect(invoked).toEqual([["Note", {}]]);
});

test("loses nothing in a second reload before that", async () => {
  const page = load();
  page.deferred.keep("Note", { channelSid: sid("CH") });
  window.dispatchEvent(new Event("pagehide"));
  page.end();
  await reload(load());
  expect(invoked).toEqual([["Note", { channelSid: sid("CH") }]]);
});

test.each([
  ["reports a failure", new Error("no"), [{ action: "Note", state: "failed" }]],
  ["leaves the report of a rejection to the throttle", rejectedError({ limit: "POST /channels" }), []],
])("%s", async (_, error, reported) => {
  failure = error;
  const page = load();
  page.deferred.keep("Note", {});
  await reload(page);
  expect(outcomes).toEqual(reported);
});

test.each(["not JSON", "null", "[]", '{"worker":"' + sid("WK") + '"}'])(
  "ignores a storage that contains %j",
  (written) => {
    sessionStorage.setItem("flex-throttle-deferred", written);
    load().events.emit("pluginsInitialized");
    expect(invoked).toEqual([]);
  },
);

test("reports a page without storage and continues", () => {
  const { deferred } = load();
  deferred.keep("Note", {});
  const setItem = jest.spyOn(Storage.prototype, "setItem").mockImplementation(() => {
    throw new DOMException("full", "QuotaExceededError");
  });
  window.dispatchEvent(new Event("pagehide"));
  setItem.mockRestore();
  expect(reports).toHaveLength(1);
});

describe("a payload in the storage", () => {
  test.each([
    ["nothing", undefined, {}],
    ["sids", { sid: sid("WR"), channelSid: sid("CH", "f") }, { sid: sid("WR"), channelSid: sid("CH", "f") }],
    ["yes, no and nothing", { isLast: false, reason: null }, { isLast: false, reason: null }],
    ["a task, by its reservation", { task }, { task: { reservation: sid("WR") } }],
  ])("%s", (_, payload, stored) => {
    expect(toStoredPayload(payload)).toEqual(stored);
  });

  test.each<[string, unknown]>([
    ["a text", { body: "Hello" }],
    ["a number: it may be a telephone's, or an amount", { to: 15550001111 }],
    ["what is like a secret: hexadecimal digits without a kind", { token: "0".repeat(32) }],
    ["a sid with something behind it", { sid: `${sid("CH")}@example.org` }],
    ["a field with a person's number for a name", { "+15550001111": true }],
    ["a field with an address for a name", { "ada@example.org": true }],
    ["a list", { sids: [sid("CH")] }],
    ["an object in it", { options: { sid: sid("CH") } }],
    ["a task under another name", { customer: task }],
    ["an object of a class", Object.assign(new Map(), { sid: sid("CH") })],
    ["a text itself", "Hello"],
    ["a function", { done: () => undefined }],
  ])("not %s", (_, payload) => {
    expect(toStoredPayload(payload)).toBeUndefined();
  });
});

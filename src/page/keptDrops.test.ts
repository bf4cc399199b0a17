import { createStore } from "redux";

import { selectThrottle } from "../state/selectors";
import { DroppedCall, NAMESPACE, reduceThrottle, ThrottleAction, ThrottleState } from "../state/slice";
import { keepDrops } from "./keptDrops";

const KEY = "flex-throttle-not-sent-v1";

const dropped = (name: string, options: Partial<DroppedCall> = {}): DroppedCall => ({
  name,
  isJoin: false,
  isAction: true,
  reason: "ThrottleTimeoutError",
  atMs: 1_700_000_000_000,
  ...options,
});

let worker: string | undefined;
let reports: unknown[];
let ends: (() => void)[];
beforeEach(() => {
  [worker, reports, ends] = ["WK1", [], []];
  sessionStorage.clear();
});
afterEach(() => {
  ends.forEach((end) => end());
  jest.restoreAllMocks();
});

/** Loads a page. */
function load() {
  const reduce = (state: ThrottleState | undefined, action: ThrottleAction) => reduceThrottle(state, action);
  const store = createStore(reduce as never);
  const dispatch = (action: ThrottleAction) => void store.dispatch(action as never);
  const readable = { getState: () => ({ [NAMESPACE]: store.getState() }) };
  const state = () => selectThrottle(readable.getState());
  ends.push(keepDrops({ store: readable, dispatch, agentSid: () => worker, report: (error) => reports.push(error) }));
  return { dispatch, state, names: () => state().unread.map(({ name }) => name) };
}

const drop = (call: DroppedCall): ThrottleAction => ({ type: "flex-throttle/CALL_DROPPED", dropped: call });

function close() {
  window.dispatchEvent(new Event("pagehide"));
  ends.splice(0).forEach((end) => end());
}

test("lists after a reload what the agent has not dismissed", () => {
  const { dispatch, state } = load();
  ["SendSms", "Call", "Note"].forEach((name) => dispatch(drop(dropped(name, { waitMs: 3000, maxWaitMs: 60_000 }))));
  dispatch({ type: "flex-throttle/DROPS_DISMISSED", id: state().unread[1].id });
  const before = state().unread;
  close();
  const after = load();
  expect(after.names()).toEqual(["SendSms", "Note"]);
  after.state().unread.forEach((drop, at) => expect({ ...drop, id: before[at].id }).toEqual(before[at]));
  // The badge counts them. No banner is shown, because nothing was dropped on this page.
  expect(after.state()).toMatchObject({ droppedCount: 0 });
  expect(after.state().dropped).toBeUndefined();
});

test("lists calls of the new page after those of the previous one", () => {
  load().dispatch(drop(dropped("SendSms")));
  close();
  const { dispatch, state, names } = load();
  dispatch(drop(dropped("Call")));
  expect(names()).toEqual(["SendSms", "Call"]);
  const [first, second] = state().unread.map(({ id }) => id);
  expect(first).toBeLessThan(second);
});

test("cannot send a call again after a reload", () => {
  load().dispatch(drop(dropped("SendSms", { repeatId: 1 })));
  close();
  expect(load().state().unread[0].repeatId).toBeUndefined();
});

test("leaves out chats, which are joined after a reload, and stores no sid of a chat", () => {
  const { dispatch } = load();
  dispatch(drop(dropped("join", { isJoin: true, chat: "CH1" })));
  close();
  expect(sessionStorage).toHaveLength(0);
  expect(load().names()).toEqual([]);
});

test("keeps at most 200 entries", () => {
  const drops = Array.from({ length: 300 }, (_, at) => dropped(`Action ${at}`));
  sessionStorage.setItem(KEY, JSON.stringify({ worker, drops }));
  const { names } = load();
  expect(names()).toHaveLength(200);
  expect(names()[0]).toBe("Action 100");
});

test("lists nothing for another agent, and nothing of it is left", () => {
  load().dispatch(drop(dropped("SendSms")));
  close();
  worker = "WK2";
  expect(load().names()).toEqual([]);
  expect(sessionStorage).toHaveLength(0);
});

test("stores nothing while nobody is signed in", () => {
  worker = undefined;
  load().dispatch(drop(dropped("SendSms")));
  close();
  expect(sessionStorage).toHaveLength(0);
});

test("stores nothing before the page closes, and clears the storage when it comes back from the cache", () => {
  load().dispatch(drop(dropped("SendSms")));
  expect(sessionStorage).toHaveLength(0);
  window.dispatchEvent(new Event("pagehide"));
  expect(sessionStorage).toHaveLength(1);
  window.dispatchEvent(new Event("pageshow"));
  expect(sessionStorage).toHaveLength(0);
});

test.each([
  "{",
  "null",
  "5",
  '"text"',
  "[]",
  '{"worker":"WK1"}',
  '{"worker":"WK1","drops":{}}',
  '{"worker":"WK1","drops":[null,5,"text",{},{"name":5,"reason":"throttled"},{"name":"A"}]}',
  '{"worker":"WK1","drops":[{"name":"A","reason":"throttled","atMs":"now"}]}',
  '{"worker":"WK1","drops":[{"name":"A","reason":"throttled","waitMs":1e300}]}',
])("ignores %s in the storage", (written) => {
  sessionStorage.setItem(KEY, written);
  const { state } = load();
  expect(state().unread).toEqual([]);
  expect(sessionStorage).toHaveLength(0);
  expect(reports).toEqual([]);
});

test("ignores a chat and a way to send again in the storage", () => {
  const drops = [dropped("SendSms", { chat: "CH1", repeatId: 1 })];
  sessionStorage.setItem(KEY, JSON.stringify({ worker, drops }));
  const [{ chat, repeatId }] = load().state().unread;
  expect([chat, repeatId]).toEqual([undefined, undefined]);
});

test("reports a browser that denies its storage or has no room, and continues", () => {
  const denied = new Error("denied");
  for (const method of ["getItem", "setItem"] as const)
    jest.spyOn(Storage.prototype, method).mockImplementation(() => {
      throw denied;
    });
  const { dispatch, names } = load();
  dispatch(drop(dropped("SendSms")));
  window.dispatchEvent(new Event("pagehide"));
  expect(names()).toEqual(["SendSms"]);
  expect(reports).toEqual([denied, denied]);
});

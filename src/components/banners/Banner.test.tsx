import "@testing-library/jest-dom";
import { act, render, screen } from "@testing-library/react";
import React from "react";
import { Provider } from "react-redux";
import { createStore } from "redux";

import { readSettings } from "../../settings/readSettings";
import { selectThrottle } from "../../state/selectors";
import { NAMESPACE, ThrottleState } from "../../state/slice";
import { servicesOf } from "../../../testing/services";
import { CancelNextLabel, QueuedBanner, RateLimitedBanner, DroppedBanner, SettingsBanner } from "./Banner";

const LIMIT = "POST /channels";

beforeEach(() => void jest.useFakeTimers("modern"));
afterEach(() => void jest.useRealTimers());

const now = () => performance.now();
/** Units follow a narrow no-break space; here they are quoted with a plain one. */
const plain = (text: string | null) => (text ?? "").replace(/\u202f/g, " ");
const IDLE = selectThrottle({});

type Status = Partial<ThrottleState["status"]>;

/** A store with the throttle's state. */
function storeOf(state: Partial<Omit<ThrottleState, "status">> & { status?: Status }) {
  const whole = (next: typeof state) => ({ ...IDLE, ...next, status: { ...IDLE.status, ...next.status } });
  const store = createStore((current = { [NAMESPACE]: whole(state) }, action: { type: string; next?: typeof state }) =>
    action.next ? { [NAMESPACE]: whole(action.next) } : current,
  );
  return { store, change: (next: typeof state) => act(() => void store.dispatch({ type: "next", next })) };
}

function show(
  Banner: typeof QueuedBanner,
  state: Parameters<typeof storeOf>[0],
  own: Parameters<typeof servicesOf>[0] = {},
) {
  const { store, change } = storeOf(state);
  const services = servicesOf({ now, ...own });
  const { container, unmount } = render(
    <Provider store={store}>
      <Banner services={services} />
    </Provider>,
  );
  const text = () => plain(container.textContent);
  const announced = () => services.announcer.texts().map((each) => plain(each.text));
  return { change, unmount, text, announced };
}

const call = {
  id: 1,
  name: LIMIT,
  purpose: "other" as const,
  limits: [LIMIT] as const,
  waitingSinceMs: 0,
  startMs: 0,
  throttledCount: 0,
  expiresAtMs: Infinity,
  proceedsWithoutPermit: false,
};

/** Queued calls. The first join and the first other call are sent in `nextMs`, the rest in `lastMs`. */
const waiting = (joins: number, calls = 0, nextMs = 3000, lastMs = nextMs) =>
  [...Array(joins).fill("join"), ...Array(calls).fill("other")].map((purpose: "join" | "other", n) => ({
    ...call,
    purpose,
    startMs: now() + (n === 0 || n === joins ? nextMs : lastMs),
  }));

const pass = (ms: number) => act(() => void jest.advanceTimersByTime(ms));

test.each([
  [12, 0, 4000, "12 chats are waiting to be joined · next in 3 s"],
  [1, 0, 3000, "1 chat is waiting to be joined · next in 3 s"],
  [0, 7, 3000, "7 requests are waiting to be sent · next in 3 s"],
  [0, 1, 3000, "1 request is waiting to be sent · next in 3 s"],
  [26, 0, 12_500, "26 chats are waiting to be joined · next in 3 s, last in about 13 s"],
  [0, 7, 4001, "7 requests are waiting to be sent · next in 3 s, last in about 5 s"],
])("shows how many calls wait, and for how long", (joins, calls, lastMs, text) => {
  expect(show(QueuedBanner, { status: { waiting: waiting(joins, calls, 3000, lastMs) } }).text()).toBe(text);
});

test("counts only joins while there are any", () => {
  const calls = [...waiting(2), { ...call, startMs: now() + 60_000 }];
  expect(show(QueuedBanner, { status: { waiting: calls } }).text()).toBe(
    "2 chats are waiting to be joined · next in 3 s",
  );
});

test("counts down to one second, and follows the throttle's state", () => {
  const { text, change } = show(QueuedBanner, { status: { waiting: waiting(3) } });
  const seen = [0, 1000, 1000, 1000, 5000].map((ms) => {
    pass(ms);
    return /next in (\d+) s/.exec(text())?.[1];
  });
  expect(seen).toEqual(["3", "2", "1", "1", "1"]);
  change({ status: { waiting: waiting(2, 0, 5000) } });
  expect(text()).toBe("2 chats are waiting to be joined · next in 5 s");
});

test("announces the sentence once, not at every second or join", () => {
  const { text, announced, change } = show(QueuedBanner, { status: { waiting: waiting(3) } });
  expect(announced()).toEqual(["3 chats are waiting to be joined · next in 3 s"]);
  pass(2500);
  change({ status: { waiting: waiting(2, 0, 1000) } });
  expect(text()).toBe("2 chats are waiting to be joined · next in 1 s");
  expect(announced()).toEqual(["3 chats are waiting to be joined · next in 3 s"]);
  change({ status: { waiting: waiting(0, 2) } });
  expect(announced()).toEqual(["2 requests are waiting to be sent · next in 3 s"]);
});

test("shows when calls that will expire are canceled, and leaves them out of the last wait", () => {
  const expiring = { ...call, startMs: now() + 120_000, expiresAtMs: now() + 60_000 };
  const alone = show(QueuedBanner, { status: { waiting: [expiring] } });
  expect(alone.text()).toBe("1 request is waiting to be sent · Will be canceled in 60 s if not sent by then.");
  alone.unmount();
  const among = show(QueuedBanner, { status: { waiting: [...waiting(0, 2, 3000, 9000), expiring] } });
  expect(among.text()).toBe("3 requests are waiting to be sent · next in 3 s, last in about 9 s");
});

test.each([
  [["SendSms"], "SendSms has run."],
  [["SendSms", "SendSms", "Call"], "3 deferred Actions have run: SendSms, Call."],
  [["A", "B", "C", "D", "E"], "5 deferred Actions have run: A, B, C, …."],
])("shows which deferred Actions have run, also while calls wait", (actions, text) => {
  const done = actions.map((action) => ({ action, state: "done" as const }));
  expect(show(QueuedBanner, { done }).text()).toBe(text);
  const { text: shown, announced } = show(QueuedBanner, { done, status: { waiting: waiting(1) } });
  expect(shown()).toBe(`1 chat is waiting to be joined · next in 3 s${text}`);
  expect(announced()).toContain(text);
});

/** A throttled call that waits for its retry. */
const throttled = (purpose: "join" | "other", limit: typeof LIMIT | "GET /FlexFlows" = LIMIT) => ({
  ...call,
  purpose,
  limits: [limit] as const,
  throttledCount: 1,
});

test.each<[string, Status, string]>([
  [
    "chats",
    { waiting: [throttled("join"), ...waiting(3)], retryingJoins: 1, retrying: 1 },
    "Twilio is limiting how fast chats can be joined; 4 are waiting.",
  ],
  ["one chat", { retryingJoins: 1, retrying: 1 }, "Twilio is limiting how fast chats can be joined; 1 is waiting."],
  [
    "requests",
    { waiting: [throttled("other"), throttled("other"), ...waiting(0, 1)], retrying: 2 },
    "Twilio is limiting how fast requests can be sent; 3 are waiting.",
  ],
  ["one request", { retrying: 1 }, "Twilio is limiting how fast requests can be sent; 1 is waiting."],
])("a 429 for %s: shows what is limited, how many wait, and the next retry", (_, status, text) => {
  const banner = show(RateLimitedBanner, { status: { ...status, retryingLimits: [LIMIT], retryAtMs: now() + 4200 } });
  expect(banner.text()).toBe(`${text} Retrying in 5 s. Nothing is lost.`);
  pass(4000);
  expect(banner.text()).toBe(`${text} Retrying in 1 s. Nothing is lost.`);
  pass(1000);
  expect(banner.text()).toBe(`${text} Retrying now. Nothing is lost.`);
  expect(banner.announced()).toEqual([`${text} Retrying in 5 s. Nothing is lost.`]);
});

test("does not say that nothing is lost when a counted call will expire during the cool-down", () => {
  const waits = (purpose: "join" | "other", own: object) => ({ ...call, purpose, startMs: now() + 120_000, ...own });
  const status = {
    waiting: [waits("other", { expiresAtMs: now() + 60_000 })],
    coolDownUntilMs: { [LIMIT]: now() + 120_000 },
  };
  const banner = show(RateLimitedBanner, { status });
  expect(banner.text()).toBe(
    "Twilio is limiting how fast requests can be sent; 1 is waiting. Will be canceled in 60 s if not sent by then.",
  );
  // The join does not expire.
  banner.change({ status: { ...status, waiting: [...status.waiting, waits("join", { expiresAtMs: Infinity })] } });
  expect(banner.text()).toBe(
    "Twilio is limiting how fast chats can be joined; 1 is waiting. Retrying in 120 s. Nothing is lost.",
  );
  // An accept proceeds without a permit, and a join waits as long as its reservation.
  banner.change({
    status: {
      ...status,
      waiting: [waits("other", { expiresAtMs: now() + 10_000, proceedsWithoutPermit: true }), waits("join", {})],
    },
  });
  expect(banner.text()).toBe(
    "Twilio is limiting how fast chats can be joined; 1 is waiting. Retrying in 120 s. Nothing is lost.",
  );
});

test("shows the end of a cool-down while nothing is being retried", () => {
  const status = { waiting: waiting(1), coolDownUntilMs: { [LIMIT]: now() + 3000 } };
  const banner = show(RateLimitedBanner, { status });
  expect(banner.text()).toBe(
    "Twilio is limiting how fast chats can be joined; 1 is waiting. Retrying in 3 s. Nothing is lost.",
  );
  expect(show(QueuedBanner, { status }).text()).toBe("");
});

test("does not count calls of another limit as limited by Twilio", () => {
  const status = {
    retrying: 1,
    retryingLimits: ["GET /FlexFlows"] as const,
    retryAtMs: now() + 38_000,
    waiting: [...waiting(8), { ...throttled("other", "GET /FlexFlows"), startMs: now() + 38_000 }],
  };
  expect(show(RateLimitedBanner, { status }).text()).toBe(
    "Twilio is limiting how fast requests can be sent; 1 is waiting. Retrying in 38 s. Nothing is lost.",
  );
  expect(show(QueuedBanner, { status }).text()).toBe("8 chats are waiting to be joined · next in 3 s");
});

test.each([
  ["ThrottleQueueFullError", "SendSms: not sent because too many requests are waiting. Wait a moment, then try again."],
  ["ThrottleTimeoutError", "SendSms: not sent because the wait was too long. Try again."],
  ["ThrottleRejectedError", "SendSms: not sent because the limit is reached. Try again in 3 s."],
  [
    "ThrottleCapacityError",
    "A Flex Flow was not created because the account has reached its maximum. Delete one first.",
  ],
  ["throttled", "SendSms: failed because Twilio is limiting requests. Try again in a minute."],
  ["deferred-failed", "SendSms was deferred, then ran and failed. Try again."],
  ["deferred-lost", "SendSms did not run because this page was reloaded first. Do it again if you still need it."],
  ["ThrottleCanceledError", "SendSms: canceled, not sent. Do it again if you still need it."],
] as const)("a dropped call (%s): shows why, and what to do", (reason, text) => {
  const { text: shown, announced } = show(DroppedBanner, {
    droppedCount: 1,
    dropped: { name: "SendSms", isJoin: false, isAction: false, reason, waitMs: 2300 },
  });
  expect(shown()).toBe(text);
  expect(announced()).toEqual([text]);
});

test("counts further dropped calls since the banner appeared, and announces each", () => {
  const dropped = { name: "SendSms", isJoin: false, isAction: false, reason: "ThrottleTimeoutError" } as const;
  const { text, announced, change } = show(DroppedBanner, { droppedCount: 3, droppedRead: 2, dropped });
  expect(text()).toBe("SendSms: not sent because the wait was too long. Try again.");
  change({ droppedCount: 22, droppedRead: 2, dropped });
  expect(text()).toBe("SendSms: not sent because the wait was too long. Try again. (and 19 more)");
  expect(announced()).toEqual([text()]);
});

test("names a rejected accept as a chat that was not accepted", () => {
  const dropped = {
    name: "AcceptTask",
    isJoin: true,
    isAction: true,
    reason: "ThrottleRejectedError",
    waitMs: 2300,
  } as const;
  expect(show(DroppedBanner, { dropped }).text()).toBe(
    "A chat was not accepted because the limit is reached. Accept it again in 3 s.",
  );
});

test.each([
  [() => "Ada", "You are not in the chat with Ada."],
  [() => undefined, "You are not in the chat with a customer."],
])("a canceled join: shows the customer, and a button to join until the agent has joined", (customerOf, sentence) => {
  const dropped = {
    name: "join",
    isJoin: true,
    isAction: false,
    reason: "ThrottleCanceledError",
    chat: "CH1",
  } as const;
  const joinAgain = jest.fn();
  const { text, announced, change } = show(
    DroppedBanner,
    { dropped, droppedCount: 1, notJoined: ["CH1"] },
    { customerOf, joinAgain },
  );
  expect(text()).toBe(`${sentence}Join now`);
  expect(announced()).toEqual([sentence]);
  screen.getByRole("button", { name: "Join now" }).click();
  expect(joinAgain.mock.calls).toEqual([["CH1"]]);
  change({ dropped, droppedCount: 1, notJoined: ["CH2"] });
  expect(screen.queryByRole("button")).toBeNull();
});

test("the cancel button names the next throttled call, and is disabled while that is being sent", () => {
  const next = { ...throttled("join"), chat: "CH1", startMs: 1000 };
  const later = { ...throttled("join"), chat: "CH2", startMs: 2000 };
  const customerOf = (chat: string) => (chat === "CH1" ? "Ada" : "Bob");
  const { change } = show(CancelNextLabel, { status: { waiting: [...waiting(1), later, next] } }, { customerOf });
  expect(screen.getByRole("button", { name: "Cancel: chat with Ada" })).toHaveAttribute("aria-disabled", "false");
  expect(screen.getByTitle("Cancel: Join chat with Ada")).toHaveTextContent("Cancel: chat with Ada");
  change({ status: { waiting: waiting(1), retrying: 1 } });
  expect(screen.getByRole("button", { name: "Cancel" })).toHaveAttribute("aria-disabled", "true");
});

test("says that an expired Action did not run", () => {
  const dropped = { name: "SendSms", isJoin: false, isAction: true, reason: "ThrottleTimeoutError" } as const;
  expect(show(DroppedBanner, { dropped }).text()).toBe("SendSms did not run because the wait was too long. Try again.");
});

test("invalid settings: shows the number, and each path with the expected value", () => {
  const { problems } = readSettings({ mode: "on", queu: {} });
  const { text, announced } = show(SettingsBanner, { problems });
  expect(text()).toContain("Flex Throttle: 2 settings are invalid. Their defaults are in use.");
  expect(announced()).toEqual(["Flex Throttle: 2 settings are invalid. Their defaults are in use."]);
  expect(screen.getAllByRole("listitem").map(({ textContent }) => textContent)).toEqual([
    'flexThrottle.mode is "on"; expected one of "enforce", "observe", "off".',
    'flexThrottle.queu is unknown; expected "queue".',
  ]);
  // A long list scrolls, also by keyboard.
  const list = screen.getByRole("list");
  expect(list.style).toMatchObject({ maxHeight: "30vh", overflow: "auto" });
  list.focus();
  expect(document.activeElement).toBe(list);
});

test("a single invalid setting has the singular form", () => {
  expect(show(SettingsBanner, readSettings({ mode: 1 })).text()).toContain(
    "Flex Throttle: 1 setting is invalid. Its default is in use.",
  );
});

test("shows the number of Flex Flows near the maximum, without a list of problems", () => {
  const { text } = show(SettingsBanner, { status: { capacity: { count: 2400, max: 2500, isNearlyFull: true } } });
  expect(text()).toContain("This account has 2,400 of at most 2,500 Flex Flows.");
  expect(screen.queryByRole("list")).toBeNull();
});

test("uses the account's own strings, also when they are set later", () => {
  const strings: Record<string, string> = { FlexThrottleQueuedJoins: "{{count}} Chats warten" };
  const banner = show(QueuedBanner, { status: { waiting: waiting(2, 0, 1000) } }, { strings: () => strings });
  expect(banner.text()).toBe("2 Chats warten · next in 1 s");
  strings.FlexThrottleNextIn = "weiter in {{seconds}} s";
  pass(250);
  expect(banner.text()).toBe("2 Chats warten · weiter in 1 s");
});

test("leaves no timer after it is unmounted", () => {
  const { unmount } = show(QueuedBanner, { status: { waiting: waiting(2) } });
  expect(jest.getTimerCount()).toBeGreaterThan(0);
  unmount();
  expect(jest.getTimerCount()).toBe(0);
});

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

/** The throttle's state in a store, as Flex has it. */
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

/** They may go so many milliseconds from now; the first of the joins and the first of the other calls may go at the first of these. */
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
])("says how many wait, and for how long yet", (joins, calls, lastMs, text) => {
  expect(show(QueuedBanner, { status: { waiting: waiting(joins, calls, 3000, lastMs) } }).text()).toBe(text);
});

test("where customers wait, it is they who are counted, and their wait that is told", () => {
  const calls = [...waiting(2), { ...call, startMs: now() + 60_000 }];
  expect(show(QueuedBanner, { status: { waiting: calls } }).text()).toBe(
    "2 chats are waiting to be joined · next in 3 s",
  );
});

test("counts down, never below one second while somebody waits, and follows the throttle", () => {
  const { text, change } = show(QueuedBanner, { status: { waiting: waiting(3) } });
  const seen = [0, 1000, 1000, 1000, 5000].map((ms) => {
    pass(ms);
    return /next in (\d+) s/.exec(text())?.[1];
  });
  expect(seen).toEqual(["3", "2", "1", "1", "1"]);
  change({ status: { waiting: waiting(2, 0, 5000) } });
  expect(text()).toBe("2 chats are waiting to be joined · next in 5 s");
});

test("a screen reader hears the whole sentence once: not every second, and not as chat after chat is joined", () => {
  const { text, announced, change } = show(QueuedBanner, { status: { waiting: waiting(3) } });
  expect(announced()).toEqual(["3 chats are waiting to be joined · next in 3 s"]);
  pass(2500);
  change({ status: { waiting: waiting(2, 0, 1000) } });
  expect(text()).toBe("2 chats are waiting to be joined · next in 1 s");
  expect(announced()).toEqual(["3 chats are waiting to be joined · next in 3 s"]);
  change({ status: { waiting: waiting(0, 2) } });
  expect(announced()).toEqual(["2 requests are waiting to be sent · next in 3 s"]);
});

test("who waits in vain is told so, and the last of the others is the last", () => {
  const inVain = { ...call, startMs: now() + 120_000, expiresAtMs: now() + 60_000 };
  const alone = show(QueuedBanner, { status: { waiting: [inVain] } });
  expect(alone.text()).toBe("1 request is waiting to be sent · Will be canceled in 60 s if not sent by then.");
  alone.unmount();
  const among = show(QueuedBanner, { status: { waiting: [...waiting(0, 2, 3000, 9000), inVain] } });
  expect(among.text()).toBe("3 requests are waiting to be sent · next in 3 s, last in about 9 s");
});

test.each([
  [["SendSms"], "SendSms has run."],
  [["SendSms", "SendSms", "Call"], "3 deferred Actions have run: SendSms, Call."],
  [["A", "B", "C", "D", "E"], "5 deferred Actions have run: A, B, C, …."],
])("says which deferred Actions have run, also while others wait", (actions, text) => {
  const done = actions.map((action) => ({ action, state: "done" as const }));
  expect(show(QueuedBanner, { done }).text()).toBe(text);
  const { text: shown, announced } = show(QueuedBanner, { done, status: { waiting: waiting(1) } });
  expect(shown()).toBe(`1 chat is waiting to be joined · next in 3 s${text}`);
  expect(announced()).toContain(text);
});

/** A call that Twilio refused, and waits to go again. */
const refused = (purpose: "join" | "other", limit: typeof LIMIT | "GET /FlexFlows" = LIMIT) => ({
  ...call,
  purpose,
  limits: [limit] as const,
  throttledCount: 1,
});

test.each<[string, Status, string]>([
  [
    "chats",
    { waiting: [refused("join"), ...waiting(3)], retryingJoins: 1, retrying: 1 },
    "Twilio is limiting how fast chats can be joined; 4 are waiting.",
  ],
  ["one chat", { retryingJoins: 1, retrying: 1 }, "Twilio is limiting how fast chats can be joined; 1 is waiting."],
  [
    "requests",
    { waiting: [refused("other"), refused("other"), ...waiting(0, 1)], retrying: 2 },
    "Twilio is limiting how fast requests can be sent; 3 are waiting.",
  ],
  ["one request", { retrying: 1 }, "Twilio is limiting how fast requests can be sent; 1 is waiting."],
])("a 429 for %s: what is limited, how many wait, and when it is tried again", (_, status, text) => {
  const banner = show(RateLimitedBanner, { status: { ...status, retryingLimits: [LIMIT], retryAtMs: now() + 4200 } });
  expect(banner.text()).toBe(`${text} Retrying in 5 s. Nothing is lost.`);
  pass(4000);
  expect(banner.text()).toBe(`${text} Retrying in 1 s. Nothing is lost.`);
  pass(1000);
  expect(banner.text()).toBe(`${text} Retrying now. Nothing is lost.`);
  expect(banner.announced()).toEqual([`${text} Retrying in 5 s. Nothing is lost.`]);
});

test("where a pause lasts longer than somebody may wait, that is not said to lose nothing", () => {
  const waits = (purpose: "join" | "other", own: object) => ({ ...call, purpose, startMs: now() + 120_000, ...own });
  const status = {
    waiting: [waits("other", { expiresAtMs: now() + 60_000 })],
    coolDownUntilMs: { [LIMIT]: now() + 120_000 },
  };
  const banner = show(RateLimitedBanner, { status });
  expect(banner.text()).toBe(
    "Twilio is limiting how fast requests can be sent; 1 is waiting. Will be canceled in 60 s if not sent by then.",
  );
  // It is no chat that is given up.
  banner.change({ status: { ...status, waiting: [...status.waiting, waits("join", { expiresAtMs: Infinity })] } });
  expect(banner.text()).toBe(
    "Twilio is limiting how fast chats can be joined; 1 is waiting. Retrying in 120 s. Nothing is lost.",
  );
  // An accept goes on all the same, and a join waits as long as its customer.
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

test("who waits for a pause is told when it ends, though nothing is being retried", () => {
  const status = { waiting: waiting(1), coolDownUntilMs: { [LIMIT]: now() + 3000 } };
  const banner = show(RateLimitedBanner, { status });
  expect(banner.text()).toBe(
    "Twilio is limiting how fast chats can be joined; 1 is waiting. Retrying in 3 s. Nothing is lost.",
  );
  expect(show(QueuedBanner, { status }).text()).toBe("");
});

test("who waits for another limit than the refused one is not limited by Twilio, and waits no longer for it", () => {
  const status = {
    retrying: 1,
    retryingLimits: ["GET /FlexFlows"] as const,
    retryAtMs: now() + 38_000,
    waiting: [...waiting(8), { ...refused("other", "GET /FlexFlows"), startMs: now() + 38_000 }],
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
] as const)("a call that was given up (%s): why, and what to do now", (reason, text) => {
  const { text: shown, announced } = show(DroppedBanner, {
    droppedCount: 1,
    dropped: { name: "SendSms", isJoin: false, isAction: false, reason, waitMs: 2300 },
  });
  expect(shown()).toBe(text);
  expect(announced()).toEqual([text]);
});

test("how many were given up since somebody could read of it, and each is heard", () => {
  const dropped = { name: "SendSms", isJoin: false, isAction: false, reason: "ThrottleTimeoutError" } as const;
  const { text, announced, change } = show(DroppedBanner, { droppedCount: 3, droppedRead: 2, dropped });
  expect(text()).toBe("SendSms: not sent because the wait was too long. Try again.");
  change({ droppedCount: 22, droppedRead: 2, dropped });
  expect(text()).toBe("SendSms: not sent because the wait was too long. Try again. (and 19 more)");
  expect(announced()).toEqual([text()]);
});

test("a chat that was not accepted is said to be one", () => {
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
])(
  "a join that was given up: whose chat it is, and a button to join it for as long as the agent is not in it",
  (customerOf, sentence) => {
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
  },
);

test("the button to give up names the one call that goes next, and cannot be used while that is under way", () => {
  const next = { ...refused("join"), chat: "CH1", startMs: 1000 };
  const later = { ...refused("join"), chat: "CH2", startMs: 2000 };
  const customerOf = (chat: string) => (chat === "CH1" ? "Ada" : "Bob");
  const { change } = show(CancelNextLabel, { status: { waiting: [...waiting(1), later, next] } }, { customerOf });
  expect(screen.getByRole("button", { name: "Cancel: chat with Ada" })).toHaveAttribute("aria-disabled", "false");
  expect(screen.getByTitle("Cancel: Join chat with Ada")).toHaveTextContent("Cancel: chat with Ada");
  change({ status: { waiting: waiting(1), retrying: 1 } });
  expect(screen.getByRole("button", { name: "Cancel" })).toHaveAttribute("aria-disabled", "true");
});

test("an Action whose turn did not come is not said to have run", () => {
  const dropped = { name: "SendSms", isJoin: false, isAction: true, reason: "ThrottleTimeoutError" } as const;
  expect(show(DroppedBanner, { dropped }).text()).toBe("SendSms did not run because the wait was too long. Try again.");
});

test("settings that are not understood: how many, each with its place and what would be right", () => {
  const { problems } = readSettings({ mode: "on", queu: {} });
  const { text, announced } = show(SettingsBanner, { problems });
  expect(text()).toContain("Flex Throttle: 2 settings are invalid. Their defaults are in use.");
  expect(announced()).toEqual(["Flex Throttle: 2 settings are invalid. Their defaults are in use."]);
  expect(screen.getAllByRole("listitem").map(({ textContent }) => textContent)).toEqual([
    'flexThrottle.mode is "on"; expected one of "enforce", "observe", "off".',
    'flexThrottle.queu is unknown; expected "queue".',
  ]);
  // However many there are, they leave Flex to be seen, and are scrolled by keys.
  const list = screen.getByRole("list");
  expect(list.style).toMatchObject({ maxHeight: "30vh", overflow: "auto" });
  list.focus();
  expect(document.activeElement).toBe(list);
});

test("one setting that is not understood is one", () => {
  expect(show(SettingsBanner, readSettings({ mode: 1 })).text()).toContain(
    "Flex Throttle: 1 setting is invalid. Its default is in use.",
  );
});

test("Flex Flows that run out: how many of how many, without a list of problems where there are none", () => {
  const { text } = show(SettingsBanner, { status: { capacity: { count: 2400, max: 2500, isNearlyFull: true } } });
  expect(text()).toContain("This account has 2,400 of at most 2,500 Flex Flows.");
  expect(screen.queryByRole("list")).toBeNull();
});

test("an account's own texts are shown, also those that are set later", () => {
  const strings: Record<string, string> = { FlexThrottleQueuedJoins: "{{count}} Chats warten" };
  const banner = show(QueuedBanner, { status: { waiting: waiting(2, 0, 1000) } }, { strings: () => strings });
  expect(banner.text()).toBe("2 Chats warten · next in 1 s");
  strings.FlexThrottleNextIn = "weiter in {{seconds}} s";
  pass(250);
  expect(banner.text()).toBe("2 Chats warten · weiter in 1 s");
});

test("taken away, no timer stays behind", () => {
  const { unmount } = show(QueuedBanner, { status: { waiting: waiting(2) } });
  expect(jest.getTimerCount()).toBeGreaterThan(0);
  unmount();
  expect(jest.getTimerCount()).toBe(0);
});

import "@testing-library/jest-dom";
import { act, render, screen } from "@testing-library/react";
import React from "react";
import { Provider } from "react-redux";
import { createStore } from "redux";

import { NAMESPACE, selectThrottle, ThrottleState } from "../state/throttleState";
import { QueuedBanner, RateLimitedBanner, RefusedBanner, SettingsBanner } from "./Banner";
import { fill, TEXTS } from "./texts";

const LIMIT = "POST /channels";

beforeEach(() => void jest.useFakeTimers("modern"));
afterEach(() => void jest.useRealTimers());

const now = () => performance.now();
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

function show(Banner: typeof QueuedBanner, state: Parameters<typeof storeOf>[0], texts = TEXTS as Record<keyof typeof TEXTS, string>) {
  const { store, change } = storeOf(state);
  const { container, unmount } = render(
    <Provider store={store}>
      <Banner texts={texts} now={now} />
    </Provider>,
  );
  return { change, unmount, text: () => container.textContent };
}

const waiting = (joins: number, calls = 0) => [
  ...Array.from({ length: joins }, () => ({ name: "join", purpose: "join" as const, limits: [LIMIT] as const, sinceMs: 0, refusals: 0 })),
  ...Array.from({ length: calls }, () => ({ name: LIMIT, purpose: "other" as const, limits: [LIMIT] as const, sinceMs: 0, refusals: 0 })),
];

const pass = (ms: number) => act(() => void jest.advanceTimersByTime(ms));

test.each([
  [waiting(12), "12 chats are waiting to be joined · next in 3 s"],
  [waiting(1), "1 chat is waiting to be joined · next in 3 s"],
  [waiting(0, 7), "7 requests are waiting for their turn · next in 3 s"],
  [waiting(0, 1), "1 request is waiting for its turn · next in 3 s"],
])("says how many wait, and for how long yet", (calls, text) => {
  expect(show(QueuedBanner, { status: { waiting: calls, nextStartMs: now() + 3000 } }).text()).toBe(text);
});

test("where customers wait, it is they who are counted", () => {
  expect(show(QueuedBanner, { status: { waiting: waiting(2, 5) } }).text()).toContain("2 chats are waiting");
});

test("counts down, never below one second while somebody waits, and follows the throttle", () => {
  const { text, change } = show(QueuedBanner, { status: { waiting: waiting(3), nextStartMs: now() + 3000 } });
  const seen = [0, 1000, 1000, 1000, 5000].map((ms) => {
    pass(ms);
    return /next in (\d+) s/.exec(text() ?? "")?.[1];
  });
  expect(seen).toEqual(["3", "2", "1", "1", "1"]);
  change({ status: { waiting: waiting(2), nextStartMs: now() + 5000 } });
  expect(text()).toBe("2 chats are waiting to be joined · next in 5 s");
});

test("a screen reader hears of a change, not of every second", () => {
  const { change } = show(QueuedBanner, { status: { waiting: waiting(3), nextStartMs: now() + 3000 } });
  const status = screen.getByRole("status");
  const countdown = screen.getByText(/next in/);
  expect(countdown).toHaveAttribute("aria-hidden", "true");
  expect(status).not.toContainElement(countdown);
  const heard = jest.fn();
  const observer = new MutationObserver(heard);
  observer.observe(status, { childList: true, characterData: true, subtree: true });
  pass(2500);
  expect(countdown).toHaveTextContent("next in 1 s");
  expect(observer.takeRecords()).toEqual([]);
  change({ status: { waiting: waiting(2), nextStartMs: now() + 3000 } });
  expect(status).toHaveTextContent("2 chats are waiting to be joined");
  expect(observer.takeRecords()).not.toEqual([]);
});

test("says when a deferred Action has run, once nobody waits any more", () => {
  const deferred = { action: "SendSms", state: "done" } as const;
  expect(show(QueuedBanner, { deferred }).text()).toBe("SendSms has run now.");
  expect(show(QueuedBanner, { deferred, status: { waiting: waiting(1) } }).text()).toContain("1 chat is waiting");
});

test.each<[string, Status, string]>([
  ["chats", { waiting: waiting(4), retryingJoins: 1, retrying: 1 }, "Twilio is limiting how fast chats can be joined; 4 are waiting."],
  ["one chat", { retryingJoins: 1, retrying: 1 }, "Twilio is limiting how fast chats can be joined; 1 is waiting."],
  ["requests", { waiting: waiting(0, 3), retrying: 2 }, "Twilio is limiting how fast requests can be made; 3 are waiting."],
  ["one request", { retrying: 1 }, "Twilio is limiting how fast requests can be made; 1 is waiting."],
])("a 429 for %s: what is limited, how many wait, and when it is tried again", (_, status, text) => {
  const banner = show(RateLimitedBanner, { status: { ...status, coolingUntilMs: { [LIMIT]: now() + 4200 } } });
  expect(banner.text()).toBe(`${text} Retrying in 5 s, nothing is lost.`);
  pass(4000);
  expect(banner.text()).toBe(`${text} Retrying in 1 s, nothing is lost.`);
  pass(1000);
  expect(banner.text()).toBe(`${text} Retrying now, nothing is lost.`);
  expect(screen.getByRole("status")).toHaveTextContent(text);
});

test.each([
  ["ThrottleQueueFullError", "too many are waiting already. Wait a moment, then try again."],
  ["ThrottleTimeoutError", "its turn did not come in time. Try again."],
  ["ThrottleRejectedError", "the limit is used up for now. Try again in 3 s."],
  ["ThrottleCapacityError", "A Flex Flow was not created: the account has as many as it may have. Delete one first."],
  ["refused", "Twilio refused a request too often. Try again in a minute."],
  ["deferred-failed", "SendSms was run later, but failed. Try again."],
  ["deferred-lost", "SendSms was waiting for its turn when this page was reloaded, and was not run. Do it again if it is still needed."],
] as const)("a call that was given up (%s): why, and what to do now", (reason, text) => {
  const { text: shown } = show(RefusedBanner, { givenUpCount: 1, givenUp: { name: "SendSms", isJoin: false, reason, waitMs: 2300 } });
  expect(shown()).toContain(text);
  expect(screen.getByRole("status")).toHaveTextContent(text);
});

test("settings that are not understood: how many, each with its place and what would be right", () => {
  const problems = [
    { path: "flexThrottle.mode", found: '"on"', expected: 'one of "enforce", "observe", "off"' },
    { path: "flexThrottle.queu", found: "not known", expected: "one of the known names (mode, queue)" },
  ];
  show(SettingsBanner, { problems });
  expect(screen.getByRole("status")).toHaveTextContent("Flex Throttle: 2 of its settings are not understood; the defaults hold for them.");
  expect(screen.getAllByRole("listitem").map(({ textContent }) => textContent)).toEqual([
    'flexThrottle.mode is "on"; right would be one of "enforce", "observe", "off".',
    "flexThrottle.queu is not known; right would be one of the known names (mode, queue).",
  ]);
});

test("one setting that is not understood is one", () => {
  show(SettingsBanner, { problems: [{ path: "flexThrottle.mode", found: "1", expected: "x" }] });
  expect(screen.getByRole("status")).toHaveTextContent("one of its settings is not understood; the default holds for it.");
});

test("Flex Flows that run out: how many of how many, without a list of problems where there are none", () => {
  show(SettingsBanner, { status: { capacity: { count: 2400, max: 2500, isNearlyFull: true } } });
  expect(screen.getByRole("status")).toHaveTextContent("This account has 2400 of at most 2500 Flex Flows.");
  expect(screen.queryByRole("list")).toBeNull();
});

test("an account's own texts are shown", () => {
  const texts = { ...TEXTS, FlexThrottleQueuedJoins: "{{count}} Chats warten", FlexThrottleNextIn: "weiter in {{seconds}} s" };
  expect(show(QueuedBanner, { status: { waiting: waiting(2), nextStartMs: now() + 1000 } }, texts).text()).toBe("2 Chats warten · weiter in 1 s");
});

test("taken away, no timer stays behind", () => {
  const { unmount } = show(QueuedBanner, { status: { waiting: waiting(2) } });
  expect(jest.getTimerCount()).toBeGreaterThan(0);
  unmount();
  expect(jest.getTimerCount()).toBe(0);
});

test("a text's unknown name stays as it is written", () => {
  expect(fill("{{count}} of {{all}}", { count: 0 })).toBe("0 of {{all}}");
});

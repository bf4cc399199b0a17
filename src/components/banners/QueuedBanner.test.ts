import { call, now, pass, showBanner, waiting } from "../../../testing/banners";
import { useFakeTimers } from "../../../testing/fakeTimers";
import { QueuedBanner } from "./Banner";

useFakeTimers();

test.each([
  [12, 0, 4000, "12 chats are waiting to be joined · next in 3 s"],
  [1, 0, 3000, "1 chat is waiting to be joined · next in 3 s"],
  [0, 7, 3000, "7 requests are waiting to be sent · next in 3 s"],
  [0, 1, 3000, "1 request is waiting to be sent · next in 3 s"],
  [26, 0, 12_500, "26 chats are waiting to be joined · next in 3 s, last in about 13 s"],
  [0, 7, 4001, "7 requests are waiting to be sent · next in 3 s, last in about 5 s"],
])("shows how many calls wait, and for how long", (joins, calls, lastMs, text) => {
  expect(showBanner(QueuedBanner, { status: { waiting: waiting(joins, calls, 3000, lastMs) } }).text()).toBe(text);
});

test("counts only joins while there are any", () => {
  const calls = [...waiting(2), { ...call, startMs: now() + 60_000 }];
  expect(showBanner(QueuedBanner, { status: { waiting: calls } }).text()).toBe(
    "2 chats are waiting to be joined · next in 3 s",
  );
});

test("counts down to one second, and follows the throttle's state", () => {
  const { text, change } = showBanner(QueuedBanner, { status: { waiting: waiting(3) } });
  const seen = [0, 1000, 1000, 1000, 5000].map((ms) => {
    pass(ms);
    return /next in (\d+) s/.exec(text())?.[1];
  });
  expect(seen).toEqual(["3", "2", "1", "1", "1"]);
  change({ status: { waiting: waiting(2, 0, 5000) } });
  expect(text()).toBe("2 chats are waiting to be joined · next in 5 s");
});

test("announces the sentence once, not at every second or join", () => {
  const { text, announced, change } = showBanner(QueuedBanner, { status: { waiting: waiting(3) } });
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
  const alone = showBanner(QueuedBanner, { status: { waiting: [expiring] } });
  expect(alone.text()).toBe("1 request is waiting to be sent · Will be canceled in 60 s if not sent by then.");
  alone.unmount();
  const among = showBanner(QueuedBanner, { status: { waiting: [...waiting(0, 2, 3000, 9000), expiring] } });
  expect(among.text()).toBe("3 requests are waiting to be sent · next in 3 s, last in about 9 s");
});

test.each([
  [["SendSms"], "SendSms has run."],
  [["SendSms", "SendSms", "Call"], "3 deferred Actions have run: SendSms, Call."],
  [["A", "B", "C", "D", "E"], "5 deferred Actions have run: A, B, C, …."],
])("shows which deferred Actions have run, also while calls wait", (actions, text) => {
  const done = actions.map((action) => ({ action, state: "done" as const }));
  expect(showBanner(QueuedBanner, { done }).text()).toBe(text);
  const { text: shown, announced } = showBanner(QueuedBanner, { done, status: { waiting: waiting(1) } });
  expect(shown()).toBe(`1 chat is waiting to be joined · next in 3 s${text}`);
  expect(announced()).toContain(text);
});

test("uses the account's own strings, also when they are set later", () => {
  const strings: Record<string, string> = { FlexThrottleQueuedJoins: "{{count}} Chats warten" };
  const banner = showBanner(QueuedBanner, { status: { waiting: waiting(2, 0, 1000) } }, { strings: () => strings });
  expect(banner.text()).toBe("2 Chats warten · next in 1 s");
  strings.FlexThrottleNextIn = "weiter in {{seconds}} s";
  pass(250);
  expect(banner.text()).toBe("2 Chats warten · weiter in 1 s");
});

test("leaves no timer after it is unmounted", () => {
  const { unmount } = showBanner(QueuedBanner, { status: { waiting: waiting(2) } });
  expect(jest.getTimerCount()).toBeGreaterThan(0);
  unmount();
  expect(jest.getTimerCount()).toBe(0);
});

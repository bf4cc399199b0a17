import { call, now, pass, showBanner, waiting } from "../../../testing/banners";
import { useFakeTimers } from "../../../testing/fakeTimers";
import { QueuedBanner } from "./Banner";

useFakeTimers();

test.each([
  [12, 0, 4000, "Waiting: 12 chats · next in 3 s"],
  [1, 0, 3000, "Waiting: 1 chat · next in 3 s"],
  [0, 7, 3000, "Waiting: 7 requests · next in 3 s"],
  [2, 1, 3000, "Waiting: 2 chats, 1 request · next in 3 s"],
  [26, 0, 12_500, "Waiting: 26 chats · next in 3 s, last in about 13 s"],
  [0, 7, 4001, "Waiting: 7 requests · next in 3 s, last in about 5 s"],
])("shows how many calls wait, and for how long", (joins, calls, lastMs, text) => {
  expect(showBanner(QueuedBanner, { status: { waiting: waiting(joins, calls, 3000, lastMs) } }).text()).toBe(text);
});

test("counts down to one second, and follows the throttle's state", () => {
  const { text, change } = showBanner(QueuedBanner, { status: { waiting: waiting(3) } });
  const seen = [0, 1000, 1000, 1000, 5000].map((ms) => {
    pass(ms);
    return /next in (\d+) s/.exec(text())?.[1];
  });
  expect(seen).toEqual(["3", "2", "1", "1", "1"]);
  change({ status: { waiting: waiting(2, 0, 5000) } });
  expect(text()).toBe("Waiting: 2 chats · next in 5 s");
});

test("announces the sentence once, not at every second or join", () => {
  const { text, announced, change } = showBanner(QueuedBanner, { status: { waiting: waiting(3) } });
  expect(announced()).toEqual(["Waiting: 3 chats · next in 3 s"]);
  pass(2500);
  change({ status: { waiting: waiting(2, 0, 1000) } });
  expect(text()).toBe("Waiting: 2 chats · next in 1 s");
  expect(announced()).toEqual(["Waiting: 3 chats · next in 3 s"]);
  change({ status: { waiting: waiting(0, 2) } });
  expect(announced()).toEqual(["Waiting: 3 chats · next in 3 s"]);
});

test("shows when calls that will expire are canceled, and leaves them out of the last wait", () => {
  const expiring = { ...call, startMs: now() + 120_000, expiresAtMs: now() + 60_000 };
  const alone = showBanner(QueuedBanner, { status: { waiting: [expiring] } });
  expect(alone.text()).toBe("Waiting: 1 request · Will be canceled in 60 s if not sent by then.");
  alone.unmount();
  const among = showBanner(QueuedBanner, { status: { waiting: [...waiting(0, 2, 3000, 9000), expiring] } });
  expect(among.text()).toBe("Waiting: 3 requests · next in 3 s, last in about 9 s");
});

test.each([
  [["SendSms"], "SendSms has run."],
  [["SendSms", "SendSms", "Call"], "3 deferred Actions have run: SendSms, Call."],
  [["A", "B", "C", "D", "E"], "5 deferred Actions have run: A, B, C, …."],
])("shows which deferred Actions have run, also while calls wait", (actions, text) => {
  const news = actions.map((action) => ({ type: "ran" as const, action }));
  expect(showBanner(QueuedBanner, { news }).text()).toBe(text);
  const { text: shown, announced } = showBanner(QueuedBanner, { news, status: { waiting: waiting(1) } });
  expect(shown()).toBe(`Waiting: 1 chat · next in 3 s${text}`);
  expect(announced()).toContain(text);
});

test("uses the account's own strings, also when they are set later", () => {
  const strings: Record<string, string> = { FlexThrottleWaiting: "Es warten {{what}}" };
  const banner = showBanner(QueuedBanner, { status: { waiting: waiting(2, 0, 1000) } }, { strings: () => strings });
  expect(banner.text()).toBe("Es warten 2 chats · next in 1 s");
  strings.FlexThrottleNextIn = "weiter in {{seconds}} s";
  pass(250);
  expect(banner.text()).toBe("Es warten 2 chats · weiter in 1 s");
});

test("leaves no timer after it is unmounted", () => {
  const { unmount } = showBanner(QueuedBanner, { status: { waiting: waiting(2) } });
  expect(jest.getTimerCount()).toBeGreaterThan(0);
  unmount();
  expect(jest.getTimerCount()).toBe(0);
});

test.each([
  [[{ type: "joined", count: 20 }], "All 20 chats are joined."],
  [[{ type: "joined", count: 1 }], "1 chat is joined."],
  [[{ type: "resumed" }, { type: "resumed" }], "After the reload, 2 chats are being joined."],
] as const)("shows how chats were joined", (news, text) => {
  expect(showBanner(QueuedBanner, { news }).text()).toBe(text);
});

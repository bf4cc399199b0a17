import { call, LIMIT, now, pass, showBanner, Status, throttled, waiting } from "../../../testing/banners";
import { useFakeTimers } from "../../../testing/fakeTimers";
import { QueuedBanner, RateLimitedBanner } from "./Banner";

useFakeTimers();

const LIMITED = "Twilio is limiting requests. Waiting:";

test.each<[string, Status, string]>([
  ["chats", { waiting: [throttled("join"), ...waiting(3)], retryingJoins: 1, retrying: 1 }, "4 chats."],
  ["one chat", { retryingJoins: 1, retrying: 1 }, "1 chat."],
  ["requests", { waiting: [throttled("other"), throttled("other"), ...waiting(0, 1)], retrying: 2 }, "3 requests."],
  ["both", { waiting: [throttled("join"), ...waiting(0, 2)], retryingJoins: 1, retrying: 1 }, "1 chat, 2 requests."],
])("a 429 for %s: shows how many wait, and the next retry", (_, { waiting: calls = [], ...status }, text) => {
  const banner = showBanner(RateLimitedBanner, {
    status: {
      ...status,
      waiting: calls.map((each) => ({ ...each, startMs: now() + 4200 })),
      retryingLimits: [LIMIT],
      retryAtMs: now() + 4200,
    },
  });
  expect(banner.text()).toBe(`${LIMITED} ${text} Retrying in 5 s. Nothing is lost.`);
  pass(4000);
  expect(banner.text()).toBe(`${LIMITED} ${text} Retrying in 1 s. Nothing is lost.`);
  pass(1000);
  expect(banner.text()).toBe(`${LIMITED} ${text} Retrying now. Nothing is lost.`);
  expect(banner.announced()).toEqual([`${LIMITED} ${text} Retrying in 5 s. Nothing is lost.`]);
});

test("numbers a later attempt, because it may be further away than the one before", () => {
  const status = (throttledCount: number, seconds: number) => ({
    retrying: 1,
    retryingLimits: [LIMIT] as const,
    retryAtMs: now() + seconds * 1000,
    waiting: [{ ...throttled("other"), throttledCount, startMs: now() + seconds * 1000 }],
  });
  const banner = showBanner(RateLimitedBanner, { status: status(1, 2) });
  expect(banner.text()).toContain("Retrying in 2 s.");
  banner.change({ status: status(2, 4) });
  expect(banner.text()).toBe(`${LIMITED} 1 request. Attempt 3 in 4 s. Nothing is lost.`);
});

test("counts down to the next request of the limit, whichever call that is", () => {
  const status = {
    retrying: 1,
    retryingLimits: [LIMIT] as const,
    retryAtMs: now() + 9000,
    waiting: [
      { ...call, startMs: now() + 2000 },
      { ...throttled("other"), startMs: now() + 9000 },
    ],
  };
  expect(showBanner(RateLimitedBanner, { status }).text()).toBe(
    `${LIMITED} 2 requests. Retrying in 2 s. Nothing is lost.`,
  );
});

test("does not say that nothing is lost when a counted call will expire during the cool-down", () => {
  const waits = (purpose: "join" | "other", own: object) => ({ ...call, purpose, startMs: now() + 120_000, ...own });
  const status = {
    waiting: [waits("other", { expiresAtMs: now() + 60_000 })],
    coolDownUntilMs: { [LIMIT]: now() + 120_000 },
  };
  const banner = showBanner(RateLimitedBanner, { status });
  expect(banner.text()).toBe(`${LIMITED} 1 request. Will be canceled in 60 s if not sent by then.`);
  // The join does not expire.
  banner.change({ status: { ...status, waiting: [...status.waiting, waits("join", { expiresAtMs: Infinity })] } });
  expect(banner.text()).toBe(`${LIMITED} 1 chat, 1 request. Retrying in 2 min. 1 may not be sent in time.`);
  // An accept proceeds without a permit, and a join waits as long as its reservation.
  banner.change({
    status: {
      ...status,
      waiting: [waits("other", { expiresAtMs: now() + 10_000, proceedsWithoutPermit: true }), waits("join", {})],
    },
  });
  expect(banner.text()).toBe(`${LIMITED} 1 chat, 1 request. Retrying in 2 min. Nothing is lost.`);
});

test("shows the end of a cool-down while nothing is being retried", () => {
  const status = { waiting: waiting(1), coolDownUntilMs: { [LIMIT]: now() + 3000 } };
  const banner = showBanner(RateLimitedBanner, { status });
  expect(banner.text()).toBe(`${LIMITED} 1 chat. Retrying in 3 s. Nothing is lost.`);
  expect(showBanner(QueuedBanner, { status }).text()).toBe("");
});

test("shows the same number as badge and list, also while calls of another limit wait for their turn", () => {
  const status = {
    retrying: 1,
    retryingLimits: ["GET /FlexFlows"] as const,
    retryAtMs: now() + 38_000,
    waiting: [...waiting(8), { ...throttled("other", "GET /FlexFlows"), startMs: now() + 38_000 }],
  };
  expect(showBanner(RateLimitedBanner, { status }).text()).toBe(
    `${LIMITED} 8 chats, 1 request. Retrying in 38 s. Nothing is lost.`,
  );
});

test("names the call whose 429 limits the whole account", () => {
  const cause = (scope: "account" | "limit") => ({
    waiting: [{ ...call, purpose: "join" as const, startMs: now() + 3000 }],
    coolDownUntilMs: { [LIMIT]: now() + 3000 },
    coolDownCauses: { [LIMIT]: { call: "POST /WebChannels", scope } },
  });
  const banner = showBanner(RateLimitedBanner, { status: cause("account") });
  expect(banner.text()).toBe(
    "Twilio is limiting all requests. Cause: Opening a chat. Waiting: 1 chat. Retrying in 3 s. Nothing is lost.",
  );
  banner.change({ status: cause("limit") });
  expect(banner.text()).toContain("Twilio is limiting requests.");
});

test("shows what has waited longest after 30 seconds", () => {
  const status = {
    waiting: [{ ...call, waitingSinceMs: now(), startMs: now() + 60_000 }],
    coolDownUntilMs: { [LIMIT]: now() + 60_000 },
  };
  const banner = showBanner(RateLimitedBanner, { status });
  expect(banner.text()).not.toContain("longest");
  pass(30_250);
  expect(banner.text()).toBe(
    `${LIMITED} 1 request. Waiting longest: Opening a chat, 31 s. Retrying in 30 s. Nothing is lost.`,
  );
});

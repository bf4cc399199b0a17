import "@testing-library/jest-dom";
import { screen } from "@testing-library/react";

import { call, LIMIT, now, pass, showBanner, Status, throttled, waiting } from "../../../testing/banners";
import { useFakeTimers } from "../../../testing/fakeTimers";
import { CancelNextLabel, QueuedBanner, RateLimitedBanner } from "./Banner";

useFakeTimers();

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
  const banner = showBanner(RateLimitedBanner, {
    status: { ...status, retryingLimits: [LIMIT], retryAtMs: now() + 4200 },
  });
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
  const banner = showBanner(RateLimitedBanner, { status });
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
  const banner = showBanner(RateLimitedBanner, { status });
  expect(banner.text()).toBe(
    "Twilio is limiting how fast chats can be joined; 1 is waiting. Retrying in 3 s. Nothing is lost.",
  );
  expect(showBanner(QueuedBanner, { status }).text()).toBe("");
});

test("does not count calls of another limit as limited by Twilio", () => {
  const status = {
    retrying: 1,
    retryingLimits: ["GET /FlexFlows"] as const,
    retryAtMs: now() + 38_000,
    waiting: [...waiting(8), { ...throttled("other", "GET /FlexFlows"), startMs: now() + 38_000 }],
  };
  expect(showBanner(RateLimitedBanner, { status }).text()).toBe(
    "Twilio is limiting how fast requests can be sent; 1 is waiting. Retrying in 38 s. Nothing is lost.",
  );
  expect(showBanner(QueuedBanner, { status }).text()).toBe("8 chats are waiting to be joined · next in 3 s");
});

test("the cancel button names the next throttled call, and is disabled while that is being sent", () => {
  const next = { ...throttled("join"), chat: "CH1", startMs: 1000 };
  const later = { ...throttled("join"), chat: "CH2", startMs: 2000 };
  const customerOf = (chat: string) => (chat === "CH1" ? "Ada" : "Bob");
  const { change } = showBanner(CancelNextLabel, { status: { waiting: [...waiting(1), later, next] } }, { customerOf });
  expect(screen.getByRole("button", { name: "Cancel: chat with Ada" })).toHaveAttribute("aria-disabled", "false");
  expect(screen.getByTitle("Cancel: Join chat with Ada")).toHaveTextContent("Cancel: chat with Ada");
  change({ status: { waiting: waiting(1), retrying: 1 } });
  expect(screen.getByRole("button", { name: "Cancel" })).toHaveAttribute("aria-disabled", "true");
});

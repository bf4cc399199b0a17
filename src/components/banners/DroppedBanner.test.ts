import { screen } from "@testing-library/react";

import { showBanner } from "../../../testing/banners";
import { useFakeTimers } from "../../../testing/fakeTimers";
import { UnreadDrop } from "../../state/slice";
import { DroppedBanner } from "./Banner";

useFakeTimers();
beforeEach(() => jest.setSystemTime(AT));

const AT = new Date("2026-11-29T23:36:05").getTime();
const drop = (own: Partial<UnreadDrop> = {}): UnreadDrop => ({
  id: 1,
  name: "SendSms",
  isJoin: false,
  isAction: false,
  reason: "ThrottleTimeoutError",
  atMs: AT,
  ...own,
});

test.each([
  ["ThrottleQueueFullError", "SendSms: not sent because too many requests are waiting. Wait a moment, then try again."],
  ["ThrottleTimeoutError", "SendSms: not sent because the wait was too long. Try again."],
  ["ThrottleRejectedError", "SendSms: not sent because the limit is reached. Try again in 3 s."],
  [
    "ThrottleCapacityError",
    "A Flex Flow was not created because the account has reached its maximum. Delete one first.",
  ],
  ["throttled", "SendSms: not sent because Twilio is limiting requests. Try again after 11:36 PM."],
  ["deferred-failed", "SendSms was deferred, then ran and failed. Try again."],
  ["deferred-lost", "SendSms did not run because this page was reloaded first. Do it again if you still need it."],
  ["ThrottleCanceledError", "SendSms: canceled, not sent. Do it again if you still need it."],
] as const)("a dropped call (%s): shows why, and what to do", (reason, text) => {
  const { text: shown, announced } = showBanner(DroppedBanner, { unread: [drop({ reason, waitMs: 2300 })] });
  expect(shown()).toBe(text);
  expect(announced()).toEqual([text]);
});

test("a 429 whose Retry-After is longer than the call may wait: says so, and when to try again", () => {
  const dropped = drop({ reason: "throttled", waitMs: 300_000, maxWaitMs: 60_000 });
  expect(showBanner(DroppedBanner, { unread: [dropped] }).text()).toBe(
    "SendSms: not sent. Twilio asks to wait 5 min, longer than this request may wait (60 s). Try again after 11:41 PM.",
  );
});

test("counts all calls that the list shows as not sent, and announces each", () => {
  const { text, announced, change } = showBanner(DroppedBanner, { unread: [drop()] });
  expect(text()).toBe("SendSms: not sent because the wait was too long. Try again.");
  change({ unread: [drop(), drop({ id: 2 }), drop({ id: 3, name: "Call" })] });
  expect(text()).toBe("Call: not sent because the wait was too long. Try again. · Not sent: 3");
  expect(announced()).toEqual([text()]);
});

test("names the customer of a rejected accept", () => {
  const dropped = drop({
    name: "AcceptTask",
    isJoin: true,
    isAction: true,
    reason: "ThrottleRejectedError",
    waitMs: 2300,
  });
  const customerOf = () => "Ada";
  expect(showBanner(DroppedBanner, { unread: [{ ...dropped, chat: "CH1" }] }, { customerOf }).text()).toBe(
    "The chat with Ada was not accepted because the limit is reached. Accept it again in 3 s.",
  );
});

test.each([
  [() => "Ada", "You are not in the chat with Ada."],
  [() => undefined, "You are not in the chat with a customer."],
])("a canceled join: shows the customer, and a button to join until the agent has joined", (customerOf, sentence) => {
  const unread = [drop({ name: "join", isJoin: true, reason: "ThrottleCanceledError", chat: "CH1" })];
  const joinAgain = jest.fn();
  const { text, announced, change } = showBanner(
    DroppedBanner,
    { unread, notJoined: ["CH1"] },
    { customerOf, joinAgain },
  );
  expect(text()).toBe(`${sentence}Join now`);
  expect(announced()).toEqual([sentence]);
  screen.getByRole("button", { name: "Join now" }).click();
  expect(joinAgain.mock.calls).toEqual([["CH1"]]);
  change({ unread, notJoined: ["CH2"] });
  expect(screen.queryByRole("button")).toBeNull();
});

test("says that an expired Action did not run, under the admin's name for it", () => {
  const labelOf = (action: string) => (action === "SendSms" ? "Send a text message" : action);
  expect(showBanner(DroppedBanner, { unread: [drop({ isAction: true })] }, { labelOf }).text()).toBe(
    "Send a text message did not run because the wait was too long. Try again.",
  );
});

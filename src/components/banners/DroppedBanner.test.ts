import { screen } from "@testing-library/react";

import { showBanner } from "../../../testing/banners";
import { useFakeTimers } from "../../../testing/fakeTimers";
import { DroppedBanner } from "./Banner";

useFakeTimers();

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
  const { text: shown, announced } = showBanner(DroppedBanner, {
    droppedCount: 1,
    dropped: { name: "SendSms", isJoin: false, isAction: false, reason, waitMs: 2300 },
  });
  expect(shown()).toBe(text);
  expect(announced()).toEqual([text]);
});

test("counts further dropped calls since the banner appeared, and announces each", () => {
  const dropped = { name: "SendSms", isJoin: false, isAction: false, reason: "ThrottleTimeoutError" } as const;
  const { text, announced, change } = showBanner(DroppedBanner, { droppedCount: 3, droppedRead: 2, dropped });
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
  expect(showBanner(DroppedBanner, { dropped }).text()).toBe(
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
  const { text, announced, change } = showBanner(
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

test("says that an expired Action did not run", () => {
  const dropped = { name: "SendSms", isJoin: false, isAction: true, reason: "ThrottleTimeoutError" } as const;
  expect(showBanner(DroppedBanner, { dropped }).text()).toBe(
    "SendSms did not run because the wait was too long. Try again.",
  );
});

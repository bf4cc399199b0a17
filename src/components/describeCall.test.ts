import { RATE_LIMIT_IDS } from "../limits/limits";
import { servicesOf } from "../../testing/services";
import { describeCall } from "./describeCall";

const services = servicesOf({ customerOf: (chat) => (chat === "CH1" ? "Ada" : undefined) });

test.each([
  ["POST /channels", "Opening a chat"],
  ["createChannel", "Opening a chat"],
  ["PUT /channels/CHxx", "Changing a chat"],
  ["channel.invite", "Adding someone to a chat"],
  ["DELETE /FlexFlows/FOxx", "Changing Flex Flows"],
  ["SendSms", "SendSms"],
  ["POST /channels + GET /channels", "POST /channels + GET /channels"],
  ["toString", "toString"],
])("%s is described as: %s", (name, words) => {
  expect(describeCall({ name }, services)).toBe(words);
});

test("a request is called by what it does, whichever limit it spends", () => {
  // Only the routes and Actions of an admin spend this limit.
  const named = RATE_LIMIT_IDS.filter((id) => id !== "Proxy Out-of-Session callbacks");
  expect(named.filter((name) => /[/]/.test(describeCall({ name }, services)))).toEqual([]);
});

test("a join is described by the customer's name, if the task has one", () => {
  expect(describeCall({ name: "join", chat: "CH1" }, services)).toBe("Join chat with Ada");
  expect(describeCall({ name: "join", chat: "CH2" }, services)).toBe("Join chat with a customer");
});

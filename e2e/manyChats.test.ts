/**
 * More chats than one agent has. Flex draws every task again with each change, so it draws hundreds slower than they are
 * joined. src/flex/join/join.test.ts joins three hundred on a virtual clock.
 */

import { closeBrowser, Desk, openBrowser, until } from "./support/desk";
import { JOIN, TWICE } from "./support/settings";

beforeAll(openBrowser);
afterAll(closeBrowser);

const CHATS = 60;

test("joins sixty chats that are accepted at once, each once and without a 429", async () => {
  const desk = await Desk.open();
  const { gate, taskRouter } = desk.twilio;
  gate.setLimit(JOIN, TWICE);
  const chats = await desk.receiveChats(CHATS);
  // Without AcceptTask, as when TaskRouter accepts for the agent.
  chats.forEach(({ reservationSid }) => taskRouter.changeStatus(taskRouter.reservation(reservationSid), "accepted"));
  await desk.waitForJoins(chats);
  await until(async () => (await desk.throttleState()).queued === 0, "the end of the queue");
  expect(desk.statuses(JOIN)).toEqual(Array(CHATS).fill(201));
  expect(new Set(desk.requests(JOIN).map(({ path }) => path)).size).toBe(CHATS);
  await desk.close();
});

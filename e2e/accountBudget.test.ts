import { StandIn, startStandIn } from "../stand-in";
import { closeBrowser, Desk, openBrowser, OUR_PLUGIN, until } from "./support/desk";
import { JOIN, ONE_CALL, PATIENT_QUEUE } from "./support/settings";

/** The list of tickets for joins. */
const LIST = "flex-throttle.POST.WebChannels.Users";

const budget = (limits: object) => ({ limits: { [JOIN]: limits }, queue: PATIENT_QUEUE, account: { budget: "sync" } });

beforeAll(openBrowser);
afterAll(closeBrowser);

let twilio: StandIn;
const desks: Desk[] = [];
beforeEach(async () => {
  twilio = await startStandIn({ plugins: [OUR_PLUGIN] });
});
afterEach(async () => {
  for (const desk of desks.splice(0)) await desk.close();
  await twilio.close();
});

async function openDesks(count: number, flexThrottle: object): Promise<Desk[]> {
  for (let number = 1; number <= count; number += 1) {
    desks.push(await Desk.open({ agent: `agent-${number}`, flexThrottle, twilio }));
  }
  return desks;
}

const tickets = () => [...(twilio.syncStore.find("list", LIST)?.items.values() ?? [])];
const joinsOf = ({ agent }: Desk) => desks[0].requests(JOIN).filter((request) => request.agent === agent);

test("connects when a chat is offered, not before, and writes no ticket for it", async () => {
  const [desk] = await openDesks(1, budget(ONE_CALL));
  expect(twilio.syncConnections).toHaveLength(0);
  await desk.receiveChats(1);
  await until(() => twilio.syncStore.find("list", LIST) !== undefined, "the list");
  expect(twilio.syncConnections).toHaveLength(1);
  expect(tickets()).toEqual([]);
});

test("a desktop waits for a start that another desktop has used", async () => {
  const [first, second] = await openDesks(2, budget(ONE_CALL));
  const [joined] = await first.receiveChats(1);
  await first.accept([joined]);
  await first.waitForJoins([joined]);
  const waiting = await second.receiveChats(1);
  await second.startAccepting(waiting);
  await until(() => tickets().length === 2, "a ticket of each desktop");
  await second.waitForQueued(1);
  expect(desks[0].statuses(JOIN)).toEqual([201]);
  // The local throttle of this desktop has a start left, so that the call is sent once the budget is off.
  await second.changeSettings({ ...budget(ONE_CALL), account: { budget: "off" } });
  await second.waitForJoins(waiting);
  expect(joinsOf(second)).toHaveLength(1);
});

/** Each desktop accepts its chats at once. */
async function joinAll(all: readonly Desk[], each: number, meanwhile = () => Promise.resolve()): Promise<void> {
  const chats = await Promise.all(all.map((desk) => desk.receiveChats(each)));
  await Promise.all(all.map((desk, index) => desk.startAccepting(chats[index])));
  await meanwhile();
  await Promise.all(all.map((desk, index) => desk.waitForJoins(chats[index])));
}

test("two desktops join all their chats at three joins a second", async () => {
  const pair = await openDesks(2, budget({ perSecond: 3 }));
  twilio.gate.setLimit(JOIN, 3);
  await joinAll(pair, 5);
  expect(twilio.syncConnections).toHaveLength(2);
  expect(tickets().length).toBeGreaterThanOrEqual(2);
  for (const desk of pair) expect(joinsOf(desk).filter(({ status }) => status === 201)).toHaveLength(5);
});

describe("two desktops join all their chats", () => {
  const disconnect = () => twilio.syncConnections.forEach((connection) => connection.disconnect());

  test.each<[string, () => void]>([
    ["where access control denies Sync", () => (twilio.sync.settings.deniesAccess = true)],
    ["while Sync is silent", () => (twilio.sync.settings.isSilent = true)],
    ["while Sync rejects every token", () => (twilio.sync.settings.rejectsTokens = true)],
    [
      "when events are late, lost and out of order",
      () => {
        Object.assign(twilio.sync.settings, { lateEventShare: 0.3, lostEventShare: 0.2 });
        twilio.sync.planEvent("swap", 4);
      },
    ],
    [
      "when pushes fail after they were stored",
      () => {
        twilio.sync.planWrite("disconnect after commit");
        twilio.sync.planWrite("503 after commit");
        twilio.sync.planWrite("429");
      },
    ],
  ])("%s", async (_, fail) => {
    const pair = await openDesks(2, budget({ perSecond: 3 }));
    twilio.gate.setLimit(JOIN, 3);
    fail();
    await joinAll(pair, 3);
  });

  test("when Sync is lost in mid-burst and stays away", async () => {
    const pair = await openDesks(2, budget({ perSecond: 3 }));
    twilio.gate.setLimit(JOIN, 3);
    await joinAll(pair, 5, async () => {
      await until(() => tickets().length > 0, "a ticket");
      twilio.sync.settings.rejectsTokens = true;
      disconnect();
    });
  });

  test("when one of them does not use the budget", async () => {
    const pair = await openDesks(2, budget({ perSecond: 3 }));
    twilio.gate.setLimit(JOIN, 3);
    await pair[1].changeSettings({ ...budget({ perSecond: 3 }), account: { budget: "off" } });
    await joinAll(pair, 5);
    expect(twilio.syncConnections).toHaveLength(1);
  });
});

test("six desktops join all their chats over six connections", async () => {
  const all = await openDesks(6, budget({ perSecond: 3 }));
  twilio.gate.setLimit(JOIN, 3);
  await joinAll(all, 3);
  expect(twilio.syncConnections).toHaveLength(6);
  expect(tickets().length).toBeGreaterThanOrEqual(6);
});

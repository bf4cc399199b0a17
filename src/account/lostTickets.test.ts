import { newSharedScene } from "../../testing/sharedScene";
import { itemOf, ticketOf } from "../../testing/tickets";

const LIMIT = "POST /WebChannels/Users";

/** One browser, and other agents whose tickets arrive late or never. */
async function begin() {
  const { clock, logs, browsers } = newSharedScene(1);
  const [{ budget }] = browsers;
  const runFor = (ms: number) => clock.run(clock.now() + ms);
  budget.prepare(LIMIT);
  await runFor(5000);
  return {
    logs,
    runFor,
    health: () => budget.health,
    /** Including this browser's. */
    agents: () => budget.status(clock.now()).limits[0].agents,
    storeFrom: (sender: string, lateMs = 0) => logs.store(LIMIT, itemOf(0, 0, ticketOf(sender, 1)).data, lateMs),
  };
}

describe("a ticket whose event was lost is read", () => {
  test("if it is the first of a new log", async () => {
    const { storeFrom, runFor, agents } = await begin();
    storeFrom("lost", Infinity);
    storeFrom("seen");
    await runFor(10_000);
    expect(agents()).toBe(3);
  });

  test("if another one arrives late, and no ticket follows", async () => {
    const { storeFrom, runFor, agents } = await begin();
    storeFrom("late", 3000);
    storeFrom("seen");
    await runFor(2500);
    storeFrom("lost", Infinity);
    storeFrom("last");
    await runFor(10_000);
    expect(agents()).toBe(5);
  });

  test("after an outage in which its reading was due", async () => {
    const { storeFrom, runFor, agents, health, logs } = await begin();
    storeFrom("lost", Infinity);
    storeFrom("seen");
    await runFor(2000);
    logs.fault = "offline";
    await runFor(10_000);
    logs.fault = undefined;
    await runFor(20_000);
    expect(health()).toBe("live");
    expect(agents()).toBe(3);
  });

  test("again if reading it fails", async () => {
    const { storeFrom, runFor, agents, logs } = await begin();
    storeFrom("lost", Infinity);
    storeFrom("seen");
    await runFor(3000);
    logs.fault = "silent";
    await runFor(4000);
    logs.fault = undefined;
    await runFor(10_000);
    expect(agents()).toBe(3);
  });
});

test("a new subscription to an open log reads what was missed, and does not open the log again", async () => {
  const { storeFrom, runFor, agents, logs } = await begin();
  storeFrom("seen");
  await runFor(1000);
  storeFrom("missed", Infinity);
  const { opened, read } = logs.counts;
  logs.resubscribe();
  await runFor(2000);
  expect(agents()).toBe(3);
  expect(logs.counts).toMatchObject({ opened, read: read + 1 });
});

test("looks for a ticket that was removed only once", async () => {
  const { storeFrom, runFor, logs } = await begin();
  storeFrom("removed", Infinity);
  storeFrom("seen");
  (logs.itemsOf(LIMIT) as unknown[]).shift();
  const { read } = logs.counts;
  await runFor(60_000);
  expect(logs.counts.read).toBe(read + 1);
});

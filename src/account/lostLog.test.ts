import { newSharedScene } from "../../testing/sharedScene";
import { foreign } from "../../testing/tickets";

const LIMIT = "POST /WebChannels/Users";
const CALL = { limits: [LIMIT] as [typeof LIMIT], priority: "high" as const };

const begin = async () => {
  const scene = newSharedScene(1);
  scene.browsers[0].budget.prepare(LIMIT);
  await scene.clock.run(5000);
  return scene;
};

/** Milliseconds until the budget is live after Sync was silent for 2.5 s, in which this many tickets were pushed. */
async function returnAfterSilence(tickets: number): Promise<number> {
  const { clock, logs, browsers } = await begin();
  const [{ budget, send }] = browsers;
  logs.fault = "silent";
  const beganMs = clock.now();
  const all = [];
  for (let n = 0; n < tickets; n += 1) {
    all.push(send(CALL));
    // Calls that follow at once would share a ticket.
    await clock.run(clock.now() + 40);
  }
  await clock.run(beganMs + 2500);
  logs.fault = undefined;
  while (budget.health !== "live") await clock.run(clock.now() + 100);
  await clock.until(Promise.all(all));
  return clock.now() - beganMs;
}

test("is back as soon after several pushes failed as after one", async () => {
  expect(await returnAfterSilence(1)).toBeLessThan(6000);
  expect(await returnAfterSilence(12)).toBeLessThan(6000);
});

test("knows nothing of a log that somebody deleted, once it has opened the next one", async () => {
  const { clock, logs, browsers } = await begin();
  const [{ budget, send }] = browsers;
  for (let n = 0; n < 60; n += 1) logs.store(LIMIT, foreign(n));
  await clock.run(15_000);
  // A failed push loses the connection, but not the events.
  logs.fault = "failed";
  await clock.until(send(CALL));
  logs.fault = undefined;
  logs.store(LIMIT, foreign(100));
  await clock.run(clock.now() + 200);
  logs.delete(LIMIT);
  await clock.run(clock.now() + 30_000);
  expect(budget.health).toBe("live");
  // Other browsers write two tickets, of which this one hears nothing until it subscribes again.
  logs.store(LIMIT, foreign(101), Infinity);
  logs.store(LIMIT, foreign(102), Infinity);
  logs.resubscribe();
  await clock.run(clock.now() + 1000);
  const [{ agents, starts }] = budget.status(clock.now()).limits;
  expect({ agents, starts }).toEqual({ agents: 2, starts: 2 });
});

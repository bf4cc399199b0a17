import { newSharedScene } from "../../testing/sharedScene";

const LIMIT = "POST /WebChannels/Users";
const OTHER = "POST /channels";

test("has its state since the same time when another limit is first used", async () => {
  const { clock, browsers } = newSharedScene(1);
  const [{ budget }] = browsers;
  budget.prepare(LIMIT);
  await clock.run(5000);
  const { sinceMs } = budget.status(clock.now());
  budget.prepare(OTHER);
  expect(budget.status(clock.now())).toMatchObject({ health: "live", sinceMs });
});

test("is live since its first limit came back, not since another was first used after that", async () => {
  const { clock, browsers, logs } = newSharedScene(1);
  const [{ budget }] = browsers;
  budget.prepare(LIMIT);
  await clock.run(5000);
  logs.fault = "offline";
  await clock.run(8000);
  expect(budget.status(clock.now())).toMatchObject({ health: "degraded", sinceMs: 5000 });
  logs.fault = undefined;
  await clock.run(20_000);
  const { health, sinceMs } = budget.status(clock.now());
  expect(health).toBe("live");
  expect(sinceMs).toBeGreaterThan(8000);
  budget.prepare(OTHER);
  await clock.run(25_000);
  expect(budget.status(clock.now())).toMatchObject({ health: "live", sinceMs });
});

test("stays live since the same time when another limit is lost, and when it is back", async () => {
  const { clock, browsers, logs } = newSharedScene(1);
  const [{ budget }] = browsers;
  [LIMIT, OTHER].forEach((limit) => budget.prepare(limit));
  await clock.run(5000);
  const { sinceMs } = budget.status(clock.now());
  logs.delete(OTHER);
  const lost = budget.status(clock.now());
  expect(lost).toMatchObject({ health: "live", problem: "failed", sinceMs });
  await clock.run(15_000);
  const back = budget.status(clock.now());
  expect(back).toMatchObject({ health: "live", sinceMs });
  expect(back.problem).toBeUndefined();
});

import { newSharedScene, SharedScene } from "../../testing/sharedScene";

const LIMIT = "POST /WebChannels/Users";
const CALL = { limits: [LIMIT] as [typeof LIMIT], priority: "high" as const };

const statusOf = ({ browsers, clock }: SharedScene) => browsers[0].budget.status(clock.now());

describe("a log that takes long to open", () => {
  /** To open and to read it takes six ways. */
  const begin = () => newSharedScene(1, { latency: { fromMs: 700, toMs: 700 } });

  test("lets a call wait for two seconds", async () => {
    const scene = begin();
    await scene.clock.until(scene.browsers[0].send(CALL));
    expect(scene.account.sentAtMs.get(LIMIT)).toEqual([2000]);
    await scene.clock.run(4000);
    expect(statusOf(scene)).toMatchObject({ health: "degraded", problem: "slow", sinceMs: 2000 });
  });

  test("is used as soon as it is open", async () => {
    const scene = begin();
    scene.browsers[0].budget.prepare(LIMIT);
    await scene.clock.run(4200);
    expect(statusOf(scene)).toMatchObject({ health: "live", sinceMs: 4200 });
    expect(statusOf(scene).problem).toBeUndefined();
    await scene.clock.run(60_000);
    expect(scene.logs.counts).toMatchObject({ opened: 1, read: 1 });
  });

  test("leaves no timer behind when the budget is closed", async () => {
    const scene = begin();
    scene.browsers[0].budget.prepare(LIMIT);
    await scene.clock.run(1000);
    scene.browsers[0].budget.close();
    await scene.clock.run(60_000);
    expect(statusOf(scene).health).toBe("off");
    expect(scene.clock.pending).toBe(0);
  });
});

test("opens a log again if its newest items could not be read", async () => {
  const scene = newSharedScene(1, { latency: { fromMs: 50, toMs: 50 } });
  scene.browsers[0].budget.prepare(LIMIT);
  await scene.clock.run(220);
  expect(scene.logs.counts).toMatchObject({ opened: 1, read: 0 });
  scene.logs.fault = "failed";
  await scene.clock.run(300);
  scene.logs.fault = undefined;
  await scene.clock.run(20_000);
  expect(statusOf(scene).health).toBe("live");
  expect(scene.logs.counts).toMatchObject({ opened: 2, read: 2 });
});

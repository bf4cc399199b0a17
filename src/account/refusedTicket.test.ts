import { newSharedScene } from "../../testing/sharedScene";

const LIMIT = "POST /channels";

test("a call whose ticket was refused until the connection was lost gets another turn after a cool-down", async () => {
  const { clock, logs, browsers } = newSharedScene(1);
  const [{ budget, throttle, reported, send }] = browsers;
  const runFor = (ms: number) => clock.run(clock.now() + ms);
  budget.prepare(LIMIT);
  await runFor(5000);
  const other = await clock.until(throttle.acquire({ limits: [LIMIT], name: "other" }));
  other.markSent();
  await runFor(2000);
  logs.fault = "tooManyWrites";
  const accept = { limits: [LIMIT] as [typeof LIMIT], name: "accept", isEntryPoint: true, leadMs: 250 };
  const permit = await clock.until(throttle.acquire(accept));
  throttle.handOff({ limits: [LIMIT], permit, details: {} });
  other.markUsedUnseen([LIMIT], { scope: "limit", retryAfterMs: 20_000 });
  const join = send({ limits: [LIMIT] });
  await runFor(8000);
  expect(budget.health).toBe("degraded");
  logs.fault = undefined;
  await clock.until(join);
  expect(reported).toEqual([]);
});

import { newSharedScene } from "../../testing/sharedScene";
import { foreign } from "../../testing/tickets";

const LIMIT = "POST /WebChannels/Users";
const CALL = { limits: [LIMIT] as [typeof LIMIT], priority: "high" as const };

test("the first call after all items of a log have expired goes at once", async () => {
  const { clock, logs, browsers, account } = newSharedScene(1);
  const [{ budget, send }] = browsers;
  for (let n = 0; n < 500; n += 1) logs.store(LIMIT, foreign(n));
  logs.expire(LIMIT);
  budget.prepare(LIMIT);
  await clock.run(5000);
  await clock.until(send(CALL));
  const [sentMs] = account.sentAtMs.get(LIMIT) as number[];
  expect(sentMs).toBeLessThan(5300);
});

test("a call that was canceled long ago holds up no later one", async () => {
  const { clock, logs, browsers, account } = newSharedScene(1);
  const [{ budget, throttle, send, reported }] = browsers;
  budget.prepare(LIMIT);
  await clock.run(5000);
  const canceled = send(CALL).catch(() => undefined);
  await clock.run(clock.now() + 60);
  throttle.status().waiting.forEach(({ id }) => throttle.cancel(id));
  await clock.until(canceled);
  for (let n = 0; n < 60; n += 1) {
    logs.store(LIMIT, foreign(n));
    await clock.run(clock.now() + 2000);
  }
  const beganMs = clock.now();
  await clock.until(send(CALL));
  const [sentMs] = account.sentAtMs.get(LIMIT) as number[];
  expect(sentMs - beganMs).toBeLessThan(300);
  expect(reported).toEqual([]);
});

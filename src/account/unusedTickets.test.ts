import { newSharedScene } from "../../testing/sharedScene";

const LIMIT = "POST /channels";

test("calls that are canceled while the log opens ask for no turns", async () => {
  const { clock, logs, browsers } = newSharedScene(1);
  const [{ throttle, send }] = browsers;
  const canceled = Promise.all(Array.from({ length: 20 }, () => send({ limits: [LIMIT] }).catch(() => undefined)));
  throttle.status().waiting.forEach(({ id }) => throttle.cancel(id));
  await clock.until(canceled);
  await clock.run(5000);
  expect(logs.counts).toMatchObject({ opened: 1, pushed: 0 });
});

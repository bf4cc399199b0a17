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

test("429s that are not repeated make no later call urgent", async () => {
  const { clock, account, logs, browsers } = newSharedScene(1);
  const [{ budget, throttle, send }] = browsers;
  budget.prepare(LIMIT);
  await clock.run(5000);
  account.closed = { scope: "limit" };
  const acquire = () => throttle.acquire({ limits: [LIMIT], name: "unseen" });
  const permits = await clock.until(Promise.all([acquire(), acquire()]));
  permits.forEach((permit) => permit.markUsedUnseen([LIMIT], { scope: "limit" }));
  account.closed = undefined;
  const before = logs.itemsOf(LIMIT).length;
  await clock.until(Promise.all([1, 2, 3].map(() => send({ limits: [LIMIT] }))));
  const [ticket, ...others] = logs.itemsOf(LIMIT).slice(before);
  expect(others).toEqual([]);
  expect(ticket.data).toMatchObject({ n: 3 });
  expect(ticket.data).not.toHaveProperty("c");
});

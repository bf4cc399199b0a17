import { newSharedScene } from "../../testing/sharedScene";

const LIMIT = "POST /WebChannels";
const OTHER = "POST /WebChannels/Users";

/** Calls get 429s with a Retry-After of 120 s, and the page shows every second how long each waits. */
async function coolDown(limits: readonly [typeof LIMIT, ...(typeof OTHER)[]]) {
  const scene = newSharedScene(1);
  const { clock, account, logs, browsers } = scene;
  const [{ budget, throttle, reported, send }] = browsers;
  const countTickets = () => logs.itemsOf(LIMIT).length + logs.itemsOf(OTHER).length;
  limits.forEach((limit) => budget.prepare(limit));
  await clock.run(clock.now() + 5000);
  account.closed = { scope: "limit", retryAfterMs: 120_000 };
  // More than go in the first second: some have a turn when the cool-down begins.
  const all = Promise.all([send({ limits: [LIMIT] }), ...Array.from({ length: 8 }, () => send({ limits }))]);
  const render = () => {
    if (throttle.status().waiting.length > 0) clock.schedule(render, 1000);
  };
  clock.schedule(render, 500);
  await clock.run(clock.now() + 10_000);
  const early = countTickets();
  await clock.run(clock.now() + 100_000);
  const late = countTickets();
  account.closed = undefined;
  await clock.until(all);
  return { reported, ticketsMeanwhile: late - early };
}

test.each([
  ["of their limit", [LIMIT]],
  ["of another limit that they need", [LIMIT, OTHER]],
] as const)(
  "during a long cool-down %s, calls ask for no turns, and blame the budget for nothing",
  async (_, limits) => {
    expect(await coolDown(limits)).toEqual({ reported: [], ticketsMeanwhile: 0 });
  },
);

test("a call that keeps its turn of one limit during a long cool-down of another takes no other turns", async () => {
  const { clock, account, logs, browsers } = newSharedScene(1);
  const [{ budget, throttle, send }] = browsers;
  [LIMIT, OTHER].forEach((limit) => budget.prepare(limit));
  await clock.run(clock.now() + 5000);
  account.closed = { scope: "limit", retryAfterMs: 120_000 };
  const throttled = send({ limits: [OTHER] });
  await clock.run(clock.now() + 2000);
  account.closed = undefined;
  const permit = await clock.until(throttle.acquire({ limits: [LIMIT], name: "outer", isEntryPoint: true }));
  throttle.handOff({ limits: [LIMIT], permit, details: {} });
  const inner = send({ limits: [LIMIT, OTHER] });
  const before = logs.itemsOf(LIMIT).length;
  for (let second = 0; second < 100; second += 1) {
    await clock.run(clock.now() + 1000);
    expect(throttle.status().waiting).toHaveLength(2);
  }
  expect(logs.itemsOf(LIMIT).length).toBe(before);
  await clock.until(Promise.all([throttled, inner]));
});

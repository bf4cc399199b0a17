import { newSharedScene } from "../../testing/sharedScene";
import { foreign, START_MS } from "../../testing/tickets";

const LIMIT = "POST /WebChannels/Users";
const CALL = { limits: [LIMIT] as [typeof LIMIT], priority: "high" as const };
const BROWSERS = 3;

async function begin() {
  const scene = newSharedScene(BROWSERS);
  scene.browsers.forEach(({ budget }) => budget.prepare(LIMIT));
  await scene.clock.run(5000);
  scene.logs.store(LIMIT, foreign(1));
  await scene.clock.run(20_000);
  return scene;
}

test.each([
  ["malformed", { nonsense: 1 }],
  ["stale", foreign(2, { sentAtMs: START_MS })],
  ["a double", foreign(1)],
])("a ticket that is %s takes no turn, and nobody reads it again", async (_, data) => {
  const { clock, logs, browsers, account } = await begin();
  const readBefore = logs.counts.read;
  for (let n = 0; n < 30; n += 1) logs.store(LIMIT, data);
  await clock.run(clock.now() + 500);
  const beganMs = clock.now();
  await clock.until(browsers[0].send(CALL));
  const [sentMs] = account.sentAtMs.get(LIMIT) as number[];
  expect(sentMs - beganMs).toBeLessThan(300);
  await clock.run(clock.now() + 30_000);
  expect(logs.counts.read).toBe(readBefore);
});

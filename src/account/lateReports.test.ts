import { newSharedScene, SharedScene } from "../../testing/sharedScene";
import { LIMITS, RateLimitId } from "../limits/limits";

const JOIN = "POST /WebChannels/Users" as const;
const CHATS = [1, 2, 3];

/** Three joins a second. */
const newScene = (count: number) =>
  newSharedScene(count, {
    settings: { limits: { [JOIN]: { perSecond: 3 } } },
    perSecond: (limit: RateLimitId) => (limit === JOIN ? 3 : LIMITS[limit].perSecond),
    latency: { fromMs: 60, toMs: 60 },
  });

/** Accepts chats, whose joins follow this much later than usual, as in a page that is held up. */
async function joinAll({ clock, browsers }: SharedScene, browser: number, heldUpMs: number): Promise<void> {
  const { throttle, send } = browsers[browser];
  const joins = CHATS.map(async (chat) => {
    const key = `${browser}.${chat}`;
    const accept = { name: "accept", key, priority: "join", isEntryPoint: true, leadMs: 250 } as const;
    const permit = await throttle.acquire({ limits: [JOIN], ...accept });
    throttle.handOff({ limits: [JOIN], key, permit, details: {} });
    await clock.sleep(250 + heldUpMs);
    await send({ limits: [JOIN], key });
  });
  await Promise.all(joins);
}

async function openAll({ clock, browsers }: SharedScene): Promise<void> {
  browsers.forEach(({ budget }) => budget.prepare(JOIN));
  await clock.run(2000);
}

/** Two browsers join three chats each, and the page of the first one is held up. */
async function joinBesideHeldUpPage(): Promise<SharedScene> {
  const scene = newScene(2);
  await openAll(scene);
  const held = joinAll(scene, 0, 600);
  await scene.clock.run(2020);
  await scene.clock.until(Promise.all([held, joinAll(scene, 1, 0)]));
  return scene;
}

const reportsIn = ({ logs }: SharedScene) =>
  logs
    .itemsOf(JOIN)
    .flatMap(({ data }) =>
      (data as { readonly l?: [number, number][] }).l ? [data as { l: [number, number][] }] : [],
    );

test("joins that a page sends late delay those of the others, which so get no 429", async () => {
  const scene = await joinBesideHeldUpPage();
  const sentMs = scene.account.sentAtMs.get(JOIN) as number[];
  expect(sentMs).toHaveLength(6);
  expect(sentMs[3] - sentMs[2]).toBeGreaterThan(1000);
  expect(scene.account.throttledCount).toBe(0);
  expect(reportsIn(scene).length).toBeGreaterThan(0);
});

test("a browser that opens the log in the middle knows of late joins, too", async () => {
  const scene = newScene(3);
  const [first, second, newcomer] = scene.browsers;
  [first, second].forEach(({ budget }) => budget.prepare(JOIN));
  await scene.clock.run(2000);
  const held = joinAll(scene, 0, 600);
  await scene.clock.run(2020);
  const next = joinAll(scene, 1, 0);
  await scene.clock.run(3100);
  expect(reportsIn(scene).length).toBeGreaterThan(0);
  newcomer.budget.prepare(JOIN);
  await scene.clock.until(Promise.all([held, next, joinAll(scene, 2, 0)]));
  expect(scene.account.throttledCount).toBe(0);
});

test("a browser writes no report while no other browser waits", async () => {
  const scene = newScene(2);
  await openAll(scene);
  await scene.clock.until(joinAll(scene, 0, 600));
  await scene.clock.run(10_000);
  await scene.clock.until(joinAll(scene, 1, 0));
  expect(scene.logs.counts.pushed).toBe(2);
});

test("a report that the service refuses is no loss", async () => {
  const scene = newScene(2);
  await openAll(scene);
  const joins = [joinAll(scene, 0, 600), joinAll(scene, 1, 0)];
  await scene.clock.run(2400);
  scene.logs.fault = "tooManyWrites";
  await scene.clock.run(3000);
  scene.logs.fault = undefined;
  await scene.clock.until(Promise.all(joins));
  expect(scene.account.sentAtMs.get(JOIN)?.length).toBeGreaterThanOrEqual(6);
  expect(scene.browsers.flatMap(({ reported }) => reported)).toEqual([]);
});

test("a report has no more turns than a ticket has calls, and tells of each turn once", async () => {
  const scene = await joinBesideHeldUpPage();
  const told = reportsIn(scene).flatMap(({ l }) => l);
  expect(told.length).toBeLessThanOrEqual(CHATS.length);
  const latesMs = told.map(([, lateMs]) => lateMs);
  latesMs.forEach((lateMs) => {
    expect(lateMs).toBeGreaterThan(600);
    expect(lateMs).toBeLessThan(900);
  });
});

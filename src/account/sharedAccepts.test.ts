import { newSharedScene, SharedScene } from "../../testing/sharedScene";
import { LIMITS, RateLimitId } from "../limits/limits";

const JOIN = "POST /WebChannels/Users" as const;

function accept({ browsers }: SharedScene, browser: number, key: string) {
  return browsers[browser].throttle.acquire({
    limits: [JOIN],
    name: "accept",
    key,
    priority: "join",
    isEntryPoint: true,
    leadMs: 250,
  });
}

/** Accepts a chat, whose join follows later. @returns when the join was answered. */
async function acceptAndJoin(scene: SharedScene, browser: number, key: string): Promise<number> {
  const { clock, browsers } = scene;
  const { throttle, send } = browsers[browser];
  const permit = await accept(scene, browser, key);
  throttle.handOff({ limits: [JOIN], key, permit, details: {} });
  await clock.sleep(250);
  await send({ limits: [JOIN], key });
  return clock.now();
}

test.each([
  [1, 5, 3],
  [2, 2, 3],
  [2, 5, 3],
  [2, 5, 10],
])("%d browsers with %d accepts each join at %d a second, without a 429", async (count, chats, rate) => {
  const settings = { limits: { [JOIN]: { perSecond: rate } } };
  const perSecond = (limit: RateLimitId) => (limit === JOIN ? rate : LIMITS[limit].perSecond);
  const scene = newSharedScene(count, { settings, perSecond });
  const joins = scene.browsers.flatMap((_, browser) =>
    Array.from({ length: chats }, (__, chat) => acceptAndJoin(scene, browser, `${browser}.${chat}`)),
  );
  const endsMs = await scene.clock.until(Promise.all(joins));
  // The accepts take their turns before the tickets are stored.
  expect(Math.max(...endsMs)).toBeLessThan(1000 * ((count * chats) / rate + 2));
  expect(scene.account.throttledCount).toBe(0);
});

test("a browser that is prepared when a chat is offered does not wait for its log when the chat is accepted", async () => {
  const join = async (isPrepared: boolean) => {
    const scene = newSharedScene(1);
    if (isPrepared) scene.browsers[0].budget.prepare(JOIN);
    await scene.clock.run(2000);
    const acceptedMs = scene.clock.now();
    await scene.clock.until(acceptAndJoin(scene, 0, "CH1"));
    return (scene.account.sentAtMs.get(JOIN)?.[0] as number) - acceptedMs;
  };
  expect(await join(true)).toBeLessThan(350);
  expect(await join(false)).toBeGreaterThan(500);
});

test("accepts of the same moment share a ticket", async () => {
  const scene = newSharedScene(1);
  scene.browsers[0].budget.prepare(JOIN);
  await scene.clock.run(2000);
  await scene.clock.until(Promise.all([1, 2, 3, 4, 5].map((chat) => acceptAndJoin(scene, 0, `CH${chat}`))));
  expect(scene.logs.counts.pushed).toBe(1);
});

test("only one of several accepts goes ahead while the turns are not known", async () => {
  const scene = newSharedScene(1);
  scene.browsers[0].budget.prepare(JOIN);
  await scene.clock.run(2000);
  let started = 0;
  [1, 2, 3].forEach((chat) => void accept(scene, 0, `CH${chat}`).then(() => (started += 1)));
  await scene.clock.run(2010);
  expect(scene.logs.counts.pushed).toBe(0);
  expect(started).toBe(1);
  await scene.clock.run(2500);
  expect(scene.logs.counts.pushed).toBe(1);
  expect(started).toBe(3);
});

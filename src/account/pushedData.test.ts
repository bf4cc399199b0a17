import { begin, CALL, LIMIT } from "../../testing/sharedBursts";
import { SharedScene } from "../../testing/sharedScene";

/** What a page knows of a customer, and no ticket may hold. */
const CUSTOMER = { key: "CH0123456789abcdef0123456789abcdef", name: "Jane Roe" };

const count = (most: number) => (value: unknown) =>
  Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) <= most;
const one = (value: unknown) => value === 1;
const isDate = count(8.64e15);
const list = (isPart: (value: unknown) => boolean) => (value: unknown) =>
  Array.isArray(value) && value.length > 0 && value.every(isPart);

/** Every key of a stored ticket, and what its value may be: numbers, and a random id. */
const KEYS: Readonly<Record<string, (value: unknown) => boolean>> = {
  v: one,
  id: (value) => typeof value === "string" && /^[a-z0-9]{1,8}\._?[a-z0-9]{1,4}$/.test(value),
  n: count(10),
  c: one,
  r: one,
  t: isDate,
  s: list(isDate),
  l: list((pair) => Array.isArray(pair) && pair.length === 2 && isDate(pair[0]) && count(1000)(pair[1])),
};

const isDocumented = (data: object) =>
  Object.entries(data).every(([key, value]) => Object.keys(KEYS).includes(key) && KEYS[key](value));

/** Joins a chat that was accepted, later than usual if its page is held up. */
async function join({ clock, browsers }: SharedScene, browser: number, chat: number, heldUpMs: number): Promise<void> {
  const { throttle, send } = browsers[browser];
  const key = `${CUSTOMER.key}${browser}.${chat}`;
  const accept = { ...CALL, name: CUSTOMER.name, key, priority: "join", isEntryPoint: true, leadMs: 250 } as const;
  const permit = await throttle.acquire(accept);
  throttle.handOff({ limits: [LIMIT], key, permit, details: { name: CUSTOMER.name } });
  await clock.sleep(250 + heldUpMs);
  await send({ ...CALL, name: CUSTOMER.name, key, priority: "join" });
}

test("browsers push only what is documented, and nothing of a call or a customer", async () => {
  const pushed: object[] = [];
  const scene = await begin(6, { onPush: (data) => pushed.push(data), writesPerSecond: 5, lateShare: 0.05 });
  const { clock, account, browsers } = scene;
  const all = browsers.flatMap(({ send }, browser) => [
    ...[1, 2, 3].map((chat) => join(scene, browser, chat, browser === 0 ? 600 : 0)),
    ...[1, 2, 3, 4, 5, 6, 7].map(() => send({ ...CALL, name: CUSTOMER.name, key: CUSTOMER.name, priority: "low" })),
  ]);
  clock.schedule(() => (account.closed = { scope: "limit" }), 2000);
  clock.schedule(() => (account.closed = undefined), 2400);
  await clock.until(Promise.all(all));
  expect(pushed.filter((data) => !isDocumented(data))).toEqual([]);
  // Otherwise the scene would prove nothing about some of the keys.
  expect(new Set(pushed.flatMap((data) => Object.keys(data)))).toEqual(new Set(Object.keys(KEYS)));
  const text = JSON.stringify(pushed);
  Object.values(CUSTOMER).forEach((value) => expect(text).not.toContain(value));
});

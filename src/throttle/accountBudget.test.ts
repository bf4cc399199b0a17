import { newScene, Scene, STEADY } from "../../testing/scene";
import { AccountBudget, AccountTurn } from "./accountBudget";

const LIMIT = "POST /channels";
const OTHER = "GET /channels";
const CALLS = 30;

let scene: Scene;

/** Counts what the throttle did with its turns. */
interface Ledger {
  taken: number;
  used: number;
  givenBack: number;
  throttled: number;
  demand: number[];
}

const COUNTS = { isPaced: true, starts: 12, waiting: 3, agents: 4, throttled: 1 };

/** A live budget that grants every turn at once, except for what a test overrides. */
function createBudget(overrides: Partial<AccountBudget> = {}) {
  const ledger: Ledger = { taken: 0, used: 0, givenBack: 0, throttled: 0, demand: [] };
  const turn: AccountTurn = {
    startMs: -Infinity,
    renew: () => undefined,
    markUsed: () => void (ledger.used += 1),
    giveBack: () => void (ledger.givenBack += 1),
    markThrottled: () => void (ledger.throttled += 1),
  };
  const listeners = new Set<() => void>();
  const budget: AccountBudget = {
    health: "live",
    waitMs: () => 0,
    estimateWaitMs: () => 0,
    take: () => {
      ledger.taken += 1;
      return turn;
    },
    loadMs: () => 0,
    setDemand: (limit, waiting) => void (limit === LIMIT && ledger.demand.push(waiting)),
    status: () => ({ health: "live", sinceMs: 0, countedMs: 60_000, limits: [{ ...COUNTS, limit: LIMIT }] }),
    onChange: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    ...overrides,
  };
  return { budget, ledger, change: () => listeners.forEach((listener) => listener()) };
}

/** Sends the calls at once and returns when each was sent, in milliseconds. */
async function sendAll(accountBudget: AccountBudget | undefined, count = CALLS): Promise<number[]> {
  scene = newScene({ accountBudget, delay: STEADY });
  const sentAtMs: number[] = [];
  scene.throttle.onEvent((event) => {
    if (event.type === "sent") sentAtMs.push(scene.clock.now());
  });
  const all = Promise.all(Array.from({ length: count }, () => scene.send({ limits: [LIMIT] })));
  await scene.clock.until(all);
  return sentAtMs;
}

/** When the same calls are sent by the local throttle alone. */
async function sendAllLocally(count = CALLS): Promise<number[]> {
  const sentAtMs = await sendAll(undefined, count);
  return sentAtMs;
}

describe("an account budget that", () => {
  test("is generous leaves every decision to the local throttle", async () => {
    const local = await sendAllLocally();
    const { budget, ledger } = createBudget();
    expect(await sendAll(budget)).toEqual(local);
    expect(ledger).toMatchObject({ taken: CALLS, used: CALLS, givenBack: 0, throttled: 0 });
  });

  test("is stingy is followed: one call per turn", async () => {
    const EVERY_MS = 2000;
    let nextMs = 0;
    const { budget, ledger } = createBudget();
    const stingy: AccountBudget = {
      ...budget,
      waitMs: (_, nowMs) => Math.max(0, nextMs - nowMs),
      take: (limit, nowMs) => {
        nextMs = nowMs + EVERY_MS;
        return budget.take(limit, nowMs);
      },
    };
    expect(await sendAll(stingy, 10)).toEqual(Array.from({ length: 10 }, (_, n) => n * EVERY_MS));
    expect(ledger).toMatchObject({ taken: 10, used: 10 });
  });

  test("is late is waited for, and its change sends the queued calls", async () => {
    const local = await sendAllLocally();
    let isOpen = false;
    const { budget, change } = createBudget({ waitMs: () => (isOpen ? 0 : 60_000) });
    const sent = sendAll(budget);
    scene.clock.schedule(() => {
      isOpen = true;
      change();
    }, 1500);
    expect(await sent).toEqual(local.map((atMs) => atMs + 1500));
  });

  test("is silent delays a call by its first announcement and ten seconds, then leaves the rest to the local throttle", async () => {
    const local = await sendAllLocally();
    const { budget } = createBudget({ waitMs: () => 1000 });
    const sentAtMs = await sendAll(budget);
    expect(sentAtMs).toEqual(local.map((atMs) => atMs + 11_000));
    expect(scene.reported).toHaveLength(1);
    expect(String(scene.reported[0])).toContain("postponed a turn");
  });

  const FAILURES: [string, Partial<AccountBudget>][] = [
    ["throws", { waitMs: fail, estimateWaitMs: fail, take: fail, loadMs: fail, setDemand: fail, onChange: fail }],
    ["cannot say how it is", Object.defineProperty({}, "health", { get: fail, enumerable: true })],
    ["throws when a turn is taken", { take: fail }],
    ["answers a wait that is no number", { waitMs: () => NaN }],
    ["answers an endless wait", { waitMs: () => Infinity }],
    ["answers a negative wait", { waitMs: () => -1 }],
    [
      "grants turns that throw",
      { take: () => ({ startMs: 0, renew: fail, markUsed: fail, giveBack: fail, markThrottled: fail }) },
    ],
  ];

  test.each(FAILURES)("%s is ignored and reported once", async (_, failing) => {
    const local = await sendAllLocally();
    const { budget } = createBudget();
    const mixed = Object.defineProperties({ ...budget }, Object.getOwnPropertyDescriptors(failing));
    expect(await sendAll(mixed)).toEqual(local);
    expect(scene.reported).toHaveLength(1);
  });

  test("degrades holds back nothing, whatever wait it still answers", async () => {
    const local = await sendAllLocally();
    const { budget, ledger } = createBudget({ waitMs: () => 60_000, health: "degraded" });
    expect(await sendAll(budget)).toEqual(local);
    expect(ledger.taken).toBe(0);
  });

  test("degrades in mid-burst releases the queued calls to the local throttle", async () => {
    const { budget, change } = createBudget();
    let health: AccountBudget["health"] = "live";
    const lost: AccountBudget = {
      ...budget,
      get health() {
        return health;
      },
      waitMs: () => (health === "live" ? 5000 : 0),
    };
    const sent = sendAll(lost, 10);
    scene.clock.schedule(() => {
      health = "degraded";
      change();
    }, 2000);
    expect(await sent).toEqual(Array<number>(10).fill(2000));
  });

  test("changes inside a call from the throttle does not dispatch in the middle of it", async () => {
    const { budget, change } = createBudget();
    const eager: AccountBudget = { ...budget, setDemand: () => change() };
    const local = await sendAllLocally();
    expect(await sendAll(eager)).toEqual(local);
    expect(scene.reported).toEqual([]);
  });
});

describe("a turn", () => {
  test("is given back when its permit is released, and when its lease times out", async () => {
    const { budget, ledger } = createBudget();
    scene = newScene({ accountBudget: budget });
    const { throttle, clock } = scene;
    const released = await throttle.acquire({ limits: [LIMIT], name: "released" });
    released.release();
    await throttle.acquire({ limits: [LIMIT], name: "lost" });
    await clock.run(60_000);
    (await throttle.acquire({ limits: [LIMIT], name: "sent" })).markSent();
    expect(ledger).toMatchObject({ taken: 3, used: 1, givenBack: 2 });
  });

  test("is marked as throttled when Twilio answers 429", async () => {
    const { budget, ledger } = createBudget();
    scene = newScene({ accountBudget: budget });
    const permit = await scene.throttle.acquire({ limits: [LIMIT], name: "throttled" });
    permit.markSent();
    permit.markEnded({ scope: "limit" });
    expect(ledger).toMatchObject({ taken: 1, used: 1, throttled: 1, givenBack: 0 });
  });

  test("that has not come yet keeps a permit with a lead time from being used", async () => {
    const { budget } = createBudget({ waitMs: (_, nowMs) => Math.max(0, 1000 - nowMs) });
    const turn = { ...budget.take(LIMIT, 0), startMs: 1000 };
    scene = newScene({ accountBudget: { ...budget, take: () => turn } });
    const { throttle, clock } = scene;
    const accept = await clock.until(
      throttle.acquire({ limits: [LIMIT], name: "accept", leadMs: 250, isEntryPoint: true }),
    );
    expect(clock.now()).toBe(750);
    throttle.handOff({ limits: [LIMIT], key: "CH1", permit: accept, details: {} });
    await clock.until(throttle.acquire({ limits: [LIMIT], name: "join", key: "CH1" }));
    expect(clock.now()).toBe(1000);
  });
});

test("learns how many calls wait for each limit", async () => {
  const { budget, ledger } = createBudget();
  await sendAll(budget, 12);
  expect(ledger.demand).toEqual([1, 2, 1, 0]);
});

test("is not asked about limits that nobody uses", async () => {
  const asked = new Set<string>();
  const { budget } = createBudget({
    waitMs: (limit) => {
      asked.add(limit);
      return 0;
    },
  });
  await sendAll(budget);
  expect(asked).toEqual(new Set([LIMIT]));
  expect(asked).not.toContain(OTHER);
});

describe("the status", () => {
  test("is off without a budget", () => {
    scene = newScene();
    expect(scene.throttle.accountBudgetStatus()).toMatchObject({ health: "off", limits: [] });
  });

  test("is the budget's own", () => {
    const { budget } = createBudget();
    scene = newScene({ accountBudget: budget });
    expect(scene.throttle.accountBudgetStatus()).toEqual({
      health: "live",
      sinceMs: 0,
      countedMs: 60_000,
      limits: [{ ...COUNTS, limit: LIMIT }],
    });
  });

  test("is degraded since the budget's failure, for a minute", async () => {
    let isBroken = true;
    const { budget } = createBudget({ waitMs: () => (isBroken ? NaN : 0) });
    scene = newScene({ accountBudget: budget });
    const { throttle, clock } = scene;
    const send = () => clock.until(throttle.acquire({ limits: [LIMIT], name: "call" }));
    await clock.run(1000);
    await send();
    await clock.run(31_000);
    expect(throttle.accountBudgetStatus()).toMatchObject({
      health: "degraded",
      problem: "failed",
      sinceMs: 1000,
      countedMs: 60_000,
      limits: [{ limit: LIMIT, isPaced: false }],
    });
    isBroken = false;
    await clock.run(61_000);
    await send();
    expect(throttle.accountBudgetStatus()).toMatchObject({ health: "live", limits: [{ isPaced: true }] });
  });

  test("of a budget that throws is degraded", () => {
    const { budget } = createBudget({ status: fail });
    scene = newScene({ accountBudget: budget });
    expect(scene.throttle.accountBudgetStatus()).toMatchObject({ health: "degraded", problem: "failed", limits: [] });
    expect(scene.reported).toHaveLength(1);
  });
});

function fail(): never {
  throw new Error("The budget is broken.");
}

test("an account budget that is ignored is asked for no turns", async () => {
  const { budget, ledger } = createBudget({ waitMs: fail });
  await sendAll(budget);
  expect(ledger.demand.length).toBeGreaterThan(0);
  expect(ledger.demand.filter((waiting) => waiting > 0)).toEqual([]);
});

test("an account budget learns of the queued calls once it is no longer ignored", async () => {
  let hasFailed = false;
  const { budget, ledger } = createBudget({
    // Grants a turn only to calls that it knows of, as the engines do.
    waitMs: () => {
      if (hasFailed) return ledger.demand[ledger.demand.length - 1] > 0 ? 0 : 5000;
      hasFailed = true;
      return fail();
    },
  });
  // More than can be sent at ten a second while the budget is ignored.
  const sentAtMs = await sendAll(budget, 800);
  expect(sentAtMs).toEqual(await sendAllLocally(800));
});

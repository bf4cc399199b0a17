import { newScene, Scene, SceneOptions, STEADY } from "../../testing/scene";
import { History } from "./history";
import { HistoryRow } from "./historyCells";

const LIMIT = "POST /channels"; // 10/s
const OTHER = "GET /channels"; // 5/s
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** The beginning of an hour. */
const WALL_MS = 472_222 * HOUR_MS;
const KEY = "flex-throttle-history-v1-AC1";

let scene: Scene;
let nowMs: number;
const reported: unknown[] = [];
beforeEach(() => {
  localStorage.clear();
  reported.length = 0;
  nowMs = WALL_MS;
});
afterEach(() => void jest.restoreAllMocks());

const createHistory = (account = "AC1") =>
  new History({
    account,
    storage: () => localStorage,
    wallClock: () => nowMs,
    report: (error) => reported.push(error),
  });

/** Starts a history whose tab has its own throttle. */
function begin(options: SceneOptions = {}): History {
  scene = newScene({ delay: STEADY, random: () => 0, ...options });
  const history = createHistory();
  history.write();
  history.start(scene.throttle);
  return history;
}

const send = (count: number, limit: typeof LIMIT | typeof OTHER = LIMIT) =>
  scene.clock.until(
    Promise.all(Array.from({ length: count }, () => scene.send({ limits: [limit], key: "CH-secret" }))),
  );
const startsIn = (rows: readonly HistoryRow[]) => rows.map(({ atMs, starts }) => [(atMs - WALL_MS) / HOUR_MS, starts]);

describe("counts by hour and limit", () => {
  test("the starts, and the calls that waited with the sum of their waits", async () => {
    const history = begin();
    await send(12);
    await send(1, OTHER);
    const [other, limited] = history.rows;
    expect(other).toEqual({ atMs: WALL_MS, limit: OTHER, starts: 1, waits: 0, waitMs: 0, throttled: 0, dropped: 0 });
    expect(limited).toMatchObject({ limit: LIMIT, starts: 12, waits: 2, throttled: 0, dropped: 0 });
    expect(limited.waitMs).toBeGreaterThanOrEqual(2000);
    expect(limited.waitMs).toBeLessThan(2600);
  });

  test("the whole wait of a call with several attempts, once", async () => {
    const history = begin();
    scene.account.closed = { scope: "limit", retryAfterMs: 3000 };
    const sent = scene.send({ limits: [LIMIT] });
    await scene.clock.run(4000);
    scene.account.closed = undefined;
    await scene.clock.until(sent);
    const [row] = history.rows;
    expect(row).toMatchObject({ waits: 1, dropped: 0 });
    expect(row.throttled).toBe(row.starts - 1);
    expect(row.throttled).toBeGreaterThanOrEqual(2);
    expect(row.waitMs).toBeGreaterThanOrEqual(6000);
    expect(row.waitMs).toBeLessThanOrEqual(scene.clock.now());
  });

  test("calls that were dropped, canceled or rejected", async () => {
    const history = begin({ settings: { queue: { maxWaitSeconds: 1 }, limits: { [LIMIT]: { perSecond: 0.5 } } } });
    const calls = [scene.send({ limits: [LIMIT] }), scene.send({ limits: [LIMIT] })];
    calls.push(scene.send({ limits: [LIMIT], onBurst: "reject" }));
    await scene.clock.until(Promise.allSettled(calls));
    expect(history.rows).toMatchObject([{ limit: LIMIT, starts: 1, dropped: 2 }]);
  });

  test("in mode observe, where no call waits", async () => {
    const history = begin({ settings: { mode: "observe" } });
    await send(12);
    expect(history.rows).toMatchObject([{ limit: LIMIT, starts: 12, waits: 0, waitMs: 0 }]);
  });

  test("each hour on its own", async () => {
    const history = begin();
    await send(2);
    nowMs += HOUR_MS - 1;
    await send(1);
    nowMs += 1;
    await send(4);
    expect(startsIn(history.rows)).toEqual([
      [0, 3],
      [1, 4],
    ]);
  });
});

describe("in the storage", () => {
  test("is read by the next page, and continued", async () => {
    const first = begin();
    await send(2);
    first.write();
    const second = begin();
    expect(second.rows).toEqual(first.rows);
    await send(3);
    expect(startsIn(second.rows)).toEqual([[0, 5]]);
  });

  test("sums two tabs that write in turn", async () => {
    const first = begin();
    await send(2);
    const second = begin();
    await send(3);
    second.write();
    first.write();
    second.write();
    expect([startsIn(first.rows), startsIn(second.rows)]).toEqual([[[0, 5]], [[0, 5]]]);
  });

  test("is separate for each account", async () => {
    const history = begin();
    await send(2);
    history.write();
    const other = createHistory("AC2");
    other.write();
    expect(other.rows).toEqual([]);
    history.write();
    expect(startsIn(history.rows)).toEqual([[0, 2]]);
  });

  test("keeps 14 days, and nothing of an account that was not used for longer", async () => {
    const history = begin();
    await send(1);
    history.write();
    nowMs += 14 * DAY_MS - 1;
    history.write();
    expect(startsIn(history.rows)).toEqual([[0, 1]]);
    nowMs += 1;
    createHistory("AC2").write();
    expect(localStorage).toHaveLength(0);
    history.write();
    expect(history.rows).toEqual([]);
  });

  test("drops hours that a wrong clock put into the far future", async () => {
    const history = begin();
    nowMs += 365 * DAY_MS;
    await send(1);
    nowMs = WALL_MS;
    await send(2);
    history.write();
    expect(startsIn(history.rows)).toEqual([[0, 2]]);
  });

  test("takes at most 350 kB after 14 days of constant use of all limits", () => {
    const limits = Array.from({ length: 16 }, (_, index) => `${index} POST /WebChannels/CHxx`);
    const cells: Record<string, number[]> = {};
    for (let hour = -400; hour <= 0; hour += 1)
      limits.forEach((limit) => (cells[`${WALL_MS / HOUR_MS + hour} ${limit}`] = [36_000, 3600, 9_999_999, 99, 99]));
    localStorage.setItem(KEY, JSON.stringify(cells));
    createHistory().write();
    const stored = localStorage.getItem(KEY) as string;
    expect(Object.keys(JSON.parse(stored) as object)).toHaveLength(336 * 16);
    expect(stored.length).toBeLessThan(350_000);
  });

  test("contains no data about single calls", async () => {
    const history = begin();
    await send(3);
    history.write();
    expect(Object.keys(localStorage)).toEqual([KEY]);
    expect(JSON.parse(localStorage.getItem(KEY) as string)).toEqual({ [`472222 ${LIMIT}`]: [3, 0, 0, 0, 0] });
  });
});

describe("a storage that fails", () => {
  const failWith = (method: "getItem" | "setItem") => {
    const error = new Error(`${method} failed`);
    jest.spyOn(Storage.prototype, method).mockImplementation(() => {
      throw error;
    });
    return error;
  };

  test.each(["{", "null", "7", '"text"', "[]", '{"x":1}', '{"472222 A":[1,2]}', '{"472222 A":[1,2,3,4,null]}'])(
    "is ignored if it contains %s",
    async (stored) => {
      localStorage.setItem(KEY, stored);
      const history = begin();
      await send(1);
      history.write();
      expect(startsIn(history.rows)).toEqual([[0, 1]]);
      expect(createHistory().rows).toEqual([]);
      expect(reported).toEqual([]);
    },
  );

  test("keeps valid entries beside malformed ones", () => {
    localStorage.setItem(KEY, '{"472222 A":[1,2,3,4,5],"472222 B":[1],"later":[1,2,3,4,5]}');
    expect(begin().rows).toMatchObject([{ limit: "A", starts: 1, dropped: 5 }]);
  });

  test("when it is full, reads what is stored, counts on in memory, and writes all once there is room", async () => {
    const first = begin();
    await send(1);
    first.write();
    const error = failWith("setItem");
    const second = begin();
    await send(2);
    expect(() => second.write()).not.toThrow();
    expect(reported).toContain(error);
    expect(startsIn(second.rows)).toEqual([[0, 3]]);
    jest.restoreAllMocks();
    second.write();
    expect(startsIn(second.rows)).toEqual([[0, 3]]);
    first.write();
    expect(startsIn(first.rows)).toEqual([[0, 3]]);
  });

  test("where it is denied, counts in memory", async () => {
    const denied = new Error("denied");
    scene = newScene({ delay: STEADY });
    const history = new History({
      account: "AC1",
      storage: () => {
        throw denied;
      },
      wallClock: () => nowMs,
      report: (error) => reported.push(error),
    });
    history.write();
    history.start(scene.throttle);
    await send(2);
    history.write();
    expect(startsIn(history.rows)).toEqual([[0, 2]]);
    expect(new Set(reported)).toEqual(new Set([denied]));
    nowMs += 14 * DAY_MS;
    history.write();
    expect(history.rows).toEqual([]);
  });
});

test("keeps the identity of its rows until something changes", async () => {
  const history = begin();
  await send(1);
  const { rows } = history;
  expect(history.rows).toBe(rows);
  await send(1);
  expect(history.rows).not.toBe(rows);
});

import { MemoryLogs } from "../../testing/memoryLogs";
import { ticketOf } from "../../testing/tickets";
import { seeded, VirtualClock } from "../../testing/virtualClock";
import { SharedBudget } from "./sharedBudget";
import { createSettingsNotices, NOTICES } from "./settingsNotices";
import { listName } from "./syncEngine";
import { formatTicket } from "./ticket";

const LIMIT = "POST /WebChannels/Users";

function begin(seed = 1) {
  const clock = new VirtualClock();
  const logs = new MemoryLogs({ clock, random: seeded(seed), latency: { fromMs: 10, toMs: 50 } });
  /** When the settings were read. */
  const readsMs: number[] = [];
  let failures = 0;
  let onRead = (): void => undefined;
  const notices = createSettingsNotices({
    engine: logs.newEngine(),
    clock,
    random: seeded(seed),
    readSettings: async () => {
      readsMs.push(clock.now());
      onRead();
      failures -= 1;
      if (failures >= 0) throw new Error("429");
    },
  });
  const connect = async () => {
    notices.use(() => undefined);
    await clock.run(clock.now() + 1000);
  };
  /** Stores a notice, and runs the clock for a minute. */
  const announce = async (times = 1) => {
    for (let time = 0; time < times; time += 1) logs.store(NOTICES, { notice: "settings changed" });
    await clock.run(clock.now() + 60_000);
  };
  const failReads = (count: number, onFailure = onRead) => {
    failures = count;
    onRead = onFailure;
  };
  return { clock, logs, readsMs, notices, connect, announce, failReads };
}

test("reads the settings once within half a minute after any number of notices", async () => {
  const { clock, readsMs, connect, announce } = begin();
  await connect();
  const sinceMs = clock.now();
  await announce(30);
  expect(readsMs).toHaveLength(1);
  expect(readsMs[0] - sinceMs).toBeLessThan(30_000);
  await announce();
  expect(readsMs).toHaveLength(2);
});

test("spreads the reads of different browsers", async () => {
  const moments: number[] = [];
  for (let seed = 1; seed <= 100; seed += 1) {
    const { readsMs, connect, announce } = begin(seed);
    await connect();
    await announce();
    moments.push(...readsMs);
  }
  for (let fromMs = 11_000; fromMs < 25_000; fromMs += 1000)
    expect(moments.filter((ms) => ms >= fromMs && ms < fromMs + 1000).length).toBeLessThan(20);
});

test("reads the settings if a notice came before it was connected, and not without a notice", async () => {
  const { clock, logs, readsMs, connect } = begin();
  await connect();
  await clock.run(60_000);
  expect(readsMs).toEqual([]);
  const later = begin();
  later.logs.store(NOTICES, {});
  await later.connect();
  await later.clock.run(60_000);
  expect(later.readsMs).toHaveLength(1);
  expect(logs.counts.pushed).toBe(0);
});

test("reads the settings after a reconnect if a notice came meanwhile", async () => {
  const { clock, logs, readsMs, connect, announce } = begin();
  await connect();
  logs.fault = "offline";
  await announce();
  expect(readsMs).toEqual([]);
  logs.fault = undefined;
  await clock.run(clock.now() + 60_000);
  expect(readsMs).toHaveLength(1);
});

test.each([
  [1, 2],
  [2, 3],
  [9, 3],
])("after %i failed reads it has read %i times", async (failed, reads) => {
  const { clock, readsMs, connect, announce, failReads } = begin();
  await connect();
  failReads(failed);
  await announce();
  await clock.run(clock.now() + 600_000);
  expect(readsMs).toHaveLength(reads);
});

test("tries as often as after the first notice if another one comes between failed reads", async () => {
  const { clock, logs, readsMs, connect, announce, failReads } = begin();
  await connect();
  failReads(9, () => {
    if (readsMs.length === 2) logs.store(NOTICES, {});
  });
  await announce();
  await clock.run(clock.now() + 600_000);
  expect(readsMs).toHaveLength(2 + 3);
});

test("plans no read when one fails after its end", async () => {
  const { clock, notices, readsMs, connect, announce, failReads } = begin();
  await connect();
  failReads(1, () => notices.end());
  await announce();
  expect(readsMs).toHaveLength(1);
  expect(clock.pending).toBe(0);
});

test("reads nothing after its end", async () => {
  const { clock, logs, readsMs, notices, connect, announce } = begin();
  await connect();
  logs.store(NOTICES, {});
  await clock.run(clock.now() + 1000);
  notices.end();
  await announce();
  expect(readsMs).toEqual([]);
});

test.each([
  ["prepared", (budget: SharedBudget) => budget.prepare(LIMIT)],
  ["used", (budget: SharedBudget) => budget.setDemand(LIMIT, 1, 1)],
])("the budget connects it after the log of the first limit that is %s, and ends it", async (_, use) => {
  const clock = new VirtualClock();
  const settings = { account: { guard: 0 }, rates: { [LIMIT]: { perSecond: 10 } } };
  const calls: string[] = [];
  const notices = { use: () => calls.push("use"), end: () => calls.push("end") };
  const open = async (limit: string) => {
    calls.push(limit);
    return new Promise<never>(() => undefined);
  };
  const engine = { open, close: () => undefined };
  const budget = new SharedBudget({ engine, settings, clock, random: seeded(1), report: () => undefined, notices });
  expect(calls).toEqual([]);
  use(budget);
  budget.close();
  expect(calls).toEqual([LIMIT, "use", "end"]);
});

test("says how long it took to open and to read the list of notices", async () => {
  const { clock, notices } = begin();
  const tookMs: number[] = [];
  notices.use((ms) => tookMs.push(ms));
  await clock.run(60_000);
  expect(tookMs).toHaveLength(2);
  expect(Math.min(...tookMs)).toBeGreaterThanOrEqual(20);
  expect(Math.max(...tookMs)).toBeLessThanOrEqual(100);
});

test("the budget sends calls later when its notices show that the service is near", async () => {
  const waitMs = async (readMs: number) => {
    const clock = new VirtualClock();
    const latency = { fromMs: 100, toMs: 100 };
    const logs = new MemoryLogs({ clock, random: seeded(1), latency });
    const settings = { account: { guard: 0 }, rates: { [LIMIT]: { perSecond: 10 } } };
    const notices = { use: (onRoundTrip: (tookMs: number) => void) => onRoundTrip(readMs), end: () => undefined };
    const engine = logs.newEngine();
    const budget = new SharedBudget({ engine, settings, clock, random: seeded(1), report: () => undefined, notices });
    budget.prepare(LIMIT);
    await clock.run(1000);
    logs.store(LIMIT, formatTicket(ticketOf("other", 1, { calls: 10 })));
    await clock.run(1500);
    budget.setDemand(LIMIT, 1, 1);
    await clock.run(1800);
    return budget.waitMs(LIMIT, clock.now());
  };
  expect((await waitMs(20)) - (await waitMs(200))).toBeGreaterThan(20);
});

test("has the list that the command writes to", () => {
  expect(listName(NOTICES)).toBe("flex-throttle.settings");
});

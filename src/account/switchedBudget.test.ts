import { newScene } from "../../testing/scene";
import { readSettings } from "../settings/readSettings";
import { NO_ACCOUNT_BUDGET } from "../throttle/accountBudget";
import { BudgetSettings, ClosableBudget, SwitchedBudget } from "./switchedBudget";

const LIMIT = "POST /channels";
const ON = { account: { budget: "sync" } };

/** A live budget whose turns come at `turnMs`, and what was done with it. */
class FakeBudget implements ClosableBudget {
  readonly health = "live";
  readonly demand: [string, number][] = [];
  readonly listeners = new Set<() => void>();
  isClosed = false;
  turnMs = 0;

  constructor(readonly settings: BudgetSettings) {}

  waitMs = (_: string, nowMs: number) => Math.max(0, this.turnMs - nowMs);
  estimateWaitMs = this.waitMs;
  prepare = () => undefined;
  take = NO_ACCOUNT_BUDGET.take;
  loadMs = () => 0;
  setDemand = (limit: string, waiting: number) => void this.demand.push([limit, waiting]);
  status = () => ({ health: "live" as const, sinceMs: 0, countedMs: 60_000, limits: [] });
  onChange = (listener: () => void) => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };
  close = () => void (this.isClosed = true);
}

function begin() {
  const created: FakeBudget[] = [];
  const budget = new SwitchedBudget((settings) => {
    created.push(new FakeBudget(settings));
    return created[created.length - 1];
  });
  const scene = newScene({ accountBudget: budget });
  const configure = (written: object) => budget.configure(readSettings(written).settings);
  const queued = (isSent: () => void) =>
    void scene.throttle.acquire({ limits: [LIMIT], name: "call" }).then((permit) => {
      permit.markSent();
      isSent();
    });
  return { ...scene, budget, created, configure, queued };
}

test("creates no budget unless the settings ask for one in the mode enforce", () => {
  const { throttle, created, configure } = begin();
  configure({});
  configure({ ...ON, mode: "observe" });
  configure({ ...ON, mode: "off" });
  expect(created).toEqual([]);
  expect(throttle.accountBudgetStatus().health).toBe("off");
  configure(ON);
  expect(created).toHaveLength(1);
  expect(throttle.accountBudgetStatus().health).toBe("live");
});

test("closes the budget when the settings turn it off", () => {
  const { throttle, created, configure } = begin();
  configure(ON);
  configure({});
  expect(created).toMatchObject([{ isClosed: true, listeners: new Set() }]);
  expect(throttle.accountBudgetStatus().health).toBe("off");
});

test("replaces the budget only when a setting that it depends on changes", () => {
  const { created, configure } = begin();
  configure(ON);
  configure({ ...ON, queue: { maxLength: 9 } });
  expect(created).toHaveLength(1);
  configure({ account: { ...ON.account, guard: 0.08 } });
  configure({ account: { ...ON.account, guard: 0.08 }, limits: { [LIMIT]: { perSecond: 20 } } });
  expect(created.map(({ isClosed }) => isClosed)).toEqual([true, true, false]);
  expect(created[2].settings).toMatchObject({ account: { guard: 0.08 }, rates: { [LIMIT]: { perSecond: 20 } } });
});

test("passes the calls that are already queued to a new budget", async () => {
  const { clock, created, configure, queued } = begin();
  configure(ON);
  created[0].turnMs = 60_000;
  queued(jest.fn());
  configure({ account: { ...ON.account, guard: 0.1 } });
  expect(created[1].demand).toEqual([[LIMIT, 1]]);
  await clock.run(1000);
  expect(created[1].demand).toEqual([
    [LIMIT, 1],
    [LIMIT, 0],
  ]);
});

test("sends the calls that wait for the account's turn once the budget is off", async () => {
  const { clock, created, configure, queued } = begin();
  configure(ON);
  created[0].turnMs = 60_000;
  const sent = jest.fn();
  queued(sent);
  await clock.run(1000);
  expect(sent).not.toHaveBeenCalled();
  configure({});
  await clock.run(1001);
  expect(sent).toHaveBeenCalledTimes(1);
});

test("sends queued calls when the budget's turns change", async () => {
  const { clock, created, configure, queued } = begin();
  configure(ON);
  created[0].turnMs = 60_000;
  const sent = jest.fn();
  queued(sent);
  created[0].turnMs = 500;
  created[0].listeners.forEach((listener) => listener());
  await clock.run(600);
  expect(sent).toHaveBeenCalledTimes(1);
});

test("closes its budget when it is closed", () => {
  const { budget, created, configure } = begin();
  configure(ON);
  budget.close();
  expect(created[0].isClosed).toBe(true);
  expect(budget.health).toBe("off");
});

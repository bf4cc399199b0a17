import { makeReport } from "../record/report";
import { AdminScene, newAdminScene, WALL_MS } from "../../testing/adminServices";
import { installSupportHook, SupportHook } from "./supportHook";

const page = window as unknown as { flexThrottle?: SupportHook };

let scene: AdminScene;
let end: () => void = () => undefined;
const reports: unknown[] = [];
const { log, table } = console;
let printed: unknown[][];
beforeEach(() => {
  scene = newAdminScene();
  reports.length = 0;
  printed = [];
  console.log = (...words) => void printed.push(words);
  console.table = (...words) => void printed.push(words);
});
afterEach(() => {
  end();
  delete page.flexThrottle;
  Object.assign(console, { log, table });
  Object.defineProperty(navigator, "clipboard", { configurable: true, value: undefined });
});

const install = () =>
  (end = installSupportHook({
    makeReport: () => makeReport(scene.services),
    describe: ({ kind }) => `Do: ${kind}.`,
    report: (error) => reports.push(error),
  }));
const hook = () => page.flexThrottle as SupportHook;

test("returns the current report", async () => {
  install();
  expect(hook().report().events).toHaveLength(1);
  await scene.clock.until(scene.send({ limits: ["POST /channels"] }));
  expect(hook().report()).toMatchObject({
    format: "flex-throttle-report",
    plugin: "1.2.3",
    events: [{}, { outcome: "sent" }],
  });
});

test("copies the report as JSON and confirms it", async () => {
  const writeText = jest.fn(async (_text: string) => undefined);
  Object.defineProperty(navigator, "clipboard", { configurable: true, value: { writeText } });
  install();
  await hook().copy();
  expect(JSON.parse(writeText.mock.calls[0][0])).toEqual(JSON.parse(JSON.stringify(hook().report())));
  expect(printed).toEqual([["Copied."]]);
});

test("names an alternative if the browser does not copy", async () => {
  install();
  await expect(hook().copy()).rejects.toThrow("Type this into the console instead: copy(flexThrottle.report())");
});

test("prints the limits, the history and the latest decisions as tables", async () => {
  install();
  await scene.clock.until(Promise.all(Array.from({ length: 40 }, () => scene.send({ limits: ["POST /channels"] }))));
  hook().show();
  const [[title], [limits], flexFlows, [history], [events]] = printed as [
    [string],
    [Record<string, object>],
    unknown[],
    [readonly object[]],
    [Record<string, object>],
  ];
  expect(history).toMatchObject([{ limit: "POST /channels", starts: 40 }]);
  expect(title).toBe("Flex Throttle 1.2.3, mode enforce. Decisions recorded: 41.");
  expect(limits["POST /channels"]).toMatchObject({ calls: 40 });
  expect(flexFlows).toEqual(["Flex Flows:", { count: 0, max: 2500 }]);
  expect(Object.values(events)).toHaveLength(30);
  expect(Object.values(events)[29]).toMatchObject({ call: "test", limits: "POST /channels", outcome: "sent" });
});

test("prints the account budget unless it is off", () => {
  const limits = [{ limit: "POST /channels", isPaced: true, starts: 9, waiting: 2, agents: 3, throttled: 1 }];
  const status = { health: "live", sinceMs: 0, countedMs: 60_000, limits } as const;
  scene = { ...scene, services: { ...scene.services, accountBudget: () => status } };
  install();
  hook().show();
  expect(printed[2]).toEqual([
    "Account budget:",
    { health: "live", since: new Date(WALL_MS).toISOString(), countedMs: 60_000 },
  ]);
  expect(printed[3]).toEqual([{ "POST /channels": { isPaced: true, starts: 9, waiting: 2, agents: 3, throttled: 1 } }]);
});

test("prints the observation and its recommendations", async () => {
  scene.configure({ mode: "observe" });
  install();
  await scene.clock.until(Promise.all(Array.from({ length: 25 }, () => scene.send({ limits: ["POST /channels"] }))));
  await scene.clock.run(90_000);
  hook().show();
  const [since, [observed], suggestion] = printed.slice(3) as [unknown[], [Record<string, object>], unknown[]];
  expect(since).toEqual([`Observed for 1 min since ${new Date(WALL_MS).toISOString()}:`]);
  expect(observed).toEqual({
    "POST /channels": expect.objectContaining({
      calls: 25,
      peakPerSecond: 25,
      wouldWait: 15,
      waits: "95 % up to 2000 ms",
      throttled: 15,
    }),
  });
  expect(suggestion).toEqual(["Do: enforce."]);
});

test("is not enumerable on the window, and is removed on uninstall", () => {
  install();
  expect(Object.keys(window)).not.toContain("flexThrottle");
  end();
  expect("flexThrottle" in window).toBe(false);
});

test("leaves an object of another script unchanged, installed before or after it", () => {
  const theirs = {} as SupportHook;
  page.flexThrottle = theirs;
  install();
  expect(page.flexThrottle).toBe(theirs);
  expect(String(reports[0])).toContain("window.flexThrottle is in use by another script");
  end();
  expect(page.flexThrottle).toBe(theirs);
  delete page.flexThrottle;
  install();
  page.flexThrottle = theirs;
  end();
  expect(page.flexThrottle).toBe(theirs);
});

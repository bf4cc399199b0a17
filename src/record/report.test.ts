import { AdminScene, newAdminScene, WALL_MS } from "../../testing/adminServices";
import { FlexFlowCount } from "../limits/flexFlowCount";
import { eventsCsv, historyCsv, limitsCsv, makeReport } from "./report";

const LIMIT = "POST /channels"; // 10/s
const SID = "CH0123456789abcdef0123456789abcdef";

let scene: AdminScene;

function begin(settings: object = {}): void {
  scene = newAdminScene({ settings, random: () => 0.5 });
}

/** Produces every outcome that a call can have. */
async function makeBusy(): Promise<void> {
  const { account, clock, throttle, send } = scene;
  const about = {
    limits: [LIMIT],
    key: SID,
    kind: "join",
    isExemptFromQueueLimit: true,
    isExemptFromRetryBudget: true,
  } as const;
  const controller = new AbortController();
  const all = [
    ...Array.from({ length: 25 }, () => send(about)),
    send({ ...about, signal: controller.signal }),
    send({ ...about, onBurst: "reject", kind: "other", isExemptFromQueueLimit: false, isExemptFromRetryBudget: false }),
  ];
  await clock.run(100);
  account.closed = { scope: "account", retryAfterMs: 2000 };
  await clock.run(1300);
  controller.abort();
  throttle.cancel(throttle.status().waiting[0].id);
  account.closed = undefined;
  await clock.until(Promise.allSettled(all));
}

test("contains the plugin, the settings in use, each limit and each decision", async () => {
  begin({ limits: { [LIMIT]: { perSecond: 5 } }, queue: { maxLength: -1 } });
  await scene.clock.until(Promise.all(Array.from({ length: 7 }, () => scene.send({ limits: [LIMIT] }))));
  const report = makeReport(scene.services);
  expect(report).toMatchObject({
    format: "flex-throttle-report",
    version: 2,
    plugin: "1.2.3",
    flex: "1.34.6",
    browser: "Firefox/140.0",
    timeZone: "Europe/Madrid",
    at: new Date(WALL_MS + scene.clock.now()).toISOString(),
    mode: "enforce",
  });
  expect(report.settings.rates[LIMIT]).toEqual({ perSecond: 5, burst: 5 });
  expect(report.problems).toEqual(["flexThrottle.queue.maxLength is -1; expected a whole number, 1 or more."]);
  expect(report.limits.map(({ limit }) => limit)).toEqual(Object.keys(report.settings.rates));
  expect(report.limits.find(({ limit }) => limit === LIMIT)).toEqual({
    limit: LIMIT,
    configuredPerSecond: 5,
    adaptivePerSecond: 5,
    calls: 7,
    callsInLast5Minutes: 7,
    peakPerSecond: 5,
    waiting: 0,
    longestWaitMs: 0,
    throttledInLastHour: 0,
  });
  expect(report.events).toHaveLength(8);
  expect(report.events[1]).toEqual({
    at: new Date(WALL_MS).toISOString(),
    callNumber: 1,
    call: "test",
    limits: [LIMIT],
    outcome: "sent",
    waitMs: 0,
    attempt: 1,
  });
  expect(report).not.toHaveProperty("observation");
});

test("reports the end of a cool-down and the queued calls", async () => {
  begin();
  scene.account.closed = { scope: "limit", retryAfterMs: 4000 };
  void scene.send({ limits: [LIMIT] });
  await scene.clock.run(1000);
  const limit = makeReport(scene.services).limits.find((one) => one.limit === LIMIT);
  expect(limit).toMatchObject({
    waiting: 1,
    longestWaitMs: 1000,
    throttledInLastHour: 1,
    coolDownUntil: new Date(WALL_MS + 4180).toISOString(),
  });
  scene.account.closed = undefined;
});

test("rounds the adaptive rate, because people read it", () => {
  begin();
  const limits = scene.services.limits().map((limit) => ({ ...limit, adaptivePerSecond: 7 / 3 }));
  expect(makeReport({ ...scene.services, limits: () => limits }).limits[0].adaptivePerSecond).toBe(2.33);
});

test("reports the state of the account budget", () => {
  begin();
  expect(makeReport(scene.services).accountBudget).toMatchObject({ health: "off", limits: [] });
  const limits = [{ limit: LIMIT, isPaced: false, starts: 9, waiting: 2, agents: 3, throttled: 1 }];
  const status = { health: "degraded", sinceMs: 2000, problem: "slow", countedMs: 60_000, limits } as const;
  expect(makeReport({ ...scene.services, accountBudget: () => status }).accountBudget).toEqual({
    health: "degraded",
    since: new Date(WALL_MS + 2000).toISOString(),
    problem: "slow",
    countedMs: 60_000,
    limits,
  });
});

test("reports when the whole list of Flex Flows was last read", () => {
  begin();
  const flows = new FlexFlowCount(10);
  const sources = { ...scene.services, flexFlows: () => flows };
  flows.recordList(["FO1"], undefined, 0);
  expect(makeReport(sources).flexFlows).toEqual({ count: 1, max: 10 });
  flows.recordList(["FO1", "FO2"], { page: 0, isLast: true }, 0);
  expect(makeReport(sources).flexFlows).toEqual({ count: 2, max: 10, listedAt: new Date(WALL_MS).toISOString() });
});

test("contains the measurements of mode observe and the suggestions", async () => {
  begin({ mode: "observe" });
  await scene.clock.until(Promise.all(Array.from({ length: 12 }, () => scene.send({ limits: [LIMIT] }))));
  const { observation, suggestions } = makeReport(scene.services);
  expect(observation?.limits[LIMIT]).toMatchObject({ calls: 12, wouldWait: 2 });
  expect(suggestions?.[0]).toMatchObject({ kind: "enforce", wouldWait: 2 });
});

test("contains no keys of calls and no SID from the settings, whatever happened", async () => {
  begin({
    queue: { maxWaitSeconds: 20 },
    routes: [
      { method: "POST", url: `https://chat.twilio.com/v2/Services/${SID.replace("CH", "IS")}/x`, limits: [LIMIT] },
    ],
  });
  await makeBusy();
  const report = makeReport(scene.services);
  const outcomes = new Set(report.events.map(({ outcome }) => outcome));
  expect(Array.from(outcomes).sort()).toEqual(["aborted", "dropped", "retried", "sent", "settings"]);
  for (const text of [JSON.stringify(report), limitsCsv(report), eventsCsv(report), historyCsv(report)])
    expect(text).not.toMatch(/[0-9a-f]{32}/);
  expect(report.settings.routes[0].url).toBe("https://chat.twilio.com/v2/Services/ISxx/x");
});

test("writes one CSV line per limit and per decision", async () => {
  begin();
  await scene.clock.until(scene.send({ limits: [LIMIT, "GET /channels"], name: "=Action, by name" }));
  const report = makeReport(scene.services);
  const limits = limitsCsv(report).split("\r\n");
  expect(limits[0]).toBe(
    "limit,configuredPerSecond,adaptivePerSecond,calls,callsInLast5Minutes,peakPerSecond,waiting,longestWaitMs,throttledInLastHour,coolDownUntil,coolDownCause",
  );
  expect(limits.filter((line) => line.startsWith(`${LIMIT},`))).toEqual([`${LIMIT},10,10,1,1,1,0,0,0,,`]);
  expect(limits).toHaveLength(report.limits.length + 2);
  expect(eventsCsv(report).split("\r\n").slice(0, 3)).toEqual([
    "at,callNumber,call,limits,outcome,waitMs,remainingWaitMs,attempt,reason",
    `${new Date(WALL_MS).toISOString()},,settings,,settings,,,,enforce`,
    `${new Date(WALL_MS).toISOString()},1,"'=Action, by name",POST /channels + GET /channels,sent,0,,1,`,
  ]);
});

test("contains the history by hour and limit, also as CSV", async () => {
  begin();
  await scene.clock.until(Promise.all(Array.from({ length: 12 }, () => scene.send({ limits: [LIMIT] }))));
  const report = makeReport(scene.services);
  const hour = "2023-11-14T22:00:00.000Z";
  expect(report.history).toEqual([
    { hour, limit: LIMIT, starts: 12, waits: 2, waitMs: expect.any(Number) as number, throttled: 0, dropped: 0 },
  ]);
  expect(historyCsv(report)).toBe(
    `hour,limit,starts,waits,waitMs,throttled,dropped\r\n${hour},${LIMIT},12,2,${report.history[0].waitMs},0,0\r\n`,
  );
});

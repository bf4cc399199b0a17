import { DEFAULT_SETTINGS } from "../../testing/defaultSettings";
import { readSettings } from "./readSettings";

const EXAMPLE = {
  mode: "enforce",
  onBurst: "queue",
  limits: {
    "POST /WebChannels": { perSecond: 8 },
    "POST /channels": { perSecond: 10, burst: 3 },
    "Flex Flows": { max: 3000 },
  },
  actions: { SendOutboundSms: { limits: ["POST /channels", "Proxy Out-of-Session callbacks"], onBurst: "defer" } },
  routes: [{ method: "POST", url: "https://*.twil.io/create-webchat", limits: ["POST /WebChannels"] }],
  queue: { maxLength: 500, maxWaitSeconds: 60 },
};

test.each([[undefined], [{}]])("%p gives the defaults", (written) => {
  expect(readSettings(written)).toEqual({ settings: DEFAULT_SETTINGS, problems: [] });
});

test("finds no problems in the example", () => {
  const { settings, problems } = readSettings(EXAMPLE);
  expect(problems).toEqual([]);
  expect(settings).toEqual({
    ...DEFAULT_SETTINGS,
    rates: {
      ...DEFAULT_SETTINGS.rates,
      "POST /WebChannels": { perSecond: 8, burst: 8 },
      "POST /channels": { perSecond: 10, burst: 3 },
    },
    maxFlexFlows: 3000,
    actions: EXAMPLE.actions,
    routes: EXAMPLE.routes,
  });
});

test("does not change its input", () => {
  const written = { ...EXAMPLE, mode: "onn", limits: { nope: 1 } };
  const before = JSON.stringify(written);
  readSettings(written);
  expect(JSON.stringify(written)).toBe(before);
});

test("a rate below 1 per second has a burst of 1", () => {
  expect(readSettings({ limits: { "GET /channels": { perSecond: 0.5 } } }).settings.rates["GET /channels"]).toEqual({
    perSecond: 0.5,
    burst: 1,
  });
});

test("telemetry is off unless it is true", () => {
  expect(readSettings({ telemetry: true }).settings.telemetry).toBe(true);
  expect(readSettings({ telemetry: "true" }).settings.telemetry).toBe(false);
});

test("the account budget is off unless it is set, and uses the default Sync service unless one is named", () => {
  const service = `IS${"0a".repeat(16)}`;
  const read = (account: object) => readSettings({ account }).settings.account;
  expect(read({ budget: "sync" })).toEqual({ budget: "sync", guard: 0.06 });
  expect(read({ guard: 0, service })).toEqual({ budget: "off", guard: 0, service });
});

test("keeps one of two equal limits in a list", () => {
  const { settings, problems } = readSettings({ actions: { A: { limits: ["POST /channels", "POST /channels"] } } });
  expect(settings.actions.A.limits).toEqual(["POST /channels"]);
  expect(problems).toEqual([]);
});

test("reads the label of an Action, and reports one that is no text", () => {
  const withLabel = (label: unknown) => readSettings({ actions: { SendSms: { limits: ["POST /channels"], label } } });
  expect(withLabel("Send a text message").settings.actions.SendSms.label).toBe("Send a text message");
  expect(withLabel("").problems.map(({ path }) => path)).toEqual(["flexThrottle.actions.SendSms.label"]);
});

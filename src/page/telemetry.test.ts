import { Throttle } from "../flexThrottle";
import { newThrottle, useUp } from "../../testing/throttles";
import { elapse, useVirtualTime } from "../../testing/virtualTime";
import { installTelemetry } from "./telemetry";

const LIMIT = "POST /channels"; // 10 a second
const QUARTER_MS = 900_000;

useVirtualTime();

let throttle: Throttle;
let end: () => void;
let isOn: boolean;
const send = jest.fn();
const reports: unknown[] = [];
beforeEach(() => {
  send.mockReset();
  reports.length = 0;
  isOn = true;
  throttle = newThrottle();
});
afterEach(() => end());

const install = (sender: Parameters<typeof installTelemetry>[0]["send"] = send) =>
  (end = installTelemetry({ throttle, send: sender, isOn: () => isOn, report: (error) => reports.push(error) }));

async function sendCall(): Promise<void> {
  const permit = await throttle.acquire({ limits: [LIMIT], name: "join", kind: "join", key: "CH-secret" });
  permit.markSent();
  permit.markEnded("answered");
}

/** Ten calls are sent at once and twelve later; then one is throttled, and one is rejected. */
async function makeTrouble(): Promise<void> {
  useUp(throttle, LIMIT);
  const rejected = expect(throttle.acquire({ limits: [LIMIT], name: "test", onBurst: "reject" })).rejects.toThrow();
  const all = Array.from({ length: 12 }, sendCall);
  await elapse(3000);
  await Promise.all([rejected, ...all]);
  const permit = await throttle.acquire({ limits: [LIMIT], name: "test" });
  permit.markSent();
  permit.markEnded({ scope: "limit" });
}

test("sends counts every 15 minutes, each once", async () => {
  install();
  await makeTrouble();
  expect(send).not.toHaveBeenCalled();
  jest.advanceTimersByTime(QUARTER_MS);
  expect(send.mock.calls).toEqual([
    ["flex-throttle-summary", { sent: "23", waited: "12", throttled: "1", dropped: "1" }],
  ]);
  jest.advanceTimersByTime(QUARTER_MS);
  expect(send).toHaveBeenCalledTimes(1);
});

test("sends counts when the page closes", async () => {
  install();
  await makeTrouble();
  window.dispatchEvent(new Event("pagehide"));
  expect(send).toHaveBeenCalledTimes(1);
});

test("sends nothing if no call waited", async () => {
  install();
  await sendCall();
  jest.advanceTimersByTime(QUARTER_MS);
  window.dispatchEvent(new Event("pagehide"));
  expect(send).not.toHaveBeenCalled();
});

test("counts and sends nothing while switched off", async () => {
  isOn = false;
  install();
  await makeTrouble();
  isOn = true;
  jest.advanceTimersByTime(QUARTER_MS);
  await makeTrouble();
  isOn = false;
  window.dispatchEvent(new Event("pagehide"));
  expect(send).not.toHaveBeenCalled();
});

test("reports a failure to send", async () => {
  install(() => {
    throw new Error("no");
  });
  await makeTrouble();
  jest.advanceTimersByTime(QUARTER_MS);
  expect(reports).toHaveLength(1);
});

test("removes its listeners and timer", async () => {
  install();
  await makeTrouble();
  const timers = jest.getTimerCount();
  end();
  expect(jest.getTimerCount()).toBe(timers - 1);
  window.dispatchEvent(new Event("pagehide"));
  expect(send).not.toHaveBeenCalled();
});

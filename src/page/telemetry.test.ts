import { newThrottle, useUp } from "../../testing/throttles";
import { elapse, useVirtualTime } from "../../testing/virtualTime";
import { Throttle } from "../throttle/throttle";
import { installTelemetry } from "./telemetry";

const LIMIT = "POST /channels"; // 10 a second
const QUARTER_MS = 900_000;

useVirtualTime();

let throttle: Throttle;
let end: () => void;
let isOn: boolean;
const told = jest.fn();
const reports: unknown[] = [];
beforeEach(() => {
  told.mockReset();
  reports.length = 0;
  isOn = true;
  throttle = newThrottle();
});
afterEach(() => end());

const install = (manager: Parameters<typeof installTelemetry>[0]["manager"] = { reportPluginInteraction: told }) =>
  (end = installTelemetry({ throttle, manager, isOn: () => isOn, report: (error) => reports.push(error) }));

async function send(): Promise<void> {
  const permit = await throttle.acquire({ limits: [LIMIT], name: "join", kind: "join", key: "CH-secret" });
  permit.markSent();
  permit.markAnswered();
}

/** Ten go at once and twelve a second later or more; then one is refused, and one was not sent at all. */
async function makeTrouble(): Promise<void> {
  useUp(throttle, LIMIT);
  await expect(throttle.acquire({ limits: [LIMIT], name: "test", onBurst: "reject" })).rejects.toThrow();
  const all = Array.from({ length: 12 }, send);
  await elapse(3000);
  await Promise.all(all);
  const permit = await throttle.acquire({ limits: [LIMIT], name: "test" });
  permit.markSent();
  permit.markThrottled({ scope: "limit" });
}

test("tells counts each quarter of an hour, and only once", async () => {
  install();
  await makeTrouble();
  expect(told).not.toHaveBeenCalled();
  jest.advanceTimersByTime(QUARTER_MS);
  expect(told.mock.calls).toEqual([
    [
      {
        name: "flex-throttle-summary",
        status: "complete",
        details: { sent: "23", waited: "12", refused: "1", givenUp: "1" },
      },
    ],
  ]);
  jest.advanceTimersByTime(QUARTER_MS);
  expect(told).toHaveBeenCalledTimes(1);
});

test("tells also when the page goes", async () => {
  install();
  await makeTrouble();
  window.dispatchEvent(new Event("pagehide"));
  expect(told).toHaveBeenCalledTimes(1);
});

test("that calls went out without a wait is nothing to tell", async () => {
  install();
  await send();
  jest.advanceTimersByTime(QUARTER_MS);
  window.dispatchEvent(new Event("pagehide"));
  expect(told).not.toHaveBeenCalled();
});

test("switched off nothing is told, nor counted for later", async () => {
  isOn = false;
  install();
  await makeTrouble();
  isOn = true;
  jest.advanceTimersByTime(QUARTER_MS);
  await makeTrouble();
  isOn = false;
  window.dispatchEvent(new Event("pagehide"));
  expect(told).not.toHaveBeenCalled();
});

test("a Flex that cannot take it, or fails at it, is not disturbed", async () => {
  install({});
  await makeTrouble();
  jest.advanceTimersByTime(QUARTER_MS);
  expect(reports).toEqual([]);
  end();
  install({
    reportPluginInteraction: () => {
      throw new Error("no");
    },
  });
  await makeTrouble();
  jest.advanceTimersByTime(QUARTER_MS);
  expect(reports).toHaveLength(1);
});

test("ended, it listens to nothing", async () => {
  install();
  await makeTrouble();
  const timers = jest.getTimerCount();
  end();
  expect(jest.getTimerCount()).toBe(timers - 1);
  window.dispatchEvent(new Event("pagehide"));
  expect(told).not.toHaveBeenCalled();
});

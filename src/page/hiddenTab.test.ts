/** How much of a limit calls use in a hidden tab, whose timers the browser delays; every round trip takes the same time. */

import { newScene, Scene, STEADY, tooManyIn } from "../../testing/scene";
import { settingsOf } from "../../testing/throttles";
import { Throttle } from "../throttle/throttle";
import { createBrowserClock } from "./browserClock";

const LIMIT = "POST /channels"; // 10 a second

let scene: Scene;
beforeEach(() => {
  scene = newScene({ delay: STEADY });
  jest.spyOn(performance, "now").mockImplementation(() => scene.clock.now());
});
afterEach(() => {
  jest.restoreAllMocks();
  delete (window as { Worker?: unknown }).Worker;
  delete (URL as { createObjectURL?: unknown }).createObjectURL;
  delete (URL as { revokeObjectURL?: unknown }).revokeObjectURL;
});

/** The page's timers fire only at multiples of this time. */
function alignPageTimers(toMs: number): void {
  const { clock } = scene;
  jest.spyOn(window, "setTimeout").mockImplementation(((
    callback: (...all: unknown[]) => void,
    delayMs = 0,
    ...all: unknown[]
  ) => {
    clock.schedule(() => callback(...all), Math.ceil((clock.now() + delayMs) / toMs) * toMs - clock.now());
    return 0;
  }) as unknown as typeof setTimeout);
}

/** A worker's timers fire on time. */
function allowWorker(): void {
  const { clock } = scene;
  class PunctualWorker {
    onmessage?: (event: { data: number }) => void;
    postMessage({ id, delayMs }: { id: number; delayMs: number }): void {
      clock.schedule(() => this.onmessage?.({ data: id }), delayMs);
    }
    terminate = () => undefined;
  }
  Object.assign(window, { Worker: PunctualWorker });
  Object.assign(URL, { createObjectURL: () => "blob:worker", revokeObjectURL: () => undefined });
}

/** Sends the calls of twelve seconds, all queued at once. @returns the share of the limit that they used, 0 to 1. */
async function shareUsed(): Promise<number> {
  const { clock, account } = scene;
  const throttle = new Throttle({
    settings: settingsOf({ queue: { maxLength: 1000, maxWaitSeconds: 86_400 } }),
    clock: createBrowserClock(),
    random: () => 0.5,
  });
  const send = () => throttle.run({ limits: [LIMIT], name: "test" }, () => account.request([LIMIT]), tooManyIn);
  await clock.until(Promise.all(Array.from({ length: 120 }, send)));
  const times = account.sentAtMs.get(LIMIT) as number[];
  expect(account.throttledCount).toBe(0);
  return 11_000 / (times[119] - times[0]);
}

test.each([1000, 60_000])(
  "uses at least 95 %% of a limit with a worker when the page's timers fire every %i ms",
  async (toMs) => {
    alignPageTimers(toMs);
    allowWorker();
    expect(await shareUsed()).toBeGreaterThanOrEqual(0.95);
  },
);

test("uses half of a limit without a worker when the page's timers fire every second", async () => {
  alignPageTimers(1000);
  expect(await shareUsed()).toBeCloseTo(0.5, 1);
});

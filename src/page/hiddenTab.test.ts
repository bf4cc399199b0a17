/** How much of a limit is used in a tab that nobody sees, where the browser holds the page's own timers back; ways are steady. */

import { newScene, refusalIn, Scene, STEADY } from "../../testing/scene";
import { settingsOf } from "../../testing/throttles";
import { Throttle } from "../throttle/throttle";
import { createBrowserClock } from "./browserClock";

const LIMIT = "POST /channels"; // 10 a second

let scene: Scene;
beforeEach(() => void (scene = newScene({ way: STEADY })));
afterEach(() => {
  scene.end();
  jest.restoreAllMocks();
  delete (window as { Worker?: unknown }).Worker;
  delete (URL as { createObjectURL?: unknown }).createObjectURL;
  delete (URL as { revokeObjectURL?: unknown }).revokeObjectURL;
});

/** The page's timers ring only when the clock stands at a whole so-and-so-much. */
function holdBack(toMs: number): void {
  const { clock } = scene;
  jest.spyOn(window, "setTimeout").mockImplementation(((
    ring: (...all: unknown[]) => void,
    delayMs = 0,
    ...all: unknown[]
  ) => {
    clock.schedule(() => ring(...all), Math.ceil((clock.now() + delayMs) / toMs) * toMs - clock.now());
    return 0;
  }) as unknown as typeof setTimeout);
}

/** Its timers ring in time. */
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

/** Of twelve seconds' calls, all asked for at once. */
async function shareUsed(): Promise<number> {
  const { clock, account } = scene;
  const throttle = new Throttle({
    settings: settingsOf({ queue: { maxLength: 1000, maxWaitSeconds: 86_400 } }),
    clock: createBrowserClock(),
    random: () => 0.5,
  });
  const send = () => throttle.run({ limits: [LIMIT], name: "test" }, () => account.request([LIMIT]), refusalIn);
  await clock.until(Promise.all(Array.from({ length: 120 }, send)));
  const times = account.sentAtMs.get(LIMIT) as number[];
  expect(account.refused).toBe(0);
  return 11_000 / (times[119] - times[0]);
}

test.each([1000, 60_000])(
  "where the page's timers ring once in %i ms it is at least 95 %%, by a worker's",
  async (toMs) => {
    holdBack(toMs);
    allowWorker();
    expect(await shareUsed()).toBeGreaterThanOrEqual(0.95);
  },
);

test("without a worker it would be half, where they ring once a second", async () => {
  holdBack(1000);
  expect(await shareUsed()).toBeCloseTo(0.5, 1);
});

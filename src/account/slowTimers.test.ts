import { newSharedScene } from "../../testing/sharedScene";
import { tooManyIn } from "../../testing/scene";
import { readSettings } from "../settings/readSettings";
import { Clock } from "../throttle/clock";
import { Throttle } from "../throttle/throttle";
import { SharedBudget } from "./sharedBudget";

const LIMIT = "POST /WebChannels/Users";
const CALL = { limits: [LIMIT] as [typeof LIMIT], name: "test", isExemptFromQueueLimit: true, maxWaitMs: Infinity };
const MINUTE_MS = 60_000;

test.each([1000, MINUTE_MS])("calls are sent in a hidden tab whose timers fire every %d ms", async (everyMs) => {
  const { clock, logs, account } = newSharedScene(0);
  const page: Clock = {
    now: () => clock.now(),
    schedule: (callback, delayMs) => {
      const atMs = Math.ceil((clock.now() + delayMs) / everyMs) * everyMs;
      return clock.schedule(callback, atMs - clock.now());
    },
  };
  const { settings } = readSettings({});
  const own = { settings, clock: page, random: () => 0.5, report: () => undefined };
  const budget = new SharedBudget({ engine: logs.newEngine(), ...own });
  budget.prepare(LIMIT);
  await clock.run(2.2 * MINUTE_MS);
  const throttle = new Throttle({ ...own, accountBudget: budget });
  const beganMs = clock.now();
  for (let n = 0; n < 3; n += 1) void throttle.run(CALL, () => account.request([LIMIT]), tooManyIn);
  await clock.run(beganMs + 2.5 * everyMs + 1000);
  expect(account.sentAtMs.get(LIMIT)).toHaveLength(3);
});

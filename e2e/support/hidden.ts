/** An agent's tab behind another one, and how much of a limit its calls use there. */

import { Desk, until } from "./desk";
import { Tabs } from "./tabs";

/** Ten a second. */
export const CREATE = "POST /channels";
const SECONDS = 12;

/** Creates channels by `fetch`, all at once; resolves to the statuses. */
export const create = (desk: Desk, count: number): Promise<number[]> =>
  desk.evaluate(
    (wanted) =>
      Promise.all(
        Array.from({ length: wanted }, async (_, n) => {
          const body = new URLSearchParams({
            FlexFlowSid: `FO${"0".repeat(32)}`,
            Identity: `buyer-${n}`,
            ChatUserFriendlyName: "B",
            ChatFriendlyName: "C",
          });
          return (await fetch("https://flex-api.twilio.com/v1/Channels", { method: "POST", body })).status;
        }),
      ),
    count,
  );

/**
 * Creates channels for twelve seconds, as many as the limit allows, all asked for at once.
 *
 * @returns the share of the limit that they used, 0 to 1, as the stand-in saw them.
 * @throws Error where one was refused.
 */
export async function shareUsedBy(desk: Desk): Promise<number> {
  const count = 10 * SECONDS;
  const before = desk.requests(CREATE).length;
  const refused = (await create(desk, count)).filter((status) => status !== 201);
  if (refused.length > 0) throw new Error(`${refused.length} of ${count} calls were answered ${refused.join(", ")}`);
  const times = desk
    .requests(CREATE)
    .slice(before)
    .map(({ atMs }) => atMs);
  return (1000 * (SECONDS - 1)) / (times[count - 1] - times[0]);
}

/** Puts another page in front. @returns takes it away again. */
export async function hide(tabs: Tabs, desks: readonly Desk[]): Promise<() => Promise<void>> {
  const other = await tabs.context.newPage();
  await other.bringToFront();
  for (const { page } of desks) await page.waitForFunction(() => document.hidden, undefined, { polling: 100 });
  return () => other.close();
}

interface PageTimers {
  rings: number;
  lastAtMs: number;
  ring(): void;
}

declare global {
  interface Window {
    pageTimers?: PageTimers;
  }
}

/** Lets timers of the page's own follow each other, a tenth of a second apart. */
function startTimers(desk: Desk): Promise<void> {
  return desk.evaluate(() => {
    const timers: PageTimers = {
      rings: 0,
      lastAtMs: 0,
      ring() {
        timers.rings += 1;
        timers.lastAtMs = performance.now();
        setTimeout(() => timers.ring(), 100);
      },
    };
    timers.ring();
    window.pageTimers = timers;
  });
}

const timersOf = (desk: Desk) =>
  desk.evaluate(() => {
    const { rings, lastAtMs } = window.pageTimers as PageTimers;
    return { rings, silentMs: performance.now() - lastAtMs };
  });

/** How often the timers of `holdBackTimers` have rung. */
export const ringsOf = async (desk: Desk): Promise<number> => (await timersOf(desk)).rings;

/** Waits until a hidden tab's own timers ring once a minute, which the browser begins with after a minute at the earliest. */
export async function holdBackTimers(desks: readonly Desk[]): Promise<void> {
  for (const desk of desks) await startTimers(desk);
  for (const desk of desks)
    await until(async () => (await timersOf(desk)).silentMs > 5000, "timers that are held back", 100_000);
}

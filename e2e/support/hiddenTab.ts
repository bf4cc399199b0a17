/** An agent's tab behind another tab, where the browser slows the page's timers down. */

import { Desk, until } from "./desk";
import { Tabs } from "./tabs";

/** Brings another page to the front. @returns a function that closes it again. */
export async function hide(tabs: Tabs, desks: readonly Desk[]): Promise<() => Promise<void>> {
  const other = await tabs.context.newPage();
  await other.bringToFront();
  for (const { page } of desks) await page.waitForFunction(() => document.hidden, undefined, { polling: 100 });
  return () => other.close();
}

interface PageTimers {
  fired: number;
  lastAtMs: number;
  fire(): void;
}

declare global {
  interface Window {
    pageTimers?: PageTimers;
  }
}

/** Starts a chain of timers in the page, 100 ms apart. */
function startTimers(desk: Desk): Promise<void> {
  return desk.evaluate(() => {
    const timers: PageTimers = {
      fired: 0,
      lastAtMs: 0,
      fire() {
        timers.fired += 1;
        timers.lastAtMs = performance.now();
        setTimeout(() => timers.fire(), 100);
      },
    };
    timers.fire();
    window.pageTimers = timers;
  });
}

const readTimers = (desk: Desk) =>
  desk.evaluate(() => {
    const { fired, lastAtMs } = window.pageTimers as PageTimers;
    return { fired, silentMs: performance.now() - lastAtMs };
  });

/** How often the chained timers of the page have fired since `waitForIntensiveThrottling`. */
export const countTimers = async (desk: Desk): Promise<number> => (await readTimers(desk)).fired;

/** Waits until the chained timers of hidden pages fire once a minute, which Chromium starts after a minute at the earliest. */
export async function waitForIntensiveThrottling(desk: Desk): Promise<void> {
  await startTimers(desk);
  await until(async () => (await readTimers(desk)).silentMs > 5000, "timers that fire once a minute");
}

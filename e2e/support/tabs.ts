/**
 * A browser whose tabs are hidden when another is in front, as an agent's are. The driver's own way of starting one makes
 * every page believe that it is seen, and takes the brakes off the timers of those that are not.
 */

import { ChildProcess, spawn } from "child_process";
import { mkdtempSync, rmSync } from "fs";
import { tmpdir } from "os";
import { join } from "path";
import { Browser, BrowserContext, chromium } from "playwright-core";

import { findChromium } from "../../scripts/chromium";

export interface Tabs {
  readonly context: BrowserContext;
  close(): Promise<void>;
}

export interface TabsOptions {
  /**
   * Hidden for so long, in seconds, a silent page's chained timers ring once a minute ("intensive throttling"); Chromium's own
   * default is five minutes. Even an open WebSocket is no exemption since Chrome 88, and Flex has four.
   *
   * @see https://developer.chrome.com/blog/timer-throttling-in-chrome-88
   */
  readonly onceAMinuteAfterSeconds?: number;
}

export async function openTabs({ onceAMinuteAfterSeconds }: TabsOptions = {}): Promise<Tabs> {
  const profile = mkdtempSync(join(tmpdir(), "flex-throttle-tabs-"));
  const args = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--remote-debugging-port=0",
    `--user-data-dir=${profile}`,
  ];
  if (onceAMinuteAfterSeconds !== undefined)
    args.push(`--enable-features=IntensiveWakeUpThrottling:grace_period_seconds/${onceAMinuteAfterSeconds}`);
  const program = spawn(findChromium() as string, [...args, "about:blank"], { stdio: ["ignore", "ignore", "pipe"] });
  const browser: Browser = await chromium.connectOverCDP(await addressOf(program), { noDefaults: true });
  const close = async () => {
    const ended = new Promise((resolve) => program.once("exit", resolve));
    await (await browser.newBrowserCDPSession()).send("Browser.close");
    await ended;
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  };
  return { context: browser.contexts()[0], close };
}

/** Chromium writes where it listens. */
function addressOf(program: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let written = "";
    program.stderr?.on("data", (data) => {
      written += String(data);
      const address = /ws:\/\/\S+/.exec(written);
      if (address) resolve(address[0]);
    });
    program.once("exit", () => reject(new Error(`Chromium ended at once:\n${written}`)));
  });
}

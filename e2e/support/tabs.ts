/**
 * A browser whose tabs are hidden while another tab is in front, as an agent's are. Playwright's own launch makes every
 * page report that it is visible, and switches the throttling of background timers off.
 */

import { ChildProcess, spawn } from "child_process";
import { mkdtempSync, rmSync } from "fs";
import { tmpdir } from "os";
import { join } from "path";
import { Browser, BrowserContext, chromium } from "playwright-core";

import { findChromium } from "../../scripts/chromium";

export interface Tabs {
  readonly context: BrowserContext;
  /** Stops all processes of the browser, as a machine that falls asleep does. Not possible on Windows. */
  stop(): void;
  /** Continues all processes. */
  continue(): void;
  close(): Promise<void>;
}

export interface TabsOptions {
  /**
   * Seconds until Chromium throttles a hidden page's chained timers to one a minute ("intensive throttling"; Chromium's
   * default is 300). Since Chrome 88 an open WebSocket is no exemption.
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
  const program = spawn(findChromium() as string, [...args, "about:blank"], {
    stdio: ["ignore", "ignore", "pipe"],
    // A process group of its own, which can be stopped as a whole.
    detached: true,
  });
  const signal = (name: NodeJS.Signals) => process.kill(-(program.pid as number), name);
  const kill = () => signal("SIGKILL");
  process.once("exit", kill);
  const browser: Browser = await chromium.connectOverCDP(await addressOf(program), { noDefaults: true });
  const close = async () => {
    const ended = new Promise((resolve) => program.once("exit", resolve));
    await (await browser.newBrowserCDPSession()).send("Browser.close");
    await ended;
    process.off("exit", kill);
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  };
  return {
    context: browser.contexts()[0],
    stop: () => void signal("SIGSTOP"),
    continue: () => void signal("SIGCONT"),
    close,
  };
}

/** Chromium prints the address of its debugging port. */
function addressOf(program: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let written = "";
    program.stderr?.on("data", (data) => {
      written += String(data);
      const address = /ws:\/\/\S+/.exec(written);
      if (address) resolve(address[0]);
    });
    program.once("exit", () => reject(new Error(`Chromium exited at start:\n${written}`)));
  });
}

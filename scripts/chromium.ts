/** Where a Chromium or Chrome is on this machine, and how one gets there. */

import { spawnSync } from "child_process";
import { existsSync } from "fs";
import { delimiter, dirname, join } from "path";
import { chromium } from "playwright-core";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];

const ELSEWHERE = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe",
];

/** @returns the program's path, `CHROME_PATH` first; `undefined` when there is none. */
export function findChromium(): string | undefined {
  const onPath = (process.env.PATH ?? "").split(delimiter).flatMap((folder) => NAMES.map((name) => join(folder, name)));
  const wanted = process.env.CHROME_PATH
    ? [process.env.CHROME_PATH]
    : [...onPath, ...ELSEWHERE, chromium.executablePath()];
  return wanted.find((path) => existsSync(path));
}

/**
 * Makes sure that there is one: by the system's package manager where it can be used, else by the browser driver's own
 * download.
 *
 * @throws Error that says what to do.
 */
export function installChromium(): void {
  if (findChromium()) return;
  console.log("No Chromium or Chrome was found; installing Chromium.");
  const isDebianRoot = process.getuid?.() === 0 && existsSync("/usr/bin/apt-get");
  const ways = [...(isDebianRoot ? [APT] : []), DRIVER];
  if (ways.some((way) => way.every(([program, ...args]) => succeeds(program, args)) && findChromium())) return;
  throw new Error(
    "No Chromium could be installed. Install Chromium or Chrome, or name one: CHROME_PATH=/path/to/chrome npm test",
  );
}

const APT = [
  ["apt-get", "update", "-qq"],
  ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"],
];

const DRIVER = [
  [process.execPath, join(dirname(require.resolve("playwright-core/package.json")), "cli.js"), "install", "chromium"],
];

function succeeds(program: string, args: string[]): boolean {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  return spawnSync(program, args, { stdio: ["ignore", "ignore", "inherit"], env }).status === 0;
}

/** Finds a Chromium or Chrome on this machine, or installs one. */

import { spawnSync } from "child_process";
import { existsSync } from "fs";
import { delimiter, dirname, join } from "path";
import { chromium } from "playwright-core";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];

const VERSION_TIMEOUT_MS = 30_000;

const OTHER_PATHS = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe",
];

let found: string | undefined;

/**
 * @returns the path of the program, or `undefined` if there is none. `CHROME_PATH` takes precedence.
 * @throws Error if CHROME_PATH is not a Chromium or Chrome.
 */
export function findChromium(): string | undefined {
  return (found ??= candidates().find(isBrowser));
}

function candidates(): string[] {
  const { CHROME_PATH } = process.env;
  if (CHROME_PATH) {
    if (isBrowser(CHROME_PATH)) return [CHROME_PATH];
    throw new Error(`CHROME_PATH is ${CHROME_PATH}, which does not run as Chromium or Chrome.`);
  }
  const onPath = (process.env.PATH ?? "").split(delimiter).flatMap((folder) => NAMES.map((name) => join(folder, name)));
  return [...onPath, ...OTHER_PATHS, chromium.executablePath()];
}

/** Ubuntu's chromium-browser can be a script that only says how to install the snap. */
function isBrowser(path: string): boolean {
  if (!existsSync(path)) return false;
  // Chrome for Windows opens a window instead of printing its version.
  if (process.platform === "win32") return true;
  const { status, stdout } = spawnSync(path, ["--version"], { encoding: "utf8", timeout: VERSION_TIMEOUT_MS });
  return status === 0 && /chrom.*\d+\.\d+/i.test(stdout);
}

/**
 * Installs a Chromium if there is none: with apt-get if possible, otherwise with the download of playwright-core.
 *
 * @throws Error that says what to do.
 */
export function installChromium(): void {
  if (findChromium()) return;
  console.log("No Chromium or Chrome was found. Installing Chromium.");
  const isDebianRoot = process.getuid?.() === 0 && existsSync("/usr/bin/apt-get");
  const installers = [...(isDebianRoot ? [APT_COMMANDS] : []), DRIVER_COMMANDS];
  if (installers.some((commands) => commands.every(([program, ...args]) => succeeds(program, args)) && findChromium()))
    return;
  throw new Error(
    "Chromium could not be installed. Install Chromium or Chrome, or set its path: CHROME_PATH=/path/to/chrome npm test",
  );
}

const APT_COMMANDS = [
  ["apt-get", "update", "-qq"],
  ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"],
];

const DRIVER_COMMANDS = [
  [process.execPath, join(dirname(require.resolve("playwright-core/package.json")), "cli.js"), "install", "chromium"],
];

function succeeds(program: string, args: string[]): boolean {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  return spawnSync(program, args, { stdio: ["ignore", "ignore", "inherit"], env }).status === 0;
}

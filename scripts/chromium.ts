/** Where a Chromium or Chrome is on this machine. */

import { existsSync } from "fs";
import { delimiter, join } from "path";
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
  const wanted = process.env.CHROME_PATH ? [process.env.CHROME_PATH] : [...onPath, ...ELSEWHERE, chromium.executablePath()];
  return wanted.find((path) => existsSync(path));
}

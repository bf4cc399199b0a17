// Checks the version of Node and installs the dependencies of package-lock.json unless they are installed.
// Runs before anything is installed, so it imports nothing but Node's own modules.

import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

const { engines } = JSON.parse(readFileSync(`${root}package.json`, "utf8"));
const requiredNode = engines.node.replace(">=", "");
if (isOlder(process.versions.node, requiredNode)) {
  console.error(`Node ${requiredNode} or later is required. This is Node ${process.versions.node}.`);
  process.exit(1);
}

const lockFile = `${root}package-lock.json`;
// npm writes this file last.
const installedFile = `${root}node_modules/.package-lock.json`;
const isInstalled = existsSync(installedFile) && statSync(installedFile).mtimeMs >= statSync(lockFile).mtimeMs;

if (!isInstalled) {
  console.log("Installing the dependencies. This takes about a minute, once.");
  const { status } = spawnSync("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: root,
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  if (status !== 0) {
    console.error("npm ci failed. See its output above.");
    process.exit(1);
  }
}

function isOlder(version, required) {
  const numbers = (text) => text.split(".").map((part) => Number.parseInt(part, 10));
  const [actual, minimum] = [numbers(version), numbers(required)];
  const difference = actual.map((number, index) => number - minimum[index]).find((each) => each !== 0);
  return difference < 0;
}

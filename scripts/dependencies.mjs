// Installs what package-lock.json names, unless it is installed already. Runs before anything that is installed.

import { spawnSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const LEAST_NODE = 20;

const nodeVersion = Number(process.versions.node.split(".")[0]);
if (nodeVersion < LEAST_NODE) {
  console.error(`This needs Node ${LEAST_NODE} or newer; this is ${process.version}.`);
  process.exit(1);
}

const wanted = `${root}package-lock.json`;
/** npm writes it last. */
const installed = `${root}node_modules/.package-lock.json`;
const isInstalled = existsSync(installed) && statSync(installed).mtimeMs >= statSync(wanted).mtimeMs;

if (!isInstalled) {
  console.log("Installing the dependencies; this takes about a minute, once.");
  const { status } = spawnSync("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: root,
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  if (status !== 0) {
    console.error("npm ci failed; what it says stands above.");
    process.exit(1);
  }
}

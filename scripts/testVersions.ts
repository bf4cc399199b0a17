/**
 * Runs the tests of bursts, 429s, reloads and settings on the supported versions of Flex UI, each with its own bundle.
 * `npm run test:versions [-- VERSION…]`
 */

import { spawnSync } from "child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from "fs";
import { dirname, join, resolve } from "path";

import { buildIfStale } from "./build";
import { installChromium } from "./chromium";

const VERSIONS = ["1.28.0", "1.31.2", "1.34.6"];
const TESTS = "e2e/(burst|joinRetries|reload|settings)\\.test";
const FOLDER = resolve(__dirname, "../node_modules/.cache/flex-ui");

/** Downloads the package without its dependencies, which its bundles contain. @returns its folder. */
function download(version: string): string {
  const folder = join(FOLDER, version);
  if (existsSync(folder)) return join(folder, "package");
  console.log(`Downloading Flex UI ${version}.`);
  const partial = `${folder}.partial`;
  rmSync(partial, { recursive: true, force: true });
  mkdirSync(partial, { recursive: true });
  runIn(partial, "npm", ["pack", `@twilio/flex-ui@${version}`, "--silent"]);
  const archive = readdirSync(partial).find((name) => name.endsWith(".tgz"));
  if (!archive) throw new Error(`npm pack wrote no archive of Flex UI ${version}.`);
  runIn(partial, "tar", ["-xzf", archive]);
  rmSync(join(partial, archive));
  renameSync(partial, folder);
  return join(folder, "package");
}

function runIn(cwd: string, program: string, args: readonly string[]): void {
  const { status } = spawnSync(program, args, { cwd, stdio: ["ignore", "ignore", "inherit"], shell: isWindows });
  if (status !== 0) throw new Error(`${program} ${args.join(" ")} failed.`);
}

const isWindows = process.platform === "win32";

function flexFolder(version: string): string {
  const installed = require.resolve("@twilio/flex-ui/package.json");
  const { version: installedVersion } = JSON.parse(readFileSync(installed, "utf8")) as { version: string };
  return version === installedVersion ? dirname(installed) : download(version);
}

/** @returns whether every test passed. */
function test(version: string): boolean {
  console.log(`Flex UI ${version}`);
  const jest = join(dirname(require.resolve("jest/package.json")), "bin/jest.js");
  const args = [jest, "--selectProjects", "e2e", "--maxWorkers=2", "--testPathPattern", TESTS];
  const env = { ...process.env, FLEX_UI_FOLDER: flexFolder(version) };
  return spawnSync(process.execPath, args, { stdio: "inherit", env }).status === 0;
}

function main(): number {
  buildIfStale();
  installChromium();
  const given = process.argv.slice(2);
  const failed = (given.length > 0 ? given : VERSIONS).filter((version) => !test(version));
  if (failed.length > 0) console.error(`Tests failed on Flex UI ${failed.join(", ")}.`);
  return failed.length > 0 ? 1 : 0;
}

try {
  process.exitCode = main();
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}

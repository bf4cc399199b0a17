/** Builds the plugin with Twilio's tools unless the bundle is newer than its sources. */

import { spawnSync } from "child_process";
import { existsSync, readdirSync, statSync } from "fs";
import { dirname, join, resolve } from "path";

const ROOT = resolve(__dirname, "..");
const BUNDLE = join(ROOT, "build/plugin-flex-throttle.js");
const SOURCES = ["src", "scripts", "webpack.config.js", "tsconfig.json", "package.json", "package-lock.json"];

/** @throws Error with the output of the build. */
export function buildIfStale(): void {
  if (isFresh()) return;
  console.log("Building the plugin. This takes about a minute.");
  const scripts = dirname(require.resolve("@twilio/flex-plugin-scripts/package.json"));
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(scripts, "bin/flex-plugin"), "build"], {
    cwd: ROOT,
    encoding: "utf8",
  });
  // The build can exit with 0 without writing a bundle.
  if (status !== 0 || !isFresh()) throw new Error(`The build failed:\n${stdout}${stderr}`);
}

function isFresh(): boolean {
  return existsSync(BUNDLE) && statSync(BUNDLE).mtimeMs > Math.max(...SOURCES.map((path) => newest(join(ROOT, path))));
}

function newest(path: string): number {
  const { mtimeMs } = statSync(path);
  if (!statSync(path).isDirectory()) return mtimeMs;
  return Math.max(mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}

if (require.main === module) {
  try {
    buildIfStale();
  } catch (error) {
    console.error((error as Error).message);
    process.exit(1);
  }
}

/**
 * Runs every test: first the tests without a browser, then the tests in a real browser. Prints one line with the totals.
 */

import { spawnSync } from "child_process";
import { mkdtempSync, readFileSync, rmSync } from "fs";
import { tmpdir } from "os";
import { join } from "path";

import { buildIfStale } from "./build";
import { installChromium } from "./chromium";

interface Results {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTotalTests: number;
  numRuntimeErrorTestSuites: number;
}

function run(args: string[], folder: string): Results & { isGreen: boolean } {
  const file = join(folder, `${args.join("-").replace(/\W/g, "")}.json`);
  const jest = [require.resolve("jest/bin/jest"), ...args, "--json", `--outputFile=${file}`];
  const { status } = spawnSync(process.execPath, jest, { stdio: ["ignore", "ignore", "inherit"] });
  const results = JSON.parse(readFileSync(file, "utf8")) as Results;
  return { ...results, isGreen: status === 0 && results.numTotalTests > 0 };
}

function main(): number {
  buildIfStale();
  installChromium();
  const folder = mkdtempSync(join(tmpdir(), "flex-throttle-"));
  const runs = [
    run(["--selectProjects", "plugin", "node", "--maxWorkers=2"], folder),
    run(["--selectProjects", "e2e", "--maxWorkers=2"], folder),
  ];
  rmSync(folder, { recursive: true });

  const sum = (count: (results: Results) => number) => runs.reduce((total, results) => total + count(results), 0);
  const failed = sum(({ numFailedTests, numRuntimeErrorTestSuites }) => numFailedTests + numRuntimeErrorTestSuites);
  const skipped = sum(({ numPendingTests }) => numPendingTests);
  // A skipped test proves nothing, so it fails the run.
  if (skipped > 0) console.error(`${skipped} tests were skipped. Every test must run.`);
  console.log(
    `${sum(({ numPassedTests }) => numPassedTests)} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`,
  );
  return runs.every(({ isGreen }) => isGreen) && skipped === 0 ? 0 : 1;
}

try {
  // Not ignored: whoever asks for one file would wait for all tests.
  if (process.argv.length > 2)
    throw new Error("npm test runs every test and takes no arguments. For single files, see docs/development.md.");
  process.exitCode = main();
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}

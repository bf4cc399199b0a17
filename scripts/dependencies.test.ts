/** Runs the check before `npm start` and `npm test` in a copy of the folder, with a stand-in for npm. */

import { spawnSync } from "child_process";
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "fs";
import { tmpdir } from "os";
import { join } from "path";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "flex-throttle-dependencies-"));
  mkdirSync(join(folder, "scripts"));
  mkdirSync(join(folder, "bin"));
  cpSync(join(__dirname, "dependencies.mjs"), join(folder, "scripts/dependencies.mjs"));
  writeFileSync(join(folder, "package-lock.json"), "{}");
  requireNode(">=20.18.1");
});
afterEach(() => rmSync(folder, { recursive: true }));

function requireNode(node: string): void {
  writeFileSync(join(folder, "package.json"), JSON.stringify({ engines: { node } }));
}

/** @param npm a shell script that runs instead of npm. */
function run(npm: string) {
  writeFileSync(join(folder, "bin/npm"), `#!/bin/sh\n${npm}\n`);
  chmodSync(join(folder, "bin/npm"), 0o755);
  const env = { ...process.env, PATH: `${join(folder, "bin")}:${process.env.PATH}` };
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(folder, "scripts/dependencies.mjs")], {
    env,
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

const ECHO = 'echo "npm $*"';
const INSTALLS =
  "Installing the dependencies. This takes about a minute, once.\nnpm ci --no-audit --no-fund --loglevel=error\n";

test("says what it does before it installs the dependencies", () => {
  expect(run(ECHO)).toEqual({ status: 0, stdout: INSTALLS, stderr: "" });
});

test("installs nothing if the installed dependencies are newer than the lock file, and installs older ones again", () => {
  const installed = join(folder, "node_modules/.package-lock.json");
  mkdirSync(join(folder, "node_modules"));
  writeFileSync(installed, "{}");
  const setAge = (seconds: number) => utimesSync(installed, Date.now() / 1000 - seconds, Date.now() / 1000 - seconds);
  setAge(-3600);
  expect(run(ECHO)).toEqual({ status: 0, stdout: "", stderr: "" });
  setAge(3600);
  expect(run(ECHO)).toEqual({ status: 0, stdout: INSTALLS, stderr: "" });
});

test("stops with one sentence if the installation fails", () => {
  const { status, stderr } = run("exit 7");
  expect([status, stderr]).toEqual([1, "npm ci failed. See its output above.\n"]);
});

test.each([
  ["a newer major version", ">=99.0.0"],
  ["a newer patch", `>=${process.versions.node.replace(/\d+$/, (patch) => String(Number(patch) + 1))}`],
])("stops if Node is older than required: %s", (_, node) => {
  requireNode(node);
  const message = `Node ${node.replace(">=", "")} or later is required. This is Node ${process.versions.node}.\n`;
  expect(run(ECHO)).toEqual({ status: 1, stdout: "", stderr: message });
});

test("accepts exactly the required version", () => {
  requireNode(`>=${process.versions.node}`);
  expect(run(ECHO)).toMatchObject({ status: 0 });
});

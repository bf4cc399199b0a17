/** @jest-environment node */

import { spawnSync } from "child_process";
import { readdirSync, statSync } from "fs";
import { join, resolve } from "path";

import { ACCOUNT_SCENARIOS } from "./accountScenarios";
import { readAccountRun, readOwnNumbers } from "./options";

jest.setTimeout(120_000);

const ROOT = resolve(__dirname, "../..");
const DOCS = join(ROOT, "docs");
const TSX = join(ROOT, "node_modules/tsx/dist/cli.mjs");

const changes = () => readdirSync(DOCS).map((file) => [file, statSync(join(DOCS, file)).mtimeMs]);

/** Runs a command of this folder as npm does. */
function run(file: string, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [TSX, join(__dirname, file), ...args], {
    cwd: ROOT,
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

it("npm run simulate prints the figures for other numbers, and writes no file", () => {
  const before = changes();
  const { status, stdout, stderr } = run("main.ts", "--agents", "4", "--chats", "3", "--rate", "5");
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  const rows = stdout.match(/^\| start of a shift: 4 agents, 3 chats each, at 5 joins a second \| .+$/gm);
  expect(rows?.map((row) => row.split(" | ")[1])).toEqual([
    "stock Flex",
    "flex-throttle",
    "flex-throttle, account budget",
  ]);
  expect(changes()).toEqual(before);
});

it("npm run simulate:account prints a part of its page, and writes no file", () => {
  const before = changes();
  const { status, stdout } = run("account.ts", "--only", "low-limit", "--seeds", "1");
  expect(status).toBe(0);
  expect(stdout).toContain("| start of a shift: 6 agents, 3 chats each, at 3 joins a second | flex-throttle |");
  expect(changes()).toEqual(before);
});

it.each(["main.ts", "account.ts"])("%s names an unknown option without a stack, and writes no file", (file) => {
  const before = changes();
  const { status, stdout, stderr } = run(file, "--agnts", "3");
  expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
  expect(stderr).toMatch(/^Unknown option '--agnts'\. See: npm run simulate(:account)? -- --help\n$/);
  expect(changes()).toEqual(before);
});

it("reads the numbers, each with a default", () => {
  expect(readOwnNumbers([])).toBeUndefined();
  expect(readOwnNumbers(["--agents", "300", "--chats", "2"])).toMatchObject({ agents: 300, perSecond: 10 });
  expect(readOwnNumbers(["--rate", "20"])).toMatchObject({ agents: 100, perSecond: 20 });
  expect(readOwnNumbers(["--help"])).toBe("help");
});

it.each([["0"], ["-1"], ["2.5"], ["many"], [""]])("takes no %p for a number", (text) => {
  expect(() => readOwnNumbers([`--chats=${text}`])).toThrow(
    `Expected --chats to be a whole number from 1 up, got "${text}".`,
  );
});

it("says what is missing or too much", () => {
  expect(() => readOwnNumbers(["--agents"])).toThrow("Option '--agents <value>' argument missing. See: ");
  expect(() => readOwnNumbers(["300"])).toThrow("Unexpected argument '300'. See: npm run simulate -- --help");
});

it("chooses scenarios of the account's page", () => {
  expect(readAccountRun([])).toBeUndefined();
  expect(readAccountRun(["--seeds", "3"])).toEqual({ scenarios: ACCOUNT_SCENARIOS, seeds: 3 });
  expect(readAccountRun(["--only", "outage-20,surge"])).toMatchObject({
    scenarios: [{ id: "outage-20" }, { id: "surge" }],
  });
  expect(() => readAccountRun(["--only", "night"])).toThrow('There is no scenario "night". See: ');
});

it("has one scenario for each name that may be chosen", () => {
  const ids = ACCOUNT_SCENARIOS.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
});

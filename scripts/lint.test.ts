/** Lints code that breaks each rule, in a folder with the configuration of lint. */

import { spawnSync } from "child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "fs";
import { tmpdir } from "os";
import { dirname, join } from "path";

const ROOT = join(__dirname, "..");
const OXLINT = join(dirname(require.resolve("oxlint/package.json")), "bin/oxlint");

const LAYER = "layers(allowed-imports)";
const PACKAGE = "eslint(no-restricted-imports)";
const SETTINGS = 'from "../settings/settings"';

const lines = (count: number) => "// A line.\n".repeat(count);
const functionOf = (count: number) => `export function run(): void {\n${lines(count - 2)}}\n`;

const BREAKS: readonly (readonly [rule: string, path: string, code: string])[] = [
  [LAYER, "src/limits/reexport.ts", `export { Settings } ${SETTINGS};`],
  [LAYER, "src/limits/all.ts", `export * ${SETTINGS};`],
  [LAYER, "src/limits/import.ts", `import { a } ${SETTINGS};\nexport const b = a;`],
  [LAYER, "src/limits/effects.ts", 'import "../settings/settings";'],
  [LAYER, "src/limits/type.ts", `import type { A } ${SETTINGS};\nexport type B = A;`],
  [LAYER, "src/limits/inlineType.ts", 'export type A = import("../settings/settings").Settings;'],
  [LAYER, "src/limits/dynamic.ts", 'export const a = () => import("../settings/settings");'],
  [LAYER, "src/limits/equals.ts", 'export import a = require("../settings/settings");'],
  [LAYER, "src/limits/detour.ts", 'import "./../limits/../../src/settings/settings";'],
  [LAYER, "src/limits/deep/below.ts", 'import "../../settings/settings";'],
  [LAYER, "src/limits/directory.ts", 'import "../settings";'],
  [LAYER, "src/throttle/file.ts", 'import "../flexThrottle";'],
  [LAYER, "src/flexThrottle.ts", 'import "./patch";'],
  [LAYER, "src/components/button.tsx", 'import "../flex/version";'],
  [LAYER, "src/flex/ui/part.ts", 'import "../version";'],
  [LAYER, "src/flex/join/join.ts", 'import "../actions/actions";'],
  [LAYER, "src/intercept/fetch.ts", 'import "../flex/version";'],
  [LAYER, "stand-in/server.ts", 'import "../src/limits/limits";'],
  [LAYER, "stand-in/page.js", 'require("../src/limits/limits");'],
  [LAYER, "scripts/script.mjs", 'import "../e2e/desk.mjs";'],
  [LAYER, "cli/command.ts", 'import "../src/flex/version";'],
  [LAYER, "testing/clock.ts", 'import "../e2e/desk";'],
  [LAYER, "e2e/desk.ts", 'import "../bench/page";'],
  [PACKAGE, "src/limits/react.ts", 'import "react";'],
  [PACKAGE, "src/patch.ts", 'import type { Store } from "redux";\nexport type A = Store;'],
  [PACKAGE, "src/texts/reactDom.ts", 'import "react-dom";'],
  [PACKAGE, "src/page/flex.ts", 'import "@twilio/flex-ui";'],
  ["eslint(no-restricted-globals)", "src/throttle/now.ts", "export const now = () => Date.now();"],
  ["eslint(no-restricted-globals)", "src/throttle/timer.ts", "setTimeout(String, 1);"],
  ["eslint(no-restricted-properties)", "src/throttle/chance.ts", "export const a = Math.random();"],
  ["import(no-cycle)", "src/state/one.ts", 'import { b } from "./other";\nexport const a = () => b;'],
  ["import(no-cycle)", "src/state/other.ts", 'import { a } from "./one";\nexport const b = () => a;'],
  ["typescript(await-thenable)", "src/state/await.ts", "export const a = async () => await 1;"],
  ["typescript(no-floating-promises)", "src/state/float.ts", "const a = async () => 1;\na();"],
  ["typescript(no-floating-promises)", "src/state/float.test.ts", "const a = async () => 1;\na();"],
  ["typescript(no-floating-promises)", "e2e/float.test.ts", "const a = async () => 1;\na();"],
  ["typescript(no-floating-promises)", "cli/float.ts", "const a = async () => 1;\na();"],
  ["typescript(no-misused-promises)", "src/state/misuse.ts", "[1].forEach(async (a) => a);"],
  ["typescript(no-misused-promises)", "src/state/misuse.test.ts", "[1].forEach(async (a) => a);"],
  ["eslint(max-lines)", "src/state/long.ts", lines(301)],
  ["eslint(max-lines)", "e2e/long.test.ts", lines(301)],
  ["eslint(max-lines-per-function)", "src/state/function.ts", functionOf(51)],
  ["eslint(max-lines-per-function)", "cli/support/function.ts", functionOf(51)],
  ["eslint(eqeqeq)", "src/state/equal.ts", "export const a = (b: number) => b == 1;"],
  ["eslint(no-array-constructor)", "src/state/array.ts", "export const a = new Array(1, 2);"],
  ["eslint(no-unused-expressions)", "src/state/expression.ts", "1 + 1;"],
  ["eslint(no-unused-vars)", "src/state/unused.ts", "const a = 1;"],
  ["eslint(no-var)", "src/state/var.ts", "export var a = 1;"],
  ["eslint(prefer-const)", "src/state/let.ts", "let a = 1;\nexport const b = a;"],
  ["eslint(prefer-rest-params)", "src/state/rest.ts", "export function a() {\n  return arguments;\n}"],
  ["eslint(prefer-spread)", "src/state/spread.ts", "export const a = (b: number[]) => Math.max.apply(Math, b);"],
  ["typescript(ban-ts-comment)", "src/state/comment.ts", "// @ts-ignore\nexport const a = 1;"],
  ["typescript(no-duplicate-enum-values)", "src/state/enum.ts", "export enum A {\n  B = 1,\n  C = 1,\n}"],
  ["typescript(no-empty-object-type)", "src/state/empty.ts", "export type A = {};"],
  ["typescript(no-explicit-any)", "src/state/any.ts", "export type A = any[];"],
  ["typescript(no-extra-non-null-assertion)", "src/state/nonNull.ts", "export const a = (b?: 1) => b!!;"],
  ["typescript(no-misused-new)", "src/state/new.ts", "export interface A {\n  constructor(): void;\n}"],
  ["typescript(no-namespace)", "src/state/namespace.ts", "export namespace A {\n  export const b = 1;\n}"],
  [
    "typescript(no-non-null-asserted-optional-chain)",
    "src/state/chain.ts",
    "export const a = (b?: { c?: 1 }) => b?.c!;",
  ],
  ["typescript(no-require-imports)", "src/state/require.ts", 'export const a = require("path");'],
  [
    "typescript(no-unnecessary-type-constraint)",
    "src/state/constraint.ts",
    "export const a = <T extends unknown>(b: T) => b;",
  ],
  [
    "typescript(no-unsafe-declaration-merging)",
    "src/state/merge.ts",
    "export interface A {\n  b: 1;\n}\nexport class A {}",
  ],
  ["typescript(no-unsafe-function-type)", "src/state/functionType.ts", "export type A = Function;"],
  ["typescript(no-wrapper-object-types)", "src/state/wrapper.ts", "export type A = String;"],
  ["typescript(prefer-as-const)", "src/state/literal.ts", 'export const a: "b" = "b";'],
  ["typescript(prefer-namespace-keyword)", "src/state/module.ts", "declare module A {}"],
  ["typescript(triple-slash-reference)", "src/state/slash.ts", '/// <reference path="./types" />'],
  [
    "unicorn(no-this-assignment)",
    "stand-in/this.js",
    "module.exports = function a() {\n  const b = this;\n  return b;\n};",
  ],
];

const ALLOWED: readonly (readonly [path: string, code: string])[] = [
  ["src/settings/down.ts", 'import "../limits/limits";'],
  ["src/settings/package.ts", 'import "../../package.json";'],
  ["src/limits/limits.test.ts", 'import "../settings/settings";\nimport "react";'],
  ["src/throttle/throttle.test.ts", "export const a = [Date.now(), Math.random()];"],
  ["src/flex/ui/chat.ts", 'import "../taskChat";'],
  ["src/flex/ThrottledAction.ts", 'import "./actions/actions";'],
  ["stand-in/main.ts", 'import "../scripts/build";'],
  ["cli/support/dependency.ts", 'import "../../src/flex/version";'],
  ["src/state/typeCycle.ts", 'import type { B } from "./typeCycle2";\nexport type A = B;'],
  ["src/state/typeCycle2.ts", 'import type { A } from "./typeCycle";\nexport type B = A[];'],
  ["src/state/void.ts", "const a = async () => 1;\nvoid a();"],
  ["src/state/underscore.ts", "export const a = (_b: number) => 1;"],
  ["src/state/lines.ts", lines(300)],
  ["src/state/stated.ts", `/* oxlint-disable max-lines -- One table. */\n${lines(300)}`],
  ["src/state/function50.ts", functionOf(50)],
  ["src/state/function.test.ts", functionOf(51)],
  ["stand-in/old.js", 'var path = require("path");\nmodule.exports = path;'],
];

let folder: string;
/** The rules that each file breaks. */
let broken: Record<string, string[]>;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "flex-throttle-lint-"));
  symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"));
  for (const [, path, code] of BREAKS) write(path, code);
  for (const [path, code] of ALLOWED) write(path, code);
  for (const path of ["oxlint.config.mjs", "scripts/layers.mjs", "tsconfig.json"]) {
    cpSync(join(ROOT, path), join(folder, path));
  }
  broken = lint();
});
afterAll(() => rmSync(folder, { recursive: true }));

function write(path: string, code: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), code);
}

interface Report {
  readonly diagnostics: readonly { readonly code: string; readonly filename: string }[];
}

interface Config {
  readonly rules: Record<string, unknown>;
  readonly overrides: readonly { readonly rules: Record<string, unknown> }[];
}

/** @returns its output, which is JSON. */
function oxlint(...options: string[]): string {
  const args = [OXLINT, "-c", "oxlint.config.mjs", ...options];
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: "utf8" });
  if (!stdout.startsWith("{")) throw new Error(`${stdout}${stderr}`);
  return stdout;
}

function lint(): Record<string, string[]> {
  const { diagnostics } = JSON.parse(oxlint("--format", "json", ".")) as Report;
  const rules: Record<string, string[]> = {};
  for (const { code, filename } of diagnostics) (rules[filename] ??= []).push(code);
  return rules;
}

test.each(BREAKS)("%s is broken in %s", (rule, path) => {
  expect(broken[path]).toContain(rule);
});

test.each(ALLOWED)("%s breaks no rule", (path) => {
  expect(broken[path]).toBeUndefined();
});

test("each rule of the configuration is broken above", () => {
  const { rules, overrides } = JSON.parse(oxlint("--print-config")) as Config;
  const configured = [rules, ...overrides.map((override) => override.rules)].flatMap((each) => Object.keys(each));
  const names = BREAKS.map(([rule]) => rule.replace("eslint(", "").replace("(", "/").replace(")", ""));
  expect(new Set(names)).toEqual(new Set(configured));
});

import { mkdtempSync, rmSync, writeFileSync } from "fs";
import { tmpdir } from "os";
import { delimiter, join } from "path";

jest.mock("playwright-core", () => ({ chromium: { executablePath: () => "" } }));

const folder = mkdtempSync(join(tmpdir(), "flex-throttle-chromium-"));
afterAll(() => rmSync(folder, { recursive: true }));

const program = (name: string, script: string) => {
  const path = join(folder, name);
  writeFileSync(path, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return path;
};
const STUB = 'echo "Command requires the chromium snap to be installed: snap install chromium"';
const browser = program("google-chrome", 'echo "Google Chrome 126.0.6478.61"');

const { CHROME_PATH, PATH } = process.env;
afterEach(() => Object.assign(process.env, { CHROME_PATH: CHROME_PATH ?? "", PATH }));

function find(environment: { CHROME_PATH?: string }): string | undefined {
  Object.assign(process.env, { CHROME_PATH: "", PATH: [folder, PATH].join(delimiter), ...environment });
  let path: string | undefined;
  jest.isolateModules(() => {
    const { findChromium } = jest.requireActual("./chromium") as typeof import("./chromium");
    path = findChromium();
  });
  return path;
}

test.each([
  ["prints only a hint", STUB],
  ["prints a hint and fails", `${STUB}; exit 1`],
  ["crashes", "kill -9 $$"],
])("skips a chromium-browser that %s", (_, script) => {
  program("chromium", script);
  program("chromium-browser", script);
  expect(find({})).toBe(browser);
});

test("uses CHROME_PATH", () => expect(find({ CHROME_PATH: browser })).toBe(browser));

test.each([
  ["is not a browser", program("stub", STUB)],
  ["does not exist", join(folder, "missing")],
])("explains that CHROME_PATH %s", (_, path) =>
  expect(() => find({ CHROME_PATH: path })).toThrow(
    `CHROME_PATH is ${path}, which does not run as Chromium or Chrome.`,
  ),
);

// What only a real process can show.

import { cpSync, mkdirSync } from "fs";
import { join, resolve } from "path";

import { COMMAND, Shell } from "./support/shell";

jest.setTimeout(60_000);

let shell: Shell;
beforeEach(async () => (shell = await Shell.open({ mode: "off" })));
afterEach(async () => {
  expect(shell.leaks).toEqual([]);
  await shell.close();
});

const root = resolve(__dirname, "..");
const { version } = jest.requireActual(join(root, "package.json")) as { version: string };
const sh = (script: string) => shell.spawn("bash", ["-o", "pipefail", "-c", script], shell.folder);
const command = `"${process.execPath}" "${COMMAND}"`;

test("npx flex-throttle runs in this folder without a prompt and without the network", async () => {
  const npm = { npm_config_cache: join(shell.folder, "npm"), npm_config_offline: "true" };
  expect(await shell.spawn("npx", ["flex-throttle", "--version"], root, npm)).toMatchObject({
    code: 0,
    out: `${version}\n`,
  });
});

test("npm run settings runs the same command", async () => {
  const file = join(shell.folder, shell.file({ mode: "on" }));
  expect(await shell.spawn("npm", ["run", "--silent", "settings", "--", "check", file], root)).toMatchObject({
    code: 1,
    err: expect.stringContaining('flexThrottle.mode is "on"'),
  });
});

test("reads settings from a pipe, and ends quietly when the reader of its output has gone", async () => {
  expect(await sh(`echo '{"mode":"off"}' | ${command} settings check -`)).toMatchObject({ code: 0, err: "" });
  expect(await sh(`${command} --help | true`)).toEqual({ code: 0, out: "", err: "" });
});

test("writes although nobody reads its output", async () => {
  shell.file({ mode: "observe" });
  expect(await sh(`${command} settings apply settings.json --yes | true`)).toMatchObject({ code: 0, err: "" });
  expect(shell.uiAttributes.flexThrottle).toEqual({ mode: "observe" });
});

test("explains that the dependencies are not installed", async () => {
  const folder = join(shell.folder, "copy");
  mkdirSync(folder);
  cpSync(join(root, "cli"), join(folder, "cli"), { recursive: true });
  const { code, err } = await shell.spawn(process.execPath, [join(folder, "cli/flex-throttle.mjs")], folder);
  expect([code, err]).toEqual([2, `flex-throttle: The dependencies are not installed. Run npm ci in ${folder}/.\n`]);
});

test("says after Ctrl-C that the outcome of a write is unknown", async () => {
  shell.twilio.gate.fault("POST /Configuration", { kind: "never" });
  shell.file({ mode: "observe" });
  const result = sh(`${command} settings apply settings.json --yes & echo $! > pid; wait $!`);
  await new Promise<void>((arrived) => shell.onRequest("POST /Configuration", 1, arrived));
  await shell.spawn("bash", ["-c", 'kill -INT "$(cat pid)"'], shell.folder);
  expect((await result).err).toMatch(
    /^flex-throttle: Interrupted\. The settings may or may not have been written; check with get\. Backup of .*\.json\n$/,
  );
});

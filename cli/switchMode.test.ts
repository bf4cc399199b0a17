// off and on, for emergencies.

import { writeFileSync } from "fs";
import { join } from "path";

import { apply, backups, changeOtherKeys, live, open, shell } from "./support/writing";

const off = (...options: string[]) => shell.settings("off", "--yes", ...options);
const on = (...options: string[]) => shell.settings("on", "--yes", ...options);

const LIMITS = { "POST /channels": { perSecond: 3 } };

test("off sets the mode and keeps all other settings; on sets it to enforce", async () => {
  await open({ limits: LIMITS, unknown: [1] });
  const { code, out, err } = await off();
  expect([code, err]).toEqual([0, ""]);
  expect(out).toMatch(
    /^Changes from the live settings of AC\w+ to mode "off":\n {2}\+ flexThrottle\.mode {2}"off"\nBackup of ui_attributes: .*\.json\nWritten and verified\./,
  );
  expect(live()).toEqual({ limits: LIMITS, unknown: [1], mode: "off" });
  expect(await off()).toMatchObject({ code: 0, out: expect.stringMatching(/already has mode "off"\.\n$/) });
  expect((await on()).code).toBe(0);
  expect(live()).toEqual({ limits: LIMITS, unknown: [1], mode: "enforce" });
});

test.each<[string, unknown]>([
  ["no settings", undefined],
  ["settings that are not an object", "enforce"],
])("off works with %s", async (_, settings) => {
  await open(settings);
  expect((await off()).code).toBe(0);
  expect(live()).toEqual({ mode: "off" });
});

test("asks, and needs --yes without a terminal", async () => {
  await open({ limits: LIMITS });
  const answer = (input: string) => shell.run(["settings", "off"], {}, { input, isTTY: true });
  expect((await answer("n\n")).code).toBe(1);
  expect(await shell.settings("off")).toMatchObject({ code: 2, err: expect.stringContaining("--yes") });
  expect(live()).toEqual({ limits: LIMITS });
  expect(await answer("y\n")).toMatchObject({ code: 0, err: expect.stringContaining("Write this change to AC") });
  expect(live()).toEqual({ limits: LIMITS, mode: "off" });
});

test("--dry-run writes nothing", async () => {
  await open({ limits: LIMITS });
  expect(await off("--dry-run")).toMatchObject({ code: 0, out: expect.stringContaining("Dry run") });
  expect([live(), backups()]).toEqual([{ limits: LIMITS }, []]);
});

test("rollback undoes it, and history names it", async () => {
  await open({ mode: "observe" });
  await apply({ mode: "observe", limits: LIMITS });
  await off();
  await on();
  const { out } = await shell.settings("history");
  expect(out.split("\n").slice(1, 4)).toEqual([
    expect.stringMatching(/from before a switch-on$/),
    expect.stringMatching(/from before a switch-off$/),
    expect.stringMatching(/from before an apply$/),
  ]);
  const rollback = () => shell.settings("rollback", "--yes");
  expect((await rollback()).out).toContain("to the settings from before the switch-on of ");
  expect(live()).toEqual({ mode: "off", limits: LIMITS });
  expect((await rollback()).out).toContain("to the settings from before the switch-off of ");
  expect(live()).toEqual({ mode: "observe", limits: LIMITS });
  await rollback();
  expect(live()).toEqual({ mode: "observe" });
  expect((await shell.settings("history")).out.match(/, rolled back/g)).toHaveLength(3);
});

test("is not stopped by a change that this machine has not seen, and the next apply still is", async () => {
  await open({ mode: "observe" });
  await shell.settings("get");
  shell.changeSettings({ mode: "observe", limits: LIMITS });
  expect((await off()).code).toBe(0);
  expect(live()).toEqual({ mode: "off", limits: LIMITS });
  expect(await apply({ mode: "enforce" })).toMatchObject({
    code: 2,
    err: expect.stringContaining("Somebody else has changed the settings"),
  });
});

test("after off, the next apply is not stopped by the mode that off has set", async () => {
  await open({ mode: "observe" });
  await shell.settings("get");
  await off();
  expect((await apply({ mode: "enforce" })).code).toBe(0);
});

test("works although this machine's record of the settings is damaged", async () => {
  await open({ mode: "observe" });
  await shell.settings("get");
  writeFileSync(join(shell.historyFolder, "seen.json"), "{");
  expect((await off()).code).toBe(0);
  expect(live()).toEqual({ mode: "off" });
});

test("keeps a change to other keys made at the same moment", async () => {
  await open({ mode: "observe" });
  shell.onRequest("GET /Configuration", 2, changeOtherKeys);
  await off();
  expect(live()).toEqual({ mode: "off" });
});

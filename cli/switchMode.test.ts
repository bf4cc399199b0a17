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

describe("with the account budget", () => {
  const BUDGET = { account: { budget: "sync" } };
  const NOTE = "Open desktops that use the account budget switch off within a minute.\n";
  const notices = () => [...(shell.twilio.syncStore.find("list", "flex-throttle.settings")?.items.values() ?? [])];
  /** As a desktop does when it connects. */
  const createList = () => shell.twilio.syncStore.create("list", "flex-throttle.settings");

  test("off notifies open desktops, also when it runs again", async () => {
    await open(BUDGET);
    createList();
    expect(await off()).toMatchObject({ code: 0, out: expect.stringContaining(NOTE), err: "" });
    expect(notices()).toHaveLength(1);
    expect((await off()).out).toMatch(/already has mode "off"\.\nOpen desktops that use the account budget switch off/);
    expect(notices()).toHaveLength(2);
  });

  test("the notice is read for a day, and has nothing of the settings in it", async () => {
    await open(BUDGET);
    createList();
    await off();
    const [notice] = notices();
    expect(notice?.data).toEqual({ notice: "settings changed" });
    const hours = (Date.parse(notice?.dateExpires ?? "") - Date.now()) / 3_600_000;
    expect(Math.round(hours)).toBe(24);
  });

  test("apply and rollback notify them when the mode becomes off, and on and a dry run do not", async () => {
    await open(BUDGET);
    createList();
    await off("--dry-run");
    await apply({ ...BUDGET, mode: "off" });
    expect(notices()).toHaveLength(1);
    await on();
    // Desktops that were opened before still use the budget.
    await apply({ mode: "off" });
    expect(notices()).toHaveLength(2);
    await apply({ mode: "off", limits: LIMITS });
    expect(notices()).toHaveLength(2);
    await shell.settings("rollback", "--yes");
    await shell.settings("rollback", "--yes");
    await shell.settings("rollback", "--yes");
    expect(live()).toEqual({ ...BUDGET, mode: "off" });
    expect(notices()).toHaveLength(3);
  });

  test("says nothing of desktops if none has connected yet", async () => {
    await open(BUDGET);
    const { code, out } = await off();
    expect([code, out]).toEqual([0, expect.not.stringContaining("Open desktops")]);
  });

  test("succeeds with a warning if Sync cannot be reached", async () => {
    await open(BUDGET);
    shell.twilio.gate.fault("POST Sync items", { kind: "500" });
    expect(await off()).toMatchObject({
      code: 0,
      err: expect.stringMatching(
        /^Warning: open desktops were not notified and go on until they are reloaded\. Twilio/,
      ),
    });
    expect(live()).toEqual({ ...BUDGET, mode: "off" });
  });
});

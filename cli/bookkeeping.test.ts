// Files of this machine that are missing, damaged or cannot be written.

import { mkdirSync, readdirSync, rmSync, writeFileSync } from "fs";
import { join } from "path";

import { apply, backups, live, open, shell } from "./support/writing";

beforeEach(() => open({ mode: "off" }));

const WARNING =
  /^Warning: .* cannot be written \(E[A-Z]+\)\. The next apply does not know that you have seen these settings\.\n$/;

test("a read succeeds with a warning if it cannot be remembered", async () => {
  shell.file("not a folder", "home");
  for (const [args, code] of [
    [["get"], 0],
    [["diff", shell.file({ mode: "off" })], 0],
    [["diff", shell.file({ mode: "observe" }, "other.json")], 1],
  ] as const)
    expect(await shell.settings(...args)).toMatchObject({ code, err: expect.stringMatching(WARNING) });
});

test("a read succeeds with a warning if the user has no home folder", async () => {
  const variables = { HOME: "", FLEX_THROTTLE_HOME: undefined };
  expect(await shell.run(["settings", "get"], variables)).toMatchObject({
    code: 0,
    err: expect.stringMatching(
      /^Warning: This user has no home folder for backups\. Set FLEX_THROTTLE_HOME to a folder\. /,
    ),
  });
  expect(await shell.run(["settings", "apply", shell.file({ mode: "observe" }), "--yes"], variables)).toMatchObject({
    code: 2,
    err: expect.stringMatching(/^flex-throttle: .*no home folder/),
  });
  expect(live()).toEqual({ mode: "off" });
});

test("an apply that cannot be remembered succeeds and says what it did", async () => {
  mkdirSync(join(shell.historyFolder, "seen.json"), { recursive: true });
  expect(await apply({ mode: "observe" })).toMatchObject({
    code: 2,
    err: expect.stringMatching(/seen\.json \(EISDIR\)\. Nothing was written\. Review .*--force\.\n$/),
  });
  expect(await apply({ mode: "observe" }, "--force")).toMatchObject({
    code: 0,
    out: expect.stringMatching(/Backup of .*\nWritten and verified\./),
    err: expect.stringMatching(WARNING),
  });
  expect(live()).toEqual({ mode: "observe" });
});

test("get repairs a damaged record of what was read", async () => {
  await shell.settings("get");
  writeFileSync(join(shell.historyFolder, "seen.json"), '{"at":');
  expect(await apply({ mode: "observe" })).toMatchObject({ code: 2, err: expect.stringContaining("is damaged") });
  expect((await shell.settings("get")).code).toBe(0);
  expect((await apply({ mode: "observe" })).code).toBe(0);
  expect(readdirSync(shell.historyFolder).filter((name) => name.endsWith(".new"))).toEqual([]);
});

test("a damaged backup is named and skipped", async () => {
  await apply({ mode: "observe" });
  await apply({ mode: "enforce" });
  const damaged = join(shell.historyFolder, backups().sort()[1]);
  writeFileSync(damaged, '{"flexThrottle":{"mo');
  expect(await shell.settings("rollback", "--yes")).toMatchObject({
    code: 0,
    err: `The backup ${damaged} is damaged. It is skipped.\n`,
  });
  expect(live()).toEqual({ mode: "off" });
});

test("history lists the backups, and rollback --to restores one", async () => {
  for (const mode of ["observe", "enforce", "off"]) await apply({ mode });
  const { out } = await shell.settings("history");
  const times = [...out.matchAll(/^ {2}(\S+) {2}from before an apply$/gm)].map(([, time]) => time);
  expect(times).toHaveLength(3);
  const rollback = (to: string) => shell.settings("rollback", "--yes", "--to", to);
  expect((await rollback(times[1])).code).toBe(0);
  expect(live()).toEqual({ mode: "observe" });
  expect((await shell.settings("history")).out.match(/from before .*/g)).toEqual([
    "from before a rollback",
    "from before an apply, rolled back",
    "from before an apply, rolled back",
    "from before an apply",
  ]);
  expect(await rollback("yesterday")).toMatchObject({
    code: 2,
    err: expect.stringMatching(
      /^flex-throttle: This machine has no backup for AC\w+ from yesterday\. List them with history\.\n$/,
    ),
  });
  rmSync(shell.historyFolder, { recursive: true });
  expect(await shell.settings("history")).toMatchObject({
    code: 0,
    out: expect.stringContaining("has no backups for AC"),
  });
});

test("history needs no credentials, only the account", async () => {
  await apply({ mode: "observe" });
  expect(await shell.run(["settings", "history"], { TWILIO_AUTH_TOKEN: undefined })).toMatchObject({
    code: 0,
    out: expect.stringContaining("from before an apply"),
    err: "",
  });
  expect(await shell.run(["settings", "history"], { TWILIO_ACCOUNT_SID: "AC1" })).toMatchObject({
    code: 2,
    err: expect.stringContaining("TWILIO_ACCOUNT_SID is not an account SID"),
  });
});

describe("without --yes", () => {
  const ask = (input: string, isTTY: boolean) =>
    shell.run(["settings", "apply", shell.file({ mode: "observe", queue: { maxLength: 5 } })], {}, { input, isTTY });

  test("apply asks on a terminal", async () => {
    const question = `Write these 2 changes to ${shell.twilio.account.sid}? [y/N] `;
    for (const answer of ["\n", "no\n", ""]) {
      expect(await ask(answer, true)).toMatchObject({ code: 1, err: `${question}Nothing was written.\n` });
      expect([live(), backups()]).toEqual([{ mode: "off" }, []]);
    }
    expect(await ask("y\n", true)).toMatchObject({ code: 0, err: question });
    expect(live()).toEqual({ mode: "observe", queue: { maxLength: 5 } });
  });

  test("apply writes nothing if nobody can be asked", async () => {
    expect(await ask("y\n", false)).toMatchObject({
      code: 2,
      err: "flex-throttle: Nothing was written. Without a terminal to ask on, confirm the changes with --yes.\n",
    });
    expect([live(), backups()]).toEqual([{ mode: "off" }, []]);
  });
});

import { readFileSync } from "fs";
import { join } from "path";

import { apply, backups, changeOtherKeys, live, open, shell } from "./support/writing";

describe("a concurrent change", () => {
  beforeEach(() => open({ mode: "off" }));

  test.each(["get", "diff", "apply"])(
    "is not overwritten if it was made after %s read the settings",
    async (command) => {
      const file = shell.file({ mode: "observe" });
      await shell.settings(
        ...{ get: ["get"], diff: ["diff", file], apply: ["apply", file, "--yes"] }[command as "get"],
      );
      shell.changeSettings({ mode: "enforce", queue: { maxLength: 5 } });
      const posts = shell.methods.filter((method) => method === "POST").length;
      const { code, out, err } = await apply({ mode: "off", onBurst: "reject" });
      expect([code, out]).toEqual([2, ""]);
      expect(err).toMatch(
        /^Somebody else has changed the settings since this machine last read them on .* UTC:\n {2}~ flexThrottle\.mode +"\w+" → "enforce"\n {2}\+ flexThrottle\.queue\.maxLength {2}5\nflex-throttle: Nothing was written\. /,
      );
      expect(shell.methods.filter((method) => method === "POST")).toHaveLength(posts);
      expect(live()).toEqual({ mode: "enforce", queue: { maxLength: 5 } });
    },
  );

  test("is not overwritten after a dry run, which does not count as reading", async () => {
    await shell.settings("get");
    shell.changeSettings({ mode: "enforce" });
    const codes = [await apply({ mode: "observe" }, "--dry-run"), await apply({ mode: "observe" })].map(
      ({ code }) => code,
    );
    expect([codes, live()]).toEqual([[2, 2], { mode: "enforce" }]);
  });

  test("is overwritten after get has shown it", async () => {
    await shell.settings("get");
    shell.changeSettings({ mode: "enforce" });
    const codes = [
      await apply({ mode: "observe" }),
      await apply({ mode: "observe" }),
      await shell.settings("get"),
      await apply({ mode: "observe" }),
    ].map(({ code }) => code);
    expect([codes, live()]).toEqual([[2, 2, 0, 0], { mode: "observe" }]);
  });

  test("is overwritten with --force", async () => {
    await shell.settings("get");
    shell.changeSettings({ mode: "enforce" });
    expect((await apply({ mode: "observe" }, "--dry-run")).code).toBe(2);
    expect((await apply({ mode: "observe" }, "--force")).code).toBe(0);
    expect(live()).toEqual({ mode: "observe" });
  });

  test("is overwritten and shown if this machine has never read the settings", async () => {
    expect(await apply({ mode: "observe" })).toMatchObject({
      code: 0,
      out: expect.stringContaining('~ flexThrottle.mode  "off" → "observe"'),
    });
  });

  test.each([
    ["", []],
    [", even with --force,", ["--force"]],
  ])("is not overwritten%s if it is made right before the write", async (_, options) => {
    shell.onRequest("GET /Configuration", 2, () => shell.changeSettings({ mode: "enforce" }));
    const { code, err } = await apply({ mode: "observe" }, ...options);
    expect([code, err]).toEqual([
      2,
      expect.stringMatching(
        /^Somebody else has changed the settings while this command was running:\n {2}~ flexThrottle\.mode {2}"off" → "enforce"\nflex-throttle: Nothing was written\. /,
      ),
    ]);
    expect([shell.methods, live(), backups()]).toEqual([["GET", "GET"], { mode: "enforce" }, []]);
  });

  test("to other keys right before the write is kept, and is in the backup", async () => {
    shell.onRequest("GET /Configuration", 2, changeOtherKeys);
    expect((await apply({ mode: "observe" })).code).toBe(0);
    expect(live()).toEqual({ mode: "observe" });
    expect(readFileSync(join(shell.historyFolder, backups()[0]), "utf8")).toContain("theirs-new");
  });

  test("is reported if it is made right after the write", async () => {
    shell.onRequest("GET /Configuration", 3, () => shell.changeSettings({ mode: "enforce" }));
    const { code, err } = await apply({ mode: "observe" });
    expect([code, err]).toEqual([
      2,
      expect.stringMatching(
        /^The settings were written, but somebody else changed them at the same moment:\n {2}~ flexThrottle\.mode {2}"observe" → "enforce"\nflex-throttle: The live settings are not those that you wrote\. /,
      ),
    ]);
  });

  test("to other keys right after the write is reported, without its content", async () => {
    shell.onRequest("GET /Configuration", 3, changeOtherKeys);
    const { code, err } = await apply({ mode: "observe" });
    expect([code, err]).toEqual([
      2,
      expect.stringMatching(
        /^flex-throttle: The settings were written, but somebody else changed other keys of ui_attributes at the same moment\. Backup of ui_attributes from before: .*\.json\n$/,
      ),
    ]);
  });
});

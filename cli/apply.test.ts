import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync } from "fs";
import { join } from "path";

import { OTHER_KEYS } from "./support/shell";
import { apply, backups, live, open, shell } from "./support/writing";

describe("apply", () => {
  test("writes the settings and nothing else", async () => {
    await open();
    const before = { ...shell.twilio.configuration };
    expect(await apply({ mode: "observe", queue: { maxLength: 5 } })).toEqual({
      code: 0,
      out: expect.stringMatching(
        /^Changes from the live settings of AC\w+ to the settings in settings\.json:\n {2}\+ flexThrottle\.mode {13}"observe"\n {2}\+ flexThrottle\.queue\.maxLength {2}5\nBackup of ui_attributes: .*\.json\nWritten and verified\. Agents get the new settings when they next load Flex\.\n$/,
      ),
      err: "",
    });
    const ui_attributes = { ...OTHER_KEYS, flexThrottle: { mode: "observe", queue: { maxLength: 5 } } };
    expect(shell.twilio.configuration).toEqual({ ...before, ui_attributes, date_updated: expect.any(String) });
  });

  test("keeps the position of the settings among the other keys", async () => {
    await open();
    shell.uiAttributes = { flexThrottle: { mode: "off" }, ...OTHER_KEYS };
    expect((await apply({ mode: "observe" })).code).toBe(0);
    expect(Object.keys(shell.uiAttributes)).toEqual(["flexThrottle", ...Object.keys(OTHER_KEYS)]);
    expect(live()).toEqual({ mode: "observe" });
  });

  test("saves the previous ui_attributes to a file that only the user may read, and prints its path", async () => {
    await open({ mode: "off" });
    mkdirSync(shell.historyFolder, { recursive: true });
    chmodSync(shell.historyFolder, 0o755);
    const before = JSON.stringify(shell.uiAttributes);
    const { out } = await apply({ mode: "observe" });
    const path = /Backup of ui_attributes: (.*)\n/.exec(out)?.[1] ?? "";
    expect(readFileSync(path, "utf8")).toBe(before);
    expect(
      readdirSync(shell.historyFolder).map((name) => statSync(join(shell.historyFolder, name)).mode & 0o777),
    ).toEqual([0o600, 0o600]);
    expect(statSync(shell.historyFolder).mode & 0o777).toBe(0o700);
  });

  test("--dry-run shows the changes and writes nothing", async () => {
    await open({ mode: "off" });
    const { code, out } = await apply({ mode: "observe" }, "--dry-run");
    expect([code, out]).toEqual([
      0,
      expect.stringMatching(/~ flexThrottle\.mode {2}"off" → "observe"\nDry run: nothing was written\.\n$/),
    ]);
    expect([shell.methods, backups(), live()]).toEqual([["GET"], [], { mode: "off" }]);
    expect(existsSync(join(shell.folder, "home"))).toBe(false);
  });

  test("does not write invalid settings", async () => {
    await open({ mode: "off" });
    expect(await apply({ mode: "on" }, "--force")).toEqual({
      code: 1,
      out: "",
      err: expect.stringMatching(/flexThrottle\.mode is "on".*\nNothing was written\.\n$/),
    });
    expect(shell.methods).toEqual([]);
  });

  test("does nothing if the settings are the same", async () => {
    await open({ mode: "off", queue: {} });
    expect(await apply({ queue: {}, mode: "off" })).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^Nothing to do: /),
    });
    expect([shell.methods, backups()]).toEqual([["GET"], []]);
  });

  test("accepts an API key, which takes precedence over an auth token", async () => {
    await open();
    const { apiKey, apiSecret } = shell.twilio.account.credentials;
    const variables = { TWILIO_API_KEY: apiKey, TWILIO_API_SECRET: apiSecret, TWILIO_AUTH_TOKEN: "0".repeat(32) };
    expect((await shell.run(["settings", "apply", shell.file({ mode: "off" }), "--yes"], variables)).code).toBe(0);
    expect(live()).toEqual({ mode: "off" });
  });

  test("does not write if it cannot save a backup", async () => {
    await open();
    shell.file("not a folder", "home");
    expect(await apply({ mode: "off" })).toMatchObject({
      code: 2,
      err: expect.stringMatching(
        /^flex-throttle: Cannot save a backup: .*home.*\. Set FLEX_THROTTLE_HOME to use another folder\./,
      ),
    });
    expect([shell.methods.includes("POST"), live()]).toEqual([false, undefined]);
  });
});

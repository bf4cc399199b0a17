// The commands that write (apply, rollback), with other keys in ui_attributes and concurrent changes.

import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync } from "fs";
import { join } from "path";

import { OTHER_KEYS, Shell } from "./support/shell";

jest.setTimeout(60_000);

let shell: Shell;
const open = async (flexThrottle?: unknown) => (shell = await Shell.open(flexThrottle));
afterEach(async () => {
  expect(shell.leaks).toEqual([]);
  // No test may change the other keys.
  expect(JSON.stringify({ ...shell.uiAttributes, flexThrottle: undefined })).toBe(
    JSON.stringify({ ...OTHER_KEYS, ...otherChanges }),
  );
  otherChanges = {};
  await shell.close();
});

/** Changes that somebody else made to the other keys during the test. */
let otherChanges: Record<string, unknown> = {};
function changeOtherKeys(): void {
  otherChanges = { version_compatibility: "theirs-new", added: [1] };
  shell.uiAttributes = { ...shell.uiAttributes, ...otherChanges };
}

const live = () => shell.uiAttributes.flexThrottle;
const backups = () =>
  existsSync(shell.historyFolder) ? readdirSync(shell.historyFolder).filter((name) => name !== "seen.json") : [];
const apply = (settings: unknown, ...options: string[]) => shell.settings("apply", shell.file(settings), ...options);

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
    expect((await shell.run(["settings", "apply", shell.file({ mode: "off" })], variables)).code).toBe(0);
    expect(live()).toEqual({ mode: "off" });
  });

  test("does not write if it cannot save a backup", async () => {
    await open();
    shell.file("not a folder", "home");
    expect(await apply({ mode: "off" })).toMatchObject({
      code: 1,
      err: expect.stringMatching(/^flex-throttle: Cannot .*home.*\. Set FLEX_THROTTLE_HOME to use another folder\./),
    });
    expect([shell.methods.includes("POST"), live()]).toEqual([false, undefined]);
  });
});

describe("a concurrent change", () => {
  beforeEach(() => open({ mode: "off" }));

  test.each(["get", "diff", "apply"])(
    "is not overwritten if it was made after %s read the settings",
    async (command) => {
      const file = shell.file({ mode: "observe" });
      await shell.settings(...{ get: ["get"], diff: ["diff", file], apply: ["apply", file] }[command as "get"]);
      shell.changeSettings({ mode: "enforce", queue: { maxLength: 5 } });
      const posts = shell.methods.filter((method) => method === "POST").length;
      const { code, out, err } = await apply({ mode: "off", onBurst: "reject" });
      expect([code, out]).toEqual([1, ""]);
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
    expect([codes, live()]).toEqual([[1, 1], { mode: "enforce" }]);
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
    expect([codes, live()]).toEqual([[1, 1, 0, 0], { mode: "observe" }]);
  });

  test("is overwritten with --force", async () => {
    await shell.settings("get");
    shell.changeSettings({ mode: "enforce" });
    expect((await apply({ mode: "observe" }, "--dry-run")).code).toBe(1);
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
      1,
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
      1,
      expect.stringMatching(
        /^The settings were written, but somebody else changed them at the same moment:\n {2}~ flexThrottle\.mode {2}"observe" → "enforce"\nflex-throttle: The live settings are not those that you wrote\. /,
      ),
    ]);
  });

  test("to other keys right after the write is reported, without its content", async () => {
    shell.onRequest("GET /Configuration", 3, changeOtherKeys);
    const { code, err } = await apply({ mode: "observe" });
    expect([code, err]).toEqual([
      1,
      expect.stringMatching(
        /^flex-throttle: The settings were written, but somebody else changed other keys of ui_attributes at the same moment\. Backup of ui_attributes from before: .*\.json\n$/,
      ),
    ]);
  });
});

describe("when Twilio fails", () => {
  beforeEach(() => open({ mode: "off" }));

  test("retries a 429 after Retry-After", async () => {
    shell.twilio.gate.fault("GET /Configuration", { kind: "429", retryAfter: 1 }, 2);
    const { code, err } = await shell.settings("get");
    expect([code, err]).toEqual([
      0,
      expect.stringMatching(/^(Twilio throttled the request \(429\)\. Retrying in [1-4] seconds?\.\n){2}$/),
    ]);
    expect(shell.methods).toEqual(["GET", "GET", "GET"]);
  });

  test("reads ui_attributes again before each attempt to write", async () => {
    shell.twilio.gate.fault("POST /Configuration", { kind: "429", retryAfter: 1 }, 1);
    shell.onRequest("GET /Configuration", 3, changeOtherKeys);
    expect((await apply({ mode: "observe" })).code).toBe(0);
    expect(shell.methods).toEqual(["GET", "GET", "POST", "GET", "POST", "GET"]);
    expect([live(), backups()]).toEqual([{ mode: "observe" }, [expect.any(String)]]);
  });

  test("does not overwrite a change made before the retry", async () => {
    shell.twilio.gate.fault("POST /Configuration", { kind: "429", retryAfter: 1 }, 1);
    shell.onRequest("GET /Configuration", 3, () => shell.changeSettings({ mode: "enforce" }));
    expect(await apply({ mode: "observe" })).toMatchObject({
      code: 1,
      err: expect.stringContaining("while this command was running:"),
    });
    expect([live(), backups()]).toEqual([{ mode: "enforce" }, []]);
  });

  test("does not wait for a long Retry-After", async () => {
    shell.twilio.gate.fault("POST /Configuration", { kind: "429", retryAfter: 120 });
    expect(await apply({ mode: "observe" })).toMatchObject({
      code: 1,
      err: "flex-throttle: Twilio throttled the request (429). Nothing was written. Try again in 120 seconds.\n",
    });
    expect([live(), backups()]).toEqual([{ mode: "off" }, []]);
  });

  test("reports an unknown outcome and keeps the backup if the write fails with a 500", async () => {
    shell.twilio.gate.fault("POST /Configuration", { kind: "500" });
    expect(await apply({ mode: "observe" })).toMatchObject({
      code: 1,
      err: expect.stringMatching(
        /^flex-throttle: Twilio answered 500, error 20500: .* The settings may or may not have been written; check with get\. Backup of ui_attributes: .*\.json\n$/,
      ),
    });
    expect(backups()).toHaveLength(1);
  });

  test("reports that the settings were written if only the verification fails", async () => {
    shell.onRequest("GET /Configuration", 2, () => shell.twilio.gate.fault("GET /Configuration", { kind: "500" }));
    expect(await apply({ mode: "observe" })).toMatchObject({
      code: 1,
      err: expect.stringContaining("The settings were written, but reading them again failed: Twilio answered 500"),
    });
    expect(live()).toEqual({ mode: "observe" });
  });
});

describe("rollback", () => {
  const rollback = (...options: string[]) => shell.settings("rollback", ...options);
  const applyAll = async (...modes: string[]) => {
    for (const mode of modes) await apply({ mode });
  };

  test("restores the settings from before the last apply, and goes one apply further back each time", async () => {
    await open();
    await applyAll("off", "observe", "enforce");
    const seen: unknown[] = [];
    for (let times = 0; times < 3; times += 1) {
      const { code, out } = await rollback();
      expect([code, out]).toEqual([
        0,
        expect.stringMatching(
          /^Changes from the live settings of AC\w+ to the settings from before the apply of \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC:\n/,
        ),
      ]);
      seen.push(live());
    }
    expect(seen).toEqual([{ mode: "observe" }, { mode: "off" }, undefined]);
    expect("flexThrottle" in shell.uiAttributes).toBe(false);
    expect(await rollback()).toMatchObject({
      code: 1,
      err: expect.stringMatching(/^flex-throttle: Nothing to roll back: this machine has no backup for AC\w+\.\n$/),
    });
  });

  test("after a further apply, restores the settings from before that one", async () => {
    await open({ mode: "off" });
    await applyAll("observe");
    await rollback();
    await applyAll("enforce");
    await rollback();
    expect(live()).toEqual({ mode: "off" });
  });

  test("keeps changes to other keys", async () => {
    await open({ mode: "off" });
    await applyAll("observe");
    changeOtherKeys();
    expect((await rollback()).code).toBe(0);
    expect(live()).toEqual({ mode: "off" });
  });

  test("--dry-run writes nothing and does not count as a rollback", async () => {
    await open({ mode: "off" });
    await applyAll("observe");
    const before = [...shell.methods, ...backups()];
    expect(await rollback("--dry-run")).toMatchObject({
      code: 0,
      out: expect.stringMatching(/"observe" → "off"\nDry run: nothing was written\.\n$/),
    });
    expect([...shell.methods, ...backups()]).toEqual([...before.slice(0, -1), "GET", ...before.slice(-1)]);
    await rollback();
    expect(live()).toEqual({ mode: "off" });
  });

  test("overwrites a concurrent change only with --force", async () => {
    await open({ mode: "off" });
    await applyAll("observe");
    shell.changeSettings({ mode: "enforce" });
    expect(await rollback()).toMatchObject({
      code: 1,
      err: expect.stringContaining("Somebody else has changed the settings"),
    });
    expect(live()).toEqual({ mode: "enforce" });
    expect((await rollback("--force")).code).toBe(0);
    expect(live()).toEqual({ mode: "off" });
  });

  test("skips an apply that it need not undo", async () => {
    await open({ mode: "off" });
    await applyAll("observe", "enforce");
    shell.changeSettings({ mode: "observe" });
    await shell.settings("get");
    expect(await rollback()).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^Nothing to do: AC\w+ already has the settings from before the apply of/),
    });
    await rollback();
    expect(live()).toEqual({ mode: "off" });
  });
});

// What writes: apply and rollback, beside other people's keys and other people's changes.

import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync } from "fs";
import { join } from "path";

import { OTHERS, Shell } from "./support/shell";

jest.setTimeout(60_000);

let shell: Shell;
const open = async (flexThrottle?: unknown) => (shell = await Shell.open(flexThrottle));
afterEach(async () => {
  expect(shell.leaks).toEqual([]);
  // Whatever happened, what others keep is as they left it.
  expect(JSON.stringify({ ...shell.uiAttributes, flexThrottle: undefined })).toBe(
    JSON.stringify({ ...OTHERS, ...othersChanges }),
  );
  othersChanges = {};
  await shell.close();
});

/** What others have done to their own keys meanwhile. */
let othersChanges: Record<string, unknown> = {};
function someoneElseWrites(): void {
  othersChanges = { version_compatibility: "theirs-new", added: [1] };
  shell.uiAttributes = { ...shell.uiAttributes, ...othersChanges };
}

const live = () => shell.uiAttributes.flexThrottle;
const backups = () =>
  existsSync(shell.history) ? readdirSync(shell.history).filter((name) => name !== "seen.json") : [];
const apply = (settings: unknown, ...options: string[]) => shell.settings("apply", shell.file(settings), ...options);

describe("apply", () => {
  test("writes the settings, and nothing else", async () => {
    await open();
    const before = { ...shell.twilio.configuration };
    expect(await apply({ mode: "observe", queue: { maxLength: 5 } })).toEqual({
      code: 0,
      out: expect.stringMatching(
        /^From the settings of AC\w+ to those of settings\.json:\n {2}\+ flexThrottle\.mode {13}"observe"\n {2}\+ flexThrottle\.queue\.maxLength {2}5\nBackup of ui_attributes: .*\.json\nWritten, and read back\. An agent's Flex has it when it is next loaded\.\n$/,
      ),
      err: "",
    });
    const ui_attributes = { ...OTHERS, flexThrottle: { mode: "observe", queue: { maxLength: 5 } } };
    expect(shell.twilio.configuration).toEqual({ ...before, ui_attributes, date_updated: expect.any(String) });
  });

  test("changes them in their place among the others", async () => {
    await open();
    shell.uiAttributes = { flexThrottle: { mode: "off" }, ...OTHERS };
    expect((await apply({ mode: "observe" })).code).toBe(0);
    expect(Object.keys(shell.uiAttributes)).toEqual(["flexThrottle", ...Object.keys(OTHERS)]);
    expect(live()).toEqual({ mode: "observe" });
  });

  test("keeps ui_attributes as they were in a file that only the user may read, and names it", async () => {
    await open({ mode: "off" });
    mkdirSync(shell.history, { recursive: true });
    chmodSync(shell.history, 0o755);
    const before = JSON.stringify(shell.uiAttributes);
    const { out } = await apply({ mode: "observe" });
    const path = /Backup of ui_attributes: (.*)\n/.exec(out)?.[1] ?? "";
    expect(readFileSync(path, "utf8")).toBe(before);
    expect(readdirSync(shell.history).map((name) => statSync(join(shell.history, name)).mode & 0o777)).toEqual([
      0o600, 0o600,
    ]);
    expect(statSync(shell.history).mode & 0o777).toBe(0o700);
  });

  test("with --dry-run shows the difference, and writes nothing anywhere", async () => {
    await open({ mode: "off" });
    const { code, out } = await apply({ mode: "observe" }, "--dry-run");
    expect([code, out]).toEqual([
      0,
      expect.stringMatching(/~ flexThrottle\.mode {2}"off" → "observe"\nDry run: nothing was written\.\n$/),
    ]);
    expect([shell.methods, backups(), live()]).toEqual([["GET"], [], { mode: "off" }]);
    expect(existsSync(join(shell.folder, "home"))).toBe(false);
  });

  test("writes nothing that is not understood", async () => {
    await open({ mode: "off" });
    expect(await apply({ mode: "on" }, "--force")).toEqual({
      code: 1,
      out: "",
      err: expect.stringMatching(/flexThrottle\.mode is "on".*\nNothing was written\.\n$/),
    });
    expect(shell.methods).toEqual([]);
  });

  test("has nothing to do where the settings are the same", async () => {
    await open({ mode: "off", queue: {} });
    expect(await apply({ queue: {}, mode: "off" })).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^Nothing to do: /),
    });
    expect([shell.methods, backups()]).toEqual([["GET"], []]);
  });

  test("works with an API key, which goes before an auth token that is old", async () => {
    await open();
    const { apiKey, apiSecret } = shell.twilio.account.credentials;
    const variables = { TWILIO_API_KEY: apiKey, TWILIO_API_SECRET: apiSecret, TWILIO_AUTH_TOKEN: "0".repeat(32) };
    expect((await shell.run(["settings", "apply", shell.file({ mode: "off" })], variables)).code).toBe(0);
    expect(live()).toEqual({ mode: "off" });
  });

  test("writes nothing when it cannot keep a backup", async () => {
    await open();
    shell.file("not a folder", "home");
    expect(await apply({ mode: "off" })).toMatchObject({
      code: 1,
      err: expect.stringMatching(/^flex-throttle: .*home.* FLEX_THROTTLE_HOME names another folder for it\./),
    });
    expect([shell.methods.includes("POST"), live()]).toEqual([false, undefined]);
  });
});

describe("over somebody else's change", () => {
  beforeEach(() => open({ mode: "off" }));

  test.each(["get", "diff", "apply"])(
    "nothing is written when it was made since %s last saw the settings",
    async (command) => {
      const file = shell.file({ mode: "observe" });
      await shell.settings(...{ get: ["get"], diff: ["diff", file], apply: ["apply", file] }[command as "get"]);
      shell.someoneSets({ mode: "enforce", queue: { maxLength: 5 } });
      const posts = shell.methods.filter((method) => method === "POST").length;
      const { code, out, err } = await apply({ mode: "off", onBurst: "reject" });
      expect([code, out]).toEqual([1, ""]);
      expect(err).toMatch(
        /~ flexThrottle\.mode +"\w+" → "enforce"\n {2}\+ flexThrottle\.queue\.maxLength {2}5\nflex-throttle: Somebody has changed the settings, as above, since this machine last saw them on .* UTC\. Nothing was written\. /,
      );
      expect(shell.methods.filter((method) => method === "POST")).toHaveLength(posts);
      expect(live()).toEqual({ mode: "enforce", queue: { maxLength: 5 } });
    },
  );

  test("nothing is written after a dry run either, which is no look at it", async () => {
    await shell.settings("get");
    shell.someoneSets({ mode: "enforce" });
    const codes = [await apply({ mode: "observe" }, "--dry-run"), await apply({ mode: "observe" })].map(
      ({ code }) => code,
    );
    expect([codes, live()]).toEqual([[1, 1], { mode: "enforce" }]);
  });

  test("it is written once the change has been looked at", async () => {
    await shell.settings("get");
    shell.someoneSets({ mode: "enforce" });
    const codes = [
      await apply({ mode: "observe" }),
      await apply({ mode: "observe" }),
      await shell.settings("get"),
      await apply({ mode: "observe" }),
    ].map(({ code }) => code);
    expect([codes, live()]).toEqual([[1, 1, 0, 0], { mode: "observe" }]);
  });

  test("it is written by force", async () => {
    await shell.settings("get");
    shell.someoneSets({ mode: "enforce" });
    expect((await apply({ mode: "observe" }, "--dry-run")).code).toBe(1);
    expect((await apply({ mode: "observe" }, "--force")).code).toBe(0);
    expect(live()).toEqual({ mode: "observe" });
  });

  test("it is written where this machine has never seen the settings: the difference is shown", async () => {
    expect(await apply({ mode: "observe" })).toMatchObject({
      code: 0,
      out: expect.stringContaining('~ flexThrottle.mode  "off" → "observe"'),
    });
  });

  test.each([
    ["", []],
    [", even by force,", ["--force"]],
  ])("nothing is written%s when it is made right before the write", async (_, options) => {
    shell.at("GET /Configuration", 2, () => shell.someoneSets({ mode: "enforce" }));
    const { code, err } = await apply({ mode: "observe" }, ...options);
    expect([code, err]).toEqual([
      1,
      expect.stringMatching(
        /~ flexThrottle\.mode {2}"off" → "enforce"\nflex-throttle: Somebody has changed the settings, as above, at this very moment\. Nothing was written\./,
      ),
    ]);
    expect([shell.methods, live(), backups()]).toEqual([["GET", "GET"], { mode: "enforce" }, []]);
  });

  test("what others change in other keys right before the write stays, and is in the backup", async () => {
    shell.at("GET /Configuration", 2, someoneElseWrites);
    expect((await apply({ mode: "observe" })).code).toBe(0);
    expect(live()).toEqual({ mode: "observe" });
    expect(readFileSync(join(shell.history, backups()[0]), "utf8")).toContain("theirs-new");
  });

  test("it is told when it is made right after the write", async () => {
    shell.at("GET /Configuration", 3, () => shell.someoneSets({ mode: "enforce" }));
    const { code, err } = await apply({ mode: "observe" });
    expect([code, err]).toEqual([
      1,
      expect.stringMatching(
        /~ flexThrottle\.mode {2}"observe" → "enforce"\nflex-throttle: The settings were written, but others are read back/,
      ),
    ]);
  });

  test("it is told, and not what it is, when it is made to other keys right after the write", async () => {
    shell.at("GET /Configuration", 3, someoneElseWrites);
    const { code, err } = await apply({ mode: "observe" });
    expect([code, err]).toEqual([
      1,
      expect.stringMatching(
        /^flex-throttle: The settings were written, but other keys of ui_attributes are not what they were.* How they were stands in .*\.json\n$/,
      ),
    ]);
  });
});

describe("a busy Twilio", () => {
  beforeEach(() => open({ mode: "off" }));

  test("is asked again when it says", async () => {
    shell.twilio.gate.fault("GET /Configuration", { kind: "429", retryAfter: 1 }, 2);
    const { code, err } = await shell.settings("get");
    expect([code, err]).toEqual([
      0,
      expect.stringMatching(/^(Twilio is busy \(429\); trying again in [1-4] seconds?\.\n){2}$/),
    ]);
    expect(shell.methods).toEqual(["GET", "GET", "GET"]);
  });

  test("is looked at anew before each try to write", async () => {
    shell.twilio.gate.fault("POST /Configuration", { kind: "429", retryAfter: 1 }, 1);
    shell.at("GET /Configuration", 3, someoneElseWrites);
    expect((await apply({ mode: "observe" })).code).toBe(0);
    expect(shell.methods).toEqual(["GET", "GET", "POST", "GET", "POST", "GET"]);
    expect([live(), backups()]).toEqual([{ mode: "observe" }, [expect.any(String)]]);
  });

  test("is not written over a change made during the pause", async () => {
    shell.twilio.gate.fault("POST /Configuration", { kind: "429", retryAfter: 1 }, 1);
    shell.at("GET /Configuration", 3, () => shell.someoneSets({ mode: "enforce" }));
    expect(await apply({ mode: "observe" })).toMatchObject({
      code: 1,
      err: expect.stringContaining("at this very moment. Nothing was written."),
    });
    expect([live(), backups()]).toEqual([{ mode: "enforce" }, []]);
  });

  test("that asks for a long wait is not waited for", async () => {
    shell.twilio.gate.fault("POST /Configuration", { kind: "429", retryAfter: 120 });
    expect(await apply({ mode: "observe" })).toMatchObject({
      code: 1,
      err: "flex-throttle: Twilio is busy (429) and asks to come again later; nothing was written. Try again in 120 seconds.\n",
    });
    expect([live(), backups()]).toEqual([{ mode: "off" }, []]);
  });

  test("that fails while it writes leaves open what became of it: the backup stays", async () => {
    shell.twilio.gate.fault("POST /Configuration", { kind: "500" });
    expect(await apply({ mode: "observe" })).toMatchObject({
      code: 1,
      err: expect.stringMatching(
        /^flex-throttle: Twilio answered 500, error 20500: .* It is not known whether the settings were written; get tells\. Backup of ui_attributes: .*\.json\n$/,
      ),
    });
    expect(backups()).toHaveLength(1);
  });

  test("that fails to be read back is told from one that was not written", async () => {
    shell.at("GET /Configuration", 2, () => shell.twilio.gate.fault("GET /Configuration", { kind: "500" }));
    expect(await apply({ mode: "observe" })).toMatchObject({
      code: 1,
      err: expect.stringContaining("The settings were written, but could not be read back: Twilio answered 500"),
    });
    expect(live()).toEqual({ mode: "observe" });
  });
});

describe("rollback", () => {
  const rollback = (...options: string[]) => shell.settings("rollback", ...options);
  const applyAll = async (...modes: string[]) => {
    for (const mode of modes) await apply({ mode });
  };

  test("puts the settings back to what they were before the last apply, each time one further", async () => {
    await open();
    await applyAll("off", "observe", "enforce");
    const seen: unknown[] = [];
    for (let times = 0; times < 3; times += 1) {
      const { code, out } = await rollback();
      expect([code, out]).toEqual([
        0,
        expect.stringMatching(
          /^From the settings of AC\w+ to those before the apply of \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC:\n/,
        ),
      ]);
      seen.push(live());
    }
    expect(seen).toEqual([{ mode: "observe" }, { mode: "off" }, undefined]);
    expect("flexThrottle" in shell.uiAttributes).toBe(false);
    expect(await rollback()).toMatchObject({
      code: 1,
      err: expect.stringMatching(
        /^flex-throttle: This machine knows of no apply to AC\w+ that could be taken back\.\n$/,
      ),
    });
  });

  test("after another apply goes back to before that one", async () => {
    await open({ mode: "off" });
    await applyAll("observe");
    await rollback();
    await applyAll("enforce");
    await rollback();
    expect(live()).toEqual({ mode: "off" });
  });

  test("leaves other keys as they are now", async () => {
    await open({ mode: "off" });
    await applyAll("observe");
    someoneElseWrites();
    expect((await rollback()).code).toBe(0);
    expect(live()).toEqual({ mode: "off" });
  });

  test("with --dry-run writes nothing, and goes back no further the next time", async () => {
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

  test("does not write over somebody else's change, but by force", async () => {
    await open({ mode: "off" });
    await applyAll("observe");
    shell.someoneSets({ mode: "enforce" });
    expect(await rollback()).toMatchObject({
      code: 1,
      err: expect.stringContaining("Somebody has changed the settings"),
    });
    expect(live()).toEqual({ mode: "enforce" });
    expect((await rollback("--force")).code).toBe(0);
    expect(live()).toEqual({ mode: "off" });
  });

  test("where nothing changes passes over that apply", async () => {
    await open({ mode: "off" });
    await applyAll("observe", "enforce");
    shell.someoneSets({ mode: "observe" });
    await shell.settings("get");
    expect(await rollback()).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^Nothing to do: the settings of AC\w+ are those before the apply of/),
    });
    await rollback();
    expect(live()).toEqual({ mode: "off" });
  });
});

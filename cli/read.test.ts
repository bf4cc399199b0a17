// The commands that only read (get, check, diff), settings files, and usage errors.

import { OTHER_KEYS, Shell, type Result } from "./support/shell";

jest.setTimeout(60_000);

let shell: Shell;
const open = async (flexThrottle?: unknown) => (shell = await Shell.open(flexThrottle));
afterEach(async () => {
  expect(shell.leaks).toEqual([]);
  expect(shell.methods).not.toContain("POST");
  await shell.close();
});

const success = (out: string): Result => ({ code: 0, out, err: "" });

describe("get", () => {
  test("prints only the settings, as JSON", async () => {
    await open({ mode: "observe", limits: { "POST /channels": { perSecond: 3 } } });
    const { code, out, err } = await shell.settings("get");
    expect([code, err, JSON.parse(out)]).toEqual([
      0,
      "",
      { mode: "observe", limits: { "POST /channels": { perSecond: 3 } } },
    ]);
    expect(out.split("\n").length).toBeGreaterThan(5);
  });

  test("prints {} and a note if there are no settings", async () => {
    await open();
    const { code, out, err } = await shell.settings("get");
    expect([code, out]).toEqual([0, "{}\n"]);
    expect(err).toMatch(
      /^The Flex configuration of AC[0-9a-f]{32} has no flexThrottle settings\. The defaults apply\.\n$/,
    );
  });

  test("accepts an account without ui_attributes", async () => {
    await open();
    shell.twilio.configuration.ui_attributes = null;
    expect(await shell.settings("get")).toMatchObject({ code: 0, out: "{}\n" });
  });
});

describe("check", () => {
  beforeEach(() => open());

  test("needs no account", async () => {
    const file = shell.file({ mode: "off" });
    const noAccount = { TWILIO_ACCOUNT_SID: undefined, TWILIO_AUTH_TOKEN: undefined, FLEX_THROTTLE_API_URL: undefined };
    expect(await shell.run(["settings", "check", file], noAccount)).toEqual(
      success("settings.json: all settings are valid.\n"),
    );
  });

  test("reports each invalid entry with its path and the expected value", async () => {
    const file = shell.file({
      mode: "on",
      limits: { "POST /chanels": { perSecond: 5 }, "GET /channels": { perSecond: 2, burst: 9 } },
    });
    expect(await shell.settings("check", file)).toEqual({
      code: 1,
      out: "",
      err: `settings.json: 3 settings are invalid.
  flexThrottle.mode is "on"; expected one of "enforce", "observe", "off".
  flexThrottle.limits["POST /chanels"] is unknown; expected "POST /channels".
  flexThrottle.limits["GET /channels"].burst is 9; expected a whole number from 1 to 2 (the limit's own rate).
`,
    });
  });

  test.each([
    ["with the value of ui_attributes.flexThrottle", '{"mode":"off"}'],
    ["with flexThrottle around it", '{"flexThrottle":{"mode":"off"}}'],
    ["with the path of its JSON Schema", '{"$schema":"./x.json","mode":"off"}'],
    ["with comments", '// ours\n{"mode":"off" /* for now */}'],
    ["with a byte order mark", '\uFEFF{"mode":"off"}'],
    ["in UTF-16, as Windows PowerShell writes it", Buffer.from('\uFEFF{"mode":"off"}\r\n', "utf16le")],
    ["in big-endian UTF-16", Buffer.from('\uFEFF{"mode":"off"}', "utf16le").swap16()],
    ["with carriage returns", '{\r\n  // ours\r\n  "mode": "off"\r\n}\r\n'],
    ["with a comma after the last entry", '{"routes":[],"mode":"off",}'],
  ])("accepts a file %s", async (_, text) => {
    expect(await shell.settings("check", shell.file(text))).toEqual(
      success("settings.json: all settings are valid.\n"),
    );
  });

  test.each([
    ['{\n  "mode": "off"\n  "queue": {}\n}', "settings.json:3:3: invalid JSON, comma expected."],
    [
      '{ "mode": observe }',
      "settings.json:1:11: invalid JSON, unknown word; expected a name or a text in double quotes, a number, true, false or null.",
    ],
    ['"flexThrottle": {}', "settings.json:1:15: invalid JSON, end of file expected."],
    ["\n", "settings.json is empty; expected the settings as JSON."],
    ['{"limits":{},\n "mode":"off",\n "limits":{}}', 'settings.json:3:2: the object has two entries "limits".'],
    [Buffer.from([0x7b, 0xe9, 0x7d]), "settings.json is not a text file in UTF-8."],
    [Buffer.from('{"mode":"off"}', "utf16le"), "settings.json is not a text file in UTF-8."],
    [" ".repeat(1_000_001), "settings.json is larger than 1 MB; expected a settings file."],
    ["[".repeat(100_000), "settings.json is nested too deeply."],
    [
      { account_sid: "AC1", ui_attributes: OTHER_KEYS },
      "settings.json contains a whole Flex configuration; expected only the value of ui_attributes.flexThrottle.",
    ],
    [
      { ui_attributes: { flexThrottle: {} } },
      "settings.json contains a whole Flex configuration; expected only the value of ui_attributes.flexThrottle.",
    ],
    [
      { ...OTHER_KEYS, flexThrottle: {} },
      "settings.json contains other keys beside flexThrottle; expected only the value of flexThrottle.",
    ],
  ])("explains why it rejects the file %.60j", async (content, sentence) => {
    expect(await shell.settings("check", shell.file(content))).toEqual({
      code: 2,
      out: "",
      err: `flex-throttle: ${sentence}\n`,
    });
  });

  test("rejects a missing file and a folder", async () => {
    expect(await shell.settings("check", "nope.json")).toEqual({
      code: 2,
      out: "",
      err: "flex-throttle: nope.json does not exist.\n",
    });
    expect(await shell.settings("check", ".")).toEqual({
      code: 2,
      out: "",
      err: "flex-throttle: . is a folder, not a file.\n",
    });
  });

  test.each(["-", "/dev/stdin"])("reads standard input for %s", async (file) => {
    const run = (input: string) => shell.run(["settings", "check", file], {}, { input });
    expect(await run('{"mode":"off"}')).toEqual(success("standard input: all settings are valid.\n"));
    expect(await run("{")).toMatchObject({
      code: 2,
      err: expect.stringMatching(/^flex-throttle: standard input:1:2: /),
    });
  });

  test("stops reading an endless file", async () => {
    expect(await shell.settings("check", "/dev/zero")).toMatchObject({
      code: 2,
      err: "flex-throttle: /dev/zero is larger than 1 MB; expected a settings file.\n",
    });
  });

  test("reports a reserved name", async () => {
    const { code, err } = await shell.settings("check", shell.file('{"__proto__":{"mode":"off"}}'));
    expect([code, err]).toEqual([1, expect.stringContaining("flexThrottle.__proto__ is a reserved name")]);
  });
});

describe("diff", () => {
  test("lists each entry that the file would change, and exits with 1", async () => {
    await open({ mode: "observe", queue: { maxLength: 100 } });
    const file = shell.file({ mode: "enforce", limits: { "POST /channels": { perSecond: 8 } } });
    expect(await shell.settings("diff", file)).toEqual({
      code: 1,
      out: `Changes from the live settings of ${shell.twilio.account.sid} to the settings in settings.json:
  ~ flexThrottle.mode                                "observe" → "enforce"
  - flexThrottle.queue.maxLength                     100
  + flexThrottle.limits["POST /channels"].perSecond  8
`,
      err: "",
    });
  });

  test("exits with 0 if there is no difference", async () => {
    await open({ mode: "observe", queue: {} });
    const file = shell.file({ flexThrottle: { queue: {}, mode: "observe" } });
    expect(await shell.settings("diff", file)).toEqual(
      success(`No difference: ${shell.twilio.account.sid} has the settings in settings.json.\n`),
    );
  });

  test("also reports the file's invalid settings", async () => {
    await open();
    const { code, out, err } = await shell.settings("diff", shell.file({ mode: "on" }));
    expect([code, out, err]).toEqual([
      1,
      expect.stringContaining('+ flexThrottle.mode  "on"'),
      expect.stringContaining("1 setting is invalid"),
    ]);
  });

  test("finds no difference in the output of get", async () => {
    await open({ mode: "observe", actions: { toString: { limits: ["POST /channels"] } } });
    const file = shell.file((await shell.settings("get")).out);
    expect((await shell.settings("diff", file)).code).toBe(0);
  });
});

describe("--json", () => {
  const json = async (...args: string[]) => JSON.parse((await shell.settings(...args, "--json")).out) as unknown;

  test("prints only JSON to standard output", async () => {
    await open({ mode: "off" });
    const account = shell.twilio.account.sid;
    expect(await json("get")).toEqual({ mode: "off" });
    expect(await json("check", shell.file({ mode: "off" }))).toEqual({ problems: [] });
    const problems = [{ path: "flexThrottle.mode", message: expect.stringContaining('"on"') }];
    const changes = [{ path: "flexThrottle.mode", from: "off", to: "on" }];
    expect(await json("check", shell.file({ mode: "on" }))).toEqual({ problems });
    expect(await json("diff", shell.file({ mode: "on" }))).toEqual({ account, changes, problems });
    expect(await json("apply", shell.file({ mode: "on" }))).toEqual({ account, problems, written: false });
    expect(await json("history")).toEqual({ account, backups: [] });
  });
});

describe("usage", () => {
  const COMMANDS =
    "settings get, settings check, settings diff, settings apply, settings off, settings on, settings rollback, settings history, account check";

  beforeEach(() => open());

  test.each([
    [["get"], `Unknown command "get"; expected one of ${COMMANDS}`],
    [["settings", "set"], `Unknown command "settings set"; expected one of ${COMMANDS}`],
    [["toString"], `Unknown command "toString"; expected one of ${COMMANDS}`],
    [["account"], `Unknown command "account"; expected one of ${COMMANDS}`],
    [["settings", "check"], "settings check expects exactly one FILE"],
    [["settings", "apply", "a", "b"], "settings apply expects exactly one FILE"],
    [["settings", "get", "a"], "settings get does not take a FILE"],
    [["settings", "rollback", "a"], "settings rollback does not take a FILE"],
    [["settings", "off", "a"], "settings off does not take a FILE"],
    [["settings", "off", "--force"], "settings off does not take --force"],
    [["settings", "diff", "a", "--dry-run"], "settings diff does not take --dry-run"],
    [["settings", "apply", "a", "--to", "now"], "settings apply does not take --to"],
    [["account", "check", "--force"], "account check does not take --force"],
    [["settings", "apply", "a", "--dryrun"], "Unknown option '--dryrun'"],
  ])("%j is explained in one line and exits with 2", async (args, reason) => {
    expect(await shell.run(args)).toEqual({
      code: 2,
      out: "",
      err: `flex-throttle: ${reason}. See: flex-throttle --help\n`,
    });
  });

  test.each([[[]], [["settings"]], [["help"]], [["-h"]]])("%j prints the help", async (args) => {
    expect(await shell.run(args)).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^flex-throttle: manage /),
      err: "",
    });
  });

  test("--help lists every command, variable and exit code", async () => {
    const { code, out } = await shell.run(["settings", "apply", "--help"]);
    expect(code).toBe(0);
    for (const word of [
      "get",
      "check FILE",
      "diff FILE",
      "apply FILE",
      "settings off",
      "settings on",
      "rollback",
      "TWILIO_API_SECRET",
      "FLEX_THROTTLE_HOME",
      "Exit codes",
    ])
      expect(out).toContain(word);
    out.split("\n").forEach((line) => expect(line.length).toBeLessThanOrEqual(80));
  });
});

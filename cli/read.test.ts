// The commands that only read (get, check, diff), settings files, and usage errors.

import { join, resolve } from "path";

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
  ])("accepts a file %s", async (_, text) => {
    expect(await shell.settings("check", shell.file(text))).toEqual(
      success("settings.json: all settings are valid.\n"),
    );
  });

  test.each([
    ['{\n  "mode": "off"\n  "queue": {}\n}', "settings.json:3:3: invalid JSON, comma expected."],
    ['"flexThrottle": {}', "settings.json:1:15: invalid JSON, end of file expected."],
    ["", "settings.json:1:1: invalid JSON, value expected."],
    ['{"mode":"off",}', "settings.json:1:15: invalid JSON, property name expected."],
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
  ])("explains why it rejects the file %j", async (content, sentence) => {
    expect(await shell.settings("check", shell.file(content))).toEqual({
      code: 1,
      out: "",
      err: `flex-throttle: ${sentence}\n`,
    });
  });

  test("rejects a missing file and a folder", async () => {
    expect(await shell.settings("check", "nope.json")).toEqual({
      code: 1,
      out: "",
      err: "flex-throttle: nope.json does not exist.\n",
    });
    expect(await shell.settings("check", ".")).toEqual({
      code: 1,
      out: "",
      err: "flex-throttle: . is a folder, not a file.\n",
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

describe("usage", () => {
  beforeEach(() => open());

  test.each([
    [[], "Missing command"],
    [["settings"], "Missing command"],
    [["get"], 'Unknown command "get"; every command starts with settings'],
    [["settings", "set"], 'Unknown command "settings set"; expected one of get, check, diff, apply, rollback'],
    [
      ["settings", "toString"],
      'Unknown command "settings toString"; expected one of get, check, diff, apply, rollback',
    ],
    [["settings", "check"], "settings check expects exactly one FILE"],
    [["settings", "apply", "a", "b"], "settings apply expects exactly one FILE"],
    [["settings", "get", "a"], "settings get does not take a FILE"],
    [["settings", "rollback", "a"], "settings rollback does not take a FILE"],
    [
      ["settings", "diff", "a", "--dry-run"],
      "settings diff does not write; --dry-run and --force are for apply and rollback",
    ],
    [["settings", "apply", "a", "--dryrun"], "Unknown option '--dryrun'"],
  ])("%j is explained in one line and exits with 2", async (args, reason) => {
    expect(await shell.run(args)).toEqual({
      code: 2,
      out: "",
      err: `flex-throttle: ${reason}. See: flex-throttle --help\n`,
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
      "rollback",
      "TWILIO_API_SECRET",
      "FLEX_THROTTLE_HOME",
      "Exit codes",
    ])
      expect(out).toContain(word);
    out.split("\n").forEach((line) => expect(line.length).toBeLessThanOrEqual(80));
  });

  const root = resolve(__dirname, "..");
  const { version } = jest.requireActual(join(root, "package.json")) as { version: string };

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
});

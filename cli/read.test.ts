// What reads: get, check, diff, and what a file may be.

import { join, resolve } from "path";

import { OTHERS, Shell, type Ended } from "./support/shell";

jest.setTimeout(60_000);

let shell: Shell;
const open = async (flexThrottle?: unknown) => (shell = await Shell.open(flexThrottle));
afterEach(async () => {
  expect(shell.leaks).toEqual([]);
  expect(shell.methods).not.toContain("POST");
  await shell.close();
});

const fine = (out: string): Ended => ({ code: 0, out, err: "" });

describe("get", () => {
  test("prints the settings as JSON, and nothing else", async () => {
    await open({ mode: "observe", limits: { "POST /channels": { perSecond: 3 } } });
    const { code, out, err } = await shell.settings("get");
    expect([code, err, JSON.parse(out)]).toEqual([
      0,
      "",
      { mode: "observe", limits: { "POST /channels": { perSecond: 3 } } },
    ]);
    expect(out.split("\n").length).toBeGreaterThan(5);
  });

  test("prints {} where there are none, and says so beside it", async () => {
    await open();
    const { code, out, err } = await shell.settings("get");
    expect([code, out]).toEqual([0, "{}\n"]);
    expect(err).toMatch(
      /^There is no flexThrottle in the Flex configuration of AC[0-9a-f]{32}: the defaults hold\.\n$/,
    );
  });

  test("reads an account without any ui_attributes", async () => {
    await open();
    shell.twilio.configuration.ui_attributes = null;
    expect(await shell.settings("get")).toMatchObject({ code: 0, out: "{}\n" });
  });
});

describe("check", () => {
  beforeEach(() => open());

  test("needs no account", async () => {
    const file = shell.file({ mode: "off" });
    const none = { TWILIO_ACCOUNT_SID: undefined, TWILIO_AUTH_TOKEN: undefined, FLEX_THROTTLE_API_URL: undefined };
    expect(await shell.run(["settings", "check", file], none)).toEqual(
      fine("settings.json: every setting is understood.\n"),
    );
  });

  test("names what is not understood, with its path and what would be right", async () => {
    const file = shell.file({
      mode: "on",
      limits: { "POST /chanels": { perSecond: 5 }, "GET /channels": { perSecond: 2, burst: 9 } },
    });
    expect(await shell.settings("check", file)).toEqual({
      code: 1,
      out: "",
      err: `settings.json: 3 settings are not understood.
  flexThrottle.mode is "on"; expected one of "enforce", "observe", "off".
  flexThrottle.limits["POST /chanels"] is unknown; expected "POST /channels".
  flexThrottle.limits["GET /channels"].burst is 9; expected a whole number from 1 to 2 (the limit's own rate).
`,
    });
  });

  test.each([
    ["as it stands under ui_attributes.flexThrottle", '{"mode":"off"}'],
    ["with flexThrottle around it", '{"flexThrottle":{"mode":"off"}}'],
    ["with the name of its JSON Schema", '{"$schema":"./x.json","mode":"off"}'],
    ["with comments", '// ours\n{"mode":"off" /* for now */}'],
    ["with a byte order mark", '\uFEFF{"mode":"off"}'],
  ])("takes a file %s", async (_, text) => {
    expect(await shell.settings("check", shell.file(text))).toEqual(
      fine("settings.json: every setting is understood.\n"),
    );
  });

  test.each([
    ['{\n  "mode": "off"\n  "queue": {}\n}', "settings.json:3:3 is not JSON: comma expected."],
    ['"flexThrottle": {}', "settings.json:1:15 is not JSON: end of file expected."],
    ["", "settings.json:1:1 is not JSON: value expected."],
    ['{"mode":"off",}', "settings.json:1:15 is not JSON: property name expected."],
    [
      { account_sid: "AC1", ui_attributes: OTHERS },
      "settings.json is a whole Flex configuration; right would be only what stands in it under ui_attributes.flexThrottle.",
    ],
    [
      { ui_attributes: { flexThrottle: {} } },
      "settings.json is a whole Flex configuration; right would be only what stands in it under ui_attributes.flexThrottle.",
    ],
    [
      { ...OTHERS, flexThrottle: {} },
      "settings.json has other keys beside flexThrottle, as if it were the whole of ui_attributes; right would be only what stands under flexThrottle.",
    ],
  ])("says of a file that is %j what is wrong with it", async (content, sentence) => {
    expect(await shell.settings("check", shell.file(content))).toEqual({
      code: 1,
      out: "",
      err: `flex-throttle: ${sentence}\n`,
    });
  });

  test("says of what is no file what it is", async () => {
    expect(await shell.settings("check", "nope.json")).toEqual({
      code: 1,
      out: "",
      err: "flex-throttle: nope.json: there is no such file.\n",
    });
    expect(await shell.settings("check", ".")).toEqual({
      code: 1,
      out: "",
      err: "flex-throttle: .: this is a folder, not a file.\n",
    });
  });

  test("names names that JavaScript keeps for itself", async () => {
    const { code, err } = await shell.settings("check", shell.file('{"__proto__":{"mode":"off"}}'));
    expect([code, err]).toEqual([1, expect.stringContaining("flexThrottle.__proto__ is a reserved name")]);
  });
});

describe("diff", () => {
  test("tells entry by entry what the file would change, and ends with 1", async () => {
    await open({ mode: "observe", queue: { maxLength: 100 } });
    const file = shell.file({ mode: "enforce", limits: { "POST /channels": { perSecond: 8 } } });
    expect(await shell.settings("diff", file)).toEqual({
      code: 1,
      out: `From the settings of ${shell.twilio.account.sid} to those of settings.json:
  ~ flexThrottle.mode                                "observe" → "enforce"
  - flexThrottle.queue.maxLength                     100
  + flexThrottle.limits["POST /channels"].perSecond  8
`,
      err: "",
    });
  });

  test("ends with 0 where there is no difference", async () => {
    await open({ mode: "observe", queue: {} });
    const file = shell.file({ flexThrottle: { queue: {}, mode: "observe" } });
    expect(await shell.settings("diff", file)).toEqual(
      fine(`The settings of ${shell.twilio.account.sid} are those of settings.json.\n`),
    );
  });

  test("also tells what is not understood in the file", async () => {
    await open();
    const { code, out, err } = await shell.settings("diff", shell.file({ mode: "on" }));
    expect([code, out, err]).toEqual([
      1,
      expect.stringContaining('+ flexThrottle.mode  "on"'),
      expect.stringContaining("one setting is not understood"),
    ]);
  });

  test("what get prints has no difference", async () => {
    await open({ mode: "observe", actions: { toString: { limits: ["POST /channels"] } } });
    const file = shell.file((await shell.settings("get")).out);
    expect((await shell.settings("diff", file)).code).toBe(0);
  });
});

describe("usage", () => {
  beforeEach(() => open());

  test.each([
    [[], "A command is missing"],
    [["settings"], "A command is missing"],
    [["get"], '"get" is not known; all commands begin with settings'],
    [["settings", "set"], '"settings set" is not known; right would be one of get, check, diff, apply, rollback'],
    [
      ["settings", "toString"],
      '"settings toString" is not known; right would be one of get, check, diff, apply, rollback',
    ],
    [["settings", "check"], "settings check takes one FILE"],
    [["settings", "apply", "a", "b"], "settings apply takes one FILE"],
    [["settings", "get", "a"], "settings get takes no FILE"],
    [["settings", "rollback", "a"], "settings rollback takes no FILE"],
    [
      ["settings", "diff", "a", "--dry-run"],
      "settings diff writes nothing: --dry-run and --force are for apply and rollback",
    ],
    [["settings", "apply", "a", "--dryrun"], "Unknown option '--dryrun'"],
  ])("%j is none: one line says why, and it ends with 2", async (args, why) => {
    expect(await shell.run(args)).toEqual({
      code: 2,
      out: "",
      err: `flex-throttle: ${why}. See: flex-throttle --help\n`,
    });
  });

  test("--help tells every command, variable and exit code", async () => {
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

  test("npx flex-throttle runs in this folder, without asking and without the network", async () => {
    const npm = { npm_config_cache: join(shell.folder, "npm"), npm_config_offline: "true" };
    expect(await shell.spawn("npx", ["flex-throttle", "--version"], root, npm)).toMatchObject({
      code: 0,
      out: `${version}\n`,
    });
  });

  test("npm run settings is the same", async () => {
    const file = join(shell.folder, shell.file({ mode: "on" }));
    expect(await shell.spawn("npm", ["run", "--silent", "settings", "--", "check", file], root)).toMatchObject({
      code: 1,
      err: expect.stringContaining('flexThrottle.mode is "on"'),
    });
  });
});

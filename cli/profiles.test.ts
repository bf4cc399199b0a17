// Profiles of the Twilio CLI: which credentials the command uses, and what it says about them.

import { mkdirSync, writeFileSync } from "fs";
import { join } from "path";

import { Shell, type Result, type Variables } from "./support/shell";

jest.setTimeout(60_000);

let shell: Shell;
beforeEach(async () => (shell = await Shell.open({ mode: "off" })));
afterEach(async () => {
  expect(shell.leaks).toEqual([]);
  await shell.close();
});

const NO_VARIABLES = { TWILIO_ACCOUNT_SID: undefined, TWILIO_AUTH_TOKEN: undefined };
const OTHER_ACCOUNT = `AC${"0".repeat(32)}`;

/** Writes ~/.twilio-cli/config.json as the Twilio CLI does. */
function writeConfiguration(content: unknown, folder = join(shell.folder, "user", ".twilio-cli")): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "config.json"), typeof content === "string" ? content : JSON.stringify(content));
}

function profile(accountSid = shell.twilio.account.sid) {
  const { apiKey, apiSecret } = shell.twilio.account.credentials;
  return { accountSid, region: undefined, apiKey, apiSecret };
}

function configuration(profiles: Record<string, unknown>, activeProject: string | null, more: object = {}) {
  return { email: {}, prompts: {}, projects: [], profiles, activeProject, ...more };
}

const get = (args: string[] = [], variables: Variables = {}): Promise<Result> =>
  shell.run(["settings", "get", ...args], { ...NO_VARIABLES, ...variables });

const note = (name: string) => `Using the Twilio CLI's profile "${name}", ${shell.twilio.account.sid}.\n`;

test("uses the active profile without environment variables, and says so", async () => {
  writeConfiguration(configuration({ other: profile(OTHER_ACCOUNT), prod: profile() }, "prod"));
  expect(await get()).toEqual({ code: 0, out: expect.stringContaining('"mode": "off"'), err: note("prod") });
});

test.each([["--profile"], ["-p"]])(
  "uses the profile that %s names, rather than the environment variables",
  async (option) => {
    writeConfiguration(configuration({ dev: profile(), other: profile(OTHER_ACCOUNT) }, "other"));
    const variables = { TWILIO_ACCOUNT_SID: OTHER_ACCOUNT, TWILIO_AUTH_TOKEN: "f".repeat(32) };
    expect(await get([option, "dev"], variables)).toMatchObject({ code: 0, err: note("dev") });
  },
);

test("prefers the environment variables to the active profile", async () => {
  writeConfiguration(configuration({ other: profile(OTHER_ACCOUNT) }, "other", { requireProfileInput: true }));
  const { sid, credentials } = shell.twilio.account;
  const variables = { TWILIO_ACCOUNT_SID: sid, TWILIO_AUTH_TOKEN: credentials.authToken };
  expect(await get([], variables)).toMatchObject({ code: 0, err: "" });
  expect(await get([], { TWILIO_ACCOUNT_SID: sid })).toMatchObject({
    code: 2,
    err: expect.stringMatching(/^flex-throttle: TWILIO_AUTH_TOKEN is not set\./),
  });
});

test("writes with the credentials of a profile", async () => {
  writeConfiguration(configuration({ prod: profile() }, "prod"));
  const file = shell.file({ mode: "observe" });
  const { code } = await shell.run(["settings", "apply", file, "--yes"], NO_VARIABLES);
  expect([code, shell.uiAttributes.flexThrottle]).toEqual([0, { mode: "observe" }]);
});

test("prints the note to standard error, so that --json prints only JSON", async () => {
  writeConfiguration(configuration({ prod: profile() }, "prod"));
  const { out } = await get(["--json"]);
  expect(JSON.parse(out)).toEqual({ mode: "off" });
});

test("reads the folder in TWILIO_CONFIG_DIR", async () => {
  const folder = join(shell.folder, "elsewhere");
  writeConfiguration(configuration({ prod: profile() }, "prod"), folder);
  expect(await get([], { TWILIO_CONFIG_DIR: folder })).toMatchObject({ code: 0, err: note("prod") });
});

test("sends the credentials of a profile only to Twilio or to this machine", async () => {
  writeConfiguration(configuration({ prod: profile() }, "prod"));
  expect(await get([], { FLEX_THROTTLE_API_URL: "https://flex-api.nottwilio.com" })).toMatchObject({
    code: 2,
    err: expect.stringMatching(/^flex-throttle: FLEX_THROTTLE_API_URL is invalid/),
  });
  expect(shell.methods).toEqual([]);
});

const keychain = (id: string) => ({ id, accountSid: OTHER_ACCOUNT });

test.each<[string, () => unknown, string[], RegExp]>([
  [
    "no configuration of the Twilio CLI",
    () => undefined,
    [],
    /TWILIO_ACCOUNT_SID is not set\. Set it to .*, or create a profile with twilio login\.$/,
  ],
  ["no profile", () => configuration({}, null), [], /TWILIO_ACCOUNT_SID is not set\./],
  [
    "profiles of which none is active",
    () => configuration({ dev: profile() }, null),
    [],
    /The Twilio CLI has no active profile\. Choose one with twilio profiles:use, or add --profile NAME\.$/,
  ],
  [
    "an active profile that was removed",
    () => configuration({ dev: profile() }, "gone"),
    [],
    /The Twilio CLI has no active profile\./,
  ],
  [
    "a required profile",
    () => configuration({ dev: profile() }, "dev", { requireProfileInput: true }),
    [],
    /The Twilio CLI is configured to require the name of a profile\. Add --profile NAME\.$/,
  ],
  [
    "an unknown profile",
    () => configuration({ dev: profile() }, "dev"),
    ["-p", "toString"],
    /The Twilio CLI has no profile "toString"\. List its profiles with twilio profiles:list, or create it: twilio profiles:create --profile "toString"$/,
  ],
  [
    "a secret in the system's keychain",
    () => configuration({}, "old", { projects: [keychain("first"), keychain("old")] }),
    [],
    /The secret of the Twilio CLI's profile "old" is in the system's keychain, which this command cannot read\. Create the profile again with version 3 or later of the Twilio CLI: twilio profiles:create --profile "old"$/,
  ],
  [
    "the configuration of an old version, without an active profile",
    () => ({ projects: [keychain("first")] }),
    [],
    /profile "first" is in the system's keychain/,
  ],
  [
    "an incomplete profile",
    () => configuration({ dev: { ...profile(), apiSecret: "" } }, "dev"),
    [],
    /The Twilio CLI's profile "dev" in .*config\.json is incomplete\. Create it again: twilio profiles:create --profile "dev"$/,
  ],
  [
    "an invalid account SID",
    () => configuration({ dev: profile("my account") }, "dev"),
    [],
    /The account of the Twilio CLI's profile "dev" is not an account SID; expected AC and 32 hexadecimal digits\.$/,
  ],
  [
    "a damaged file",
    () => `{"profiles":{"dev":{"apiSecret":"${shell.twilio.account.credentials.apiSecret}"`,
    [],
    /config\.json of the Twilio CLI is damaged\. Create your profile again: twilio login$/,
  ],
  ["a file with something else in it", () => "[]", [], /config\.json of the Twilio CLI is damaged\./],
])("explains %s in one line", async (_, content, args, sentence) => {
  const written = content();
  if (written !== undefined) writeConfiguration(written);
  const { code, out, err } = await get(args);
  expect([code, out, err.trimEnd()]).toEqual([2, "", expect.stringMatching(sentence)]);
  expect(err.trimEnd().split("\n")).toHaveLength(1);
  expect(shell.methods).toEqual([]);
});

test("explains that the configuration cannot be read", async () => {
  mkdirSync(join(shell.folder, "user", ".twilio-cli", "config.json"), { recursive: true });
  expect((await get()).err).toMatch(/config\.json of the Twilio CLI cannot be read \(EISDIR\)\.\n$/);
});

test("explains a rejected key and a key of another account", async () => {
  const revoked = { ...profile(), apiKey: `SK${"1".repeat(32)}` };
  writeConfiguration(configuration({ revoked, other: profile(OTHER_ACCOUNT) }, "revoked"));
  expect((await get()).err).toMatch(
    /Check that the API key and the secret of the Twilio CLI's profile "revoked" are complete and current/,
  );
  expect((await get(["-p", "other"])).err).toMatch(
    /flex-throttle: The API key and the secret of the Twilio CLI's profile "other" belong to a different account than its account SID, AC0{32}\./,
  );
});

test("check does not take a profile, because it needs no account", async () => {
  expect(await shell.run(["settings", "check", "a", "-p", "dev"])).toMatchObject({
    code: 2,
    err: "flex-throttle: settings check does not take --profile. See: flex-throttle --help\n",
  });
});

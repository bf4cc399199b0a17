// Errors are explained in one line, without secrets, and nothing is written.

import { createServer, type Server } from "http";
import type { AddressInfo } from "net";

import { Shell, type Variables } from "./support/shell";

jest.setTimeout(60_000);

let shell: Shell;
beforeEach(async () => (shell = await Shell.open({ mode: "off" })));
afterEach(async () => {
  expect(shell.leaks).toEqual([]);
  expect([shell.uiAttributes.flexThrottle, shell.methods.includes("POST")]).toEqual([{ mode: "off" }, false]);
  await shell.close();
});

async function expectError(variables: Variables, sentence: string | RegExp): Promise<void> {
  const file = shell.file({ mode: "observe" });
  const results = await Promise.all(
    [["get"], ["apply", file]].map((args) => shell.run(["settings", ...args], variables)),
  );
  for (const { code, out, err } of results) {
    expect([code, out, err]).toEqual([2, "", expect.stringMatching(sentence)]);
    expect(err.trimEnd().split("\n")).toHaveLength(1);
  }
}

const KEY = { TWILIO_API_KEY: `SK${"1".repeat(32)}`, TWILIO_API_SECRET: "s".repeat(32) };

test.each<[string, Variables, RegExp]>([
  ["no account SID", { TWILIO_ACCOUNT_SID: undefined }, /^flex-throttle: TWILIO_ACCOUNT_SID is not set\. Set it to /],
  [
    "an invalid account SID",
    { TWILIO_ACCOUNT_SID: "my account" },
    /^flex-throttle: TWILIO_ACCOUNT_SID is not an account SID; expected AC and 32 /,
  ],
  [
    "no credentials",
    { TWILIO_AUTH_TOKEN: "" },
    /^flex-throttle: TWILIO_AUTH_TOKEN is not set\. Set it to .* TWILIO_API_KEY and TWILIO_API_SECRET instead\./,
  ],
  [
    "an API key without its secret",
    { ...KEY, TWILIO_API_SECRET: "", TWILIO_AUTH_TOKEN: "" },
    /^flex-throttle: TWILIO_API_SECRET is not set\. Set it to /,
  ],
  [
    "a wrong auth token",
    { TWILIO_AUTH_TOKEN: "f".repeat(32) },
    /^flex-throttle: Twilio rejected the credentials \(401\)\. Check that TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN are /,
  ],
  [
    "a wrong API key",
    KEY,
    /^flex-throttle: Twilio rejected the credentials \(401\)\. Check that TWILIO_API_KEY and TWILIO_API_SECRET are /,
  ],
  [
    "an invalid URL",
    { FLEX_THROTTLE_API_URL: "flex-api" },
    /^flex-throttle: FLEX_THROTTLE_API_URL is invalid; expected https:\/\/flex-api\.twilio\.com, another/,
  ],
  [
    "a URL that would receive the credentials unencrypted",
    { FLEX_THROTTLE_API_URL: "http://flex-api.invalid" },
    /^flex-throttle: FLEX_THROTTLE_API_URL is invalid/,
  ],
  [
    "a URL of another host, which would receive the credentials",
    { FLEX_THROTTLE_API_URL: "https://flex-api.nottwilio.com" },
    /^flex-throttle: FLEX_THROTTLE_API_URL is invalid/,
  ],
  [
    "an unreachable URL",
    { FLEX_THROTTLE_API_URL: "http://127.0.0.1:9" },
    /^flex-throttle: Cannot reach Twilio at http:\/\/127\.0\.0\.1:9 \(.*\)\. Check your network connection and the address\./,
  ],
])("%s", (_, variables, sentence) => expectError(variables, sentence));

test("an auth token in TWILIO_ACCOUNT_SID is not shown", async () => {
  const { sid, credentials } = shell.twilio.account;
  await expectError(
    { TWILIO_ACCOUNT_SID: credentials.authToken, TWILIO_AUTH_TOKEN: sid },
    /^flex-throttle: TWILIO_ACCOUNT_SID is not an account SID/,
  );
});

test.each([["diff"], ["apply"]])(
  "%s reports a file that it cannot read before missing credentials",
  async (command) => {
    const run = (file: string) => shell.run(["settings", command, file], { TWILIO_AUTH_TOKEN: undefined });
    expect(await run("none.json")).toMatchObject({ code: 2, err: expect.stringContaining("none.json") });
    expect(await run(shell.file("{ mode"))).toMatchObject({ code: 2, err: expect.stringContaining("settings.json") });
    expect(await run(shell.file({}))).toMatchObject({ code: 2, err: expect.stringContaining("TWILIO_AUTH_TOKEN") });
  },
);

test("an account without Flex", async () => {
  await expectError(
    { FLEX_THROTTLE_API_URL: `${shell.twilio.url}/@/nowhere.twilio.com` },
    /^flex-throttle: AC\w+ has no Flex configuration \(404\)\. Check that it is your Flex account\./,
  );
});

test("an API key of another account", async () => {
  const { apiKey, apiSecret } = shell.twilio.account.credentials;
  const variables = { TWILIO_ACCOUNT_SID: `AC${"0".repeat(32)}`, TWILIO_API_KEY: apiKey, TWILIO_API_SECRET: apiSecret };
  await expectError(
    variables,
    /^flex-throttle: TWILIO_API_KEY and TWILIO_API_SECRET belong to a different account than TWILIO_ACCOUNT_SID, AC0{32}\./,
  );
});

test("a server error", async () => {
  shell.twilio.gate.fault("GET /Configuration", { kind: "500" });
  await expectError(
    {},
    /^flex-throttle: Twilio answered 500, error 20500: https:\/\/www\.twilio\.com\/docs\/errors\/20500\. Try again later\./,
  );
});

test("ui_attributes that are not an object", async () => {
  const { ui_attributes } = shell.twilio.configuration;
  shell.twilio.configuration.ui_attributes = "text";
  await expectError({}, /^flex-throttle: ui_attributes of AC\w+ is not an object/);
  shell.twilio.configuration.ui_attributes = ui_attributes;
});

describe("a server other than Twilio", () => {
  let server: Server;
  const listen = async (status: number, headers: Record<string, string>) => {
    server = createServer((request, response) =>
      response.writeHead(status, headers).end(`<p>${request.headers.authorization}</p>`),
    );
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return { FLEX_THROTTLE_API_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
  };
  afterEach(() => new Promise((resolve) => server.close(resolve)));

  test("is reported if its answer is not JSON", async () => {
    await expectError(
      await listen(200, { "Content-Type": "text/html" }),
      /^flex-throttle: The server at http:\/\/127\.0\.0\.1:\d+ is not Twilio: its answer is not JSON\./,
    );
  });

  test("has the status of its error reported, but not the body", async () => {
    await expectError(await listen(418, {}), /^flex-throttle: Twilio answered 418\.$/m);
  });

  test("cannot redirect the credentials", async () => {
    const location = `${shell.twilio.url}/@/flex-api.twilio.com/v1/Configuration`;
    await expectError(
      await listen(302, { Location: location }),
      /^flex-throttle: Cannot reach Twilio at .* \(unexpected redirect\)/,
    );
    expect(shell.methods).toEqual([]);
  });
});

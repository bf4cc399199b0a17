// What cannot be done: one line says what, where, and what would be right, and never a secret.

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

async function expectRefusal(variables: Variables, sentence: string | RegExp): Promise<void> {
  const file = shell.file({ mode: "observe" });
  const ended = await Promise.all(
    [["get"], ["apply", file]].map((args) => shell.run(["settings", ...args], variables)),
  );
  for (const { code, out, err } of ended) {
    expect([code, out, err]).toEqual([1, "", expect.stringMatching(sentence)]);
    expect(err.trimEnd().split("\n")).toHaveLength(1);
  }
}

const KEY = { TWILIO_API_KEY: `SK${"1".repeat(32)}`, TWILIO_API_SECRET: "s".repeat(32) };

test.each<[string, Variables, RegExp]>([
  ["no account", { TWILIO_ACCOUNT_SID: undefined }, /^flex-throttle: TWILIO_ACCOUNT_SID is not set; right would be /],
  [
    "an account that is none",
    { TWILIO_ACCOUNT_SID: "my account" },
    /^flex-throttle: TWILIO_ACCOUNT_SID is not the SID of an account: right would be /,
  ],
  [
    "no credentials",
    { TWILIO_AUTH_TOKEN: "" },
    /^flex-throttle: TWILIO_AUTH_TOKEN is not set; right would be .* TWILIO_API_KEY and TWILIO_API_SECRET instead\./,
  ],
  [
    "an API key without its secret",
    { ...KEY, TWILIO_API_SECRET: "", TWILIO_AUTH_TOKEN: "" },
    /^flex-throttle: TWILIO_API_SECRET is not set; right would be /,
  ],
  [
    "a wrong auth token",
    { TWILIO_AUTH_TOKEN: "f".repeat(32) },
    /^flex-throttle: Twilio does not know these credentials \(401\)\. Look at TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN: /,
  ],
  [
    "a wrong API key",
    KEY,
    /^flex-throttle: Twilio does not know these credentials \(401\)\. Look at TWILIO_API_KEY and TWILIO_API_SECRET: /,
  ],
  [
    "an address that is none",
    { FLEX_THROTTLE_API_URL: "flex-api" },
    /^flex-throttle: FLEX_THROTTLE_API_URL is not an address for this; right would be one like https:\/\/flex-api\.twilio\.com,/,
  ],
  [
    "an address that the secrets would reach in the clear",
    { FLEX_THROTTLE_API_URL: "http://flex-api.invalid" },
    /^flex-throttle: FLEX_THROTTLE_API_URL is not an address for this/,
  ],
  [
    "an address where nobody listens",
    { FLEX_THROTTLE_API_URL: "http://127.0.0.1:9" },
    /^flex-throttle: Twilio cannot be reached at http:\/\/127\.0\.0\.1:9 \(.*\)\. Is this machine online, /,
  ],
])("%s", (_, variables, sentence) => expectRefusal(variables, sentence));

test("the secret in the variable of the account is not shown either", async () => {
  const { sid, credentials } = shell.twilio.account;
  await expectRefusal(
    { TWILIO_ACCOUNT_SID: credentials.authToken, TWILIO_AUTH_TOKEN: sid },
    /^flex-throttle: TWILIO_ACCOUNT_SID is not the SID/,
  );
});

test("an account without Flex", async () => {
  await expectRefusal(
    { FLEX_THROTTLE_API_URL: `${shell.twilio.url}/@/nowhere.twilio.com` },
    /^flex-throttle: AC\w+ has no Flex configuration \(404\)\. Is it the SID of your Flex account\?/,
  );
});

test("an API key of another account", async () => {
  const { apiKey, apiSecret } = shell.twilio.account.credentials;
  const variables = { TWILIO_ACCOUNT_SID: `AC${"0".repeat(32)}`, TWILIO_API_KEY: apiKey, TWILIO_API_SECRET: apiSecret };
  await expectRefusal(
    variables,
    /^flex-throttle: TWILIO_API_KEY and TWILIO_API_SECRET belong to another account than TWILIO_ACCOUNT_SID, AC0{32}\./,
  );
});

test("a Twilio that fails", async () => {
  shell.twilio.gate.fault("GET /Configuration", { kind: "500" });
  await expectRefusal(
    {},
    /^flex-throttle: Twilio answered 500, error 20500: https:\/\/www\.twilio\.com\/docs\/errors\/20500\. Try again later;/,
  );
});

test("ui_attributes that are no object", async () => {
  const { ui_attributes } = shell.twilio.configuration;
  shell.twilio.configuration.ui_attributes = "text";
  await expectRefusal({}, /^flex-throttle: ui_attributes of AC\w+ is not an object/);
  shell.twilio.configuration.ui_attributes = ui_attributes;
});

describe("somebody else than Twilio", () => {
  let server: Server;
  const listen = async (status: number, headers: Record<string, string>) => {
    server = createServer((request, response) =>
      response.writeHead(status, headers).end(`<p>${request.headers.authorization}</p>`),
    );
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return { FLEX_THROTTLE_API_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
  };
  afterEach(() => new Promise((resolve) => server.close(resolve)));

  test("answers in another language than JSON", async () => {
    await expectRefusal(
      await listen(200, { "Content-Type": "text/html" }),
      /^flex-throttle: What answers at http:\/\/127\.0\.0\.1:\d+ is not Twilio: its answer is not JSON\./,
    );
  });

  test("answers with a refusal of its own, which is not repeated", async () => {
    await expectRefusal(await listen(418, {}), /^flex-throttle: Twilio answered 418\.$/m);
  });

  test("leads elsewhere, where the credentials do not follow", async () => {
    const address = `${shell.twilio.url}/@/flex-api.twilio.com/v1/Configuration`;
    await expectRefusal(
      await listen(302, { Location: address }),
      /^flex-throttle: Twilio cannot be reached at .* \(unexpected redirect\)/,
    );
    expect(shell.methods).toEqual([]);
  });
});

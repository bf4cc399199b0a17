import type { IncomingHttpHeaders } from "http";

import { startStandIn, type StandIn } from "..";
import { basicAuthorization, sendRequest } from "../testing/sendRequest";
import { issueToken } from "./tokens";

let twilio: StandIn;
beforeEach(async () => {
  twilio = await startStandIn();
  twilio.configuration.ui_attributes = { theme: { dark: true }, flexThrottle: { mode: "off" } };
});
afterEach(() => twilio.close());

interface JsonReply {
  status: number;
  body: Record<string, unknown>;
  headers: IncomingHttpHeaders;
}

async function call(method: string, user: string, password: string, body?: string): Promise<JsonReply> {
  const headers = { ...basicAuthorization(user, password), "Content-Type": "application/json" };
  const url = `${twilio.url}/@/flex-api.twilio.com/v1/Configuration`;
  const { status, text, headers: received } = await sendRequest(method, url, { headers, body });
  return { status, body: JSON.parse(text), headers: received };
}

const asAccount = (method: string, body?: object) =>
  call(method, twilio.account.sid, twilio.account.credentials.authToken, body && JSON.stringify(body));

it("returns the whole configuration for the auth token, an API key, and Flex's token", async () => {
  const { sid, credentials } = twilio.account;
  const { token } = issueToken(twilio.account, "alice", ["agent"]);
  for (const [user, password] of [
    [sid, credentials.authToken],
    [credentials.apiKey, credentials.apiSecret],
    ["token", token],
  ]) {
    expect(await call("GET", user, password)).toMatchObject({
      status: 200,
      body: { account_sid: sid, ui_attributes: { theme: { dark: true } } },
    });
  }
});

it("answers 401 to other credentials, and 403 to a write with Flex's token", async () => {
  for (const [user, password] of [
    [twilio.account.sid, "wrong"],
    ["AC1", twilio.account.credentials.authToken],
    ["", ""],
  ]) {
    expect(await call("GET", user, password)).toMatchObject({ status: 401, body: { code: 20003 } });
    expect(await call("POST", user, password, "{}")).toMatchObject({ status: 401, body: { code: 20003 } });
  }
  const { token } = issueToken(twilio.account, "alice", ["agent"]);
  expect((await call("POST", "token", token, "{}")).status).toBe(403);
});

it("replaces ui_attributes as a whole and keeps properties that are not sent", async () => {
  const before = { ...twilio.configuration };
  const answer = await asAccount("POST", { account_sid: twilio.account.sid, ui_attributes: { flexThrottle: {} } });
  expect(answer).toMatchObject({ status: 200, body: { ui_attributes: { flexThrottle: {} } } });
  expect(twilio.configuration).toEqual({
    ...before,
    ui_attributes: { flexThrottle: {} },
    date_updated: expect.any(String),
  });
});

it.each([
  ["no JSON", "ui_attributes="],
  ["no account", '{"ui_attributes":{}}'],
  ["another account", '{"account_sid":"AC1","ui_attributes":{}}'],
])("answers 400 to a body with %s and changes nothing", async (_, body) => {
  const before = { ...twilio.configuration };
  expect((await call("POST", twilio.account.sid, twilio.account.credentials.authToken, body)).status).toBe(400);
  expect(twilio.configuration).toEqual(before);
});

it("logs the account's calls and applies faults to them", async () => {
  twilio.gate.fault("GET /Configuration", { kind: "429", retryAfter: 3 }, 1);
  expect(await asAccount("GET")).toMatchObject({ status: 429, headers: { "retry-after": "3" }, body: { code: 20429 } });
  expect((await asAccount("GET")).status).toBe(200);
  expect(twilio.gate.log.map(({ operation, status }) => [operation, status])).toEqual([
    ["GET /Configuration", 429],
    ["GET /Configuration", 200],
  ]);
});

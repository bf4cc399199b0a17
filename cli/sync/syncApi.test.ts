import { createHmac } from "crypto";

import { Credentials } from "../credentials";
import { TwilioRequests } from "../twilioRequests";
import { AgentOptions, connectAgent } from "./syncAgent";
import { SyncApi } from "./syncApi";

jest.mock("./syncAgent");

const SERVICE = `IS${"1".repeat(32)}`;
const CREDENTIALS: Credentials = {
  accountSid: `AC${"2".repeat(32)}`,
  authorization: "",
  accountSource: "TWILIO_ACCOUNT_SID",
  source: "",
  secrets: [],
  apiKey: { sid: `SK${"3".repeat(32)}`, secret: "theirs" },
  apiUrl: "https://flex-api.twilio.com",
};

async function connect(own: Partial<Credentials> = {}): Promise<AgentOptions> {
  await new SyncApi({ ...CREDENTIALS, ...own }, {} as TwilioRequests).connectAgent(SERVICE, "ann", "list");
  return (connectAgent as jest.Mock<unknown, [AgentOptions]>).mock.calls.pop()![0];
}

test("signs an agent's token with the API key, for Sync only and for ten minutes", async () => {
  const { token, socketUrl } = await connect();
  expect(socketUrl).toBe("wss://tsock.us1.twilio.com/v3/wsconnect");
  const [header, claims, signature] = token.split(".");
  expect(signature).toBe(createHmac("sha256", "theirs").update(`${header}.${claims}`).digest("base64url"));
  const [readHeader, readClaims] = [header, claims].map((part) =>
    JSON.parse(Buffer.from(part, "base64url").toString()),
  );
  expect(readHeader).toEqual({ typ: "JWT", alg: "HS256", cty: "twilio-fpa;v=1" });
  expect(readClaims).toMatchObject({
    iss: CREDENTIALS.apiKey?.sid,
    sub: CREDENTIALS.accountSid,
    grants: { identity: "ann", data_sync: { service_sid: SERVICE } },
  });
  expect(readClaims.exp - Date.now() / 1000).toBeLessThanOrEqual(600);
});

test("cannot sign with an auth token", async () => {
  await expect(connect({ apiKey: undefined })).rejects.toThrow("Only an API key can sign a token.");
});

test("needs the usual host in FLEX_THROTTLE_API_URL", async () => {
  await expect(connect({ apiUrl: "https://elsewhere.twilio.com" })).rejects.toThrow("needs flex-api.twilio.com");
});

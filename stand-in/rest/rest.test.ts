/** @jest-environment node */

// The REST API as a caller sees it: addresses, statuses, Twilio's JSON and errors, and what a browser may read.

import { createServer, request as httpRequest, type IncomingHttpHeaders, type Server } from "http";
import type { AddressInfo } from "net";

import { Rest } from ".";
import { Account } from "../account";
import { issueToken } from "../flex/tokens";
import { Gate } from "../gate";
import { createExchange } from "../http";

const flowSid = `FO${"1".repeat(32)}`;
const serviceSid = `IS${"2".repeat(32)}`;
const unknownSid = `CH${"f".repeat(32)}`;
const flex = "flex-api.twilio.com/v1";
const chat = `chat.twilio.com/v2/Services/${serviceSid}`;

const time = { ms: 0 };
let server: Server;
let rest: Rest;
let gate: Gate;
let account: Account;

beforeEach(async () => {
  gate = new Gate({ now: () => time.ms });
  account = new Account();
  rest = new Rest({ gate, account });
  server = createServer((request, response) => {
    if (!rest.handle(createExchange(request, response))) response.writeHead(418).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});

afterEach(() => {
  server.closeAllConnections();
  server.close();
});

interface Reply {
  status: number;
  body: ReturnType<typeof JSON.parse>;
  headers: IncomingHttpHeaders;
}

/** By Node's own client: it sends the headers that a browser keeps to itself. */
function call(
  method: string,
  address: string,
  form?: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<Reply> {
  const { port } = server.address() as AddressInfo;
  const contentType = form && { "Content-Type": "application/x-www-form-urlencoded" };
  return new Promise((resolve, reject) => {
    const request = httpRequest({
      port,
      host: "127.0.0.1",
      path: `/@/${address}`,
      method,
      headers: { ...contentType, ...headers },
    });
    request.on("error", reject);
    request.on("response", (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
      response.on("end", () => {
        resolve({ status: response.statusCode ?? 0, body: text && JSON.parse(text), headers: response.headers });
      });
    });
    request.end(form && new URLSearchParams(form).toString());
  });
}

function tokenOf(identity: string): Record<string, string> {
  const { token } = issueToken(account, identity, ["agent"]);
  return { Authorization: `Basic ${Buffer.from(`token:${token}`).toString("base64")}` };
}

const flow = { FriendlyName: "Website", ChatServiceSid: serviceSid, ChannelType: "web" };
const webChat = {
  FlexFlowSid: flowSid,
  Identity: "jane",
  CustomerFriendlyName: "Jane",
  ChatFriendlyName: "Jane's chat",
};
const flexChannel = {
  FlexFlowSid: flowSid,
  Identity: "jane",
  ChatUserFriendlyName: "Jane",
  ChatFriendlyName: "Jane's chat",
};

/** A clock that stands still would let no call pass the second-wise limits twice. */
const nextSecond = () => (time.ms += 1000);

describe("Flex Flows", () => {
  it("are created, listed, fetched, updated and deleted", async () => {
    const created = await call("POST", `${flex}/FlexFlows`, {
      ...flow,
      "Integration.FlowSid": "FW1",
      "Integration.RetryCount": "2",
    });
    expect(created.status).toBe(201);
    expect(created.body).toMatchObject({
      sid: expect.stringMatching(/^FO[0-9a-f]{32}$/),
      friendly_name: "Website",
      channel_type: "web",
      chat_service_sid: serviceSid,
      enabled: true,
      integration_type: "studio",
      integration: { flow_sid: "FW1", retry_count: 2 },
      url: `https://${flex}/FlexFlows/${created.body.sid}`,
    });
    expect((await call("GET", `${flex}/FlexFlows`)).body).toMatchObject({
      meta: { key: "flex_flows" },
      flex_flows: [created.body],
    });
    expect((await call("GET", `${flex}/FlexFlows/${created.body.sid}`)).body).toEqual(created.body);
    const updated = await call("POST", `${flex}/FlexFlows/${created.body.sid}`, { Enabled: "false" });
    expect(updated).toMatchObject({ status: 200, body: { enabled: false, friendly_name: "Website" } });
    expect(await call("DELETE", `${flex}/FlexFlows/${created.body.sid}`)).toMatchObject({ status: 204, body: "" });
    expect((await call("GET", `${flex}/FlexFlows/${created.body.sid}`)).status).toBe(404);
  });

  it("are refused over the account's number, which waiting does not change", async () => {
    gate.setLimit("Flex Flows", 1);
    nextSecond();
    expect((await call("POST", `${flex}/FlexFlows`, flow)).status).toBe(201);
    nextSecond();
    const refused = await call("POST", `${flex}/FlexFlows`, flow);
    expect(refused.status).toBe(400);
    expect(refused.body).toEqual({
      code: 45207,
      message: "The account has reached its maximum of 1 Flex Flows",
      more_info: "https://www.twilio.com/docs/errors/45207",
      status: 400,
    });
  });

  it("are refused without a required parameter, or with a wrong one", async () => {
    nextSecond();
    const missing = await call("POST", `${flex}/FlexFlows`, { FriendlyName: "Website", ChannelType: "web" });
    expect(missing).toMatchObject({
      status: 400,
      body: { code: 20001, message: expect.stringContaining("ChatServiceSid") },
    });
    const wrong = await call("POST", `${flex}/FlexFlows`, { ...flow, ChannelType: "fax" });
    expect(wrong).toMatchObject({ status: 400, body: { message: "Invalid value for parameter ChannelType: fax" } });
    expect(account.flexFlows.size).toBe(0);
  });
});

describe("WebChannels", () => {
  it("are created with the customer as a member, listed, fetched, updated and deleted", async () => {
    nextSecond();
    const created = await call("POST", `${flex}/WebChannels`, webChat);
    expect(created).toMatchObject({ status: 201, body: { flex_flow_sid: flowSid, account_sid: account.sid } });
    const { sid } = created.body;
    expect([...account.channel(sid).members.keys()]).toEqual(["jane"]);
    expect((await call("GET", `${flex}/WebChannels`)).body.flex_chat_channels).toEqual([created.body]);
    expect((await call("GET", `${flex}/WebChannels/${sid}`)).body).toEqual(created.body);
    expect((await call("POST", `${flex}/WebChannels/${sid}`, { ChatStatus: "inactive" })).status).toBe(200);
    expect(JSON.parse(account.channel(sid).attributes).status).toBe("INACTIVE");
    expect((await call("DELETE", `${flex}/WebChannels/${sid}`)).status).toBe(204);
    expect(account.findChannel(sid)).toBeUndefined();
  });
});

describe("Flex's channels", () => {
  it("are created, listed, fetched and deleted", async () => {
    nextSecond();
    const created = await call("POST", `${flex}/Channels`, flexChannel);
    expect(created).toMatchObject({
      status: 201,
      body: { flex_flow_sid: flowSid, task_sid: null, user_sid: account.user("jane").sid },
    });
    expect((await call("GET", `${flex}/Channels`)).body).toMatchObject({
      meta: { key: "flex_chat_channels" },
      flex_chat_channels: [created.body],
    });
    expect((await call("GET", `${flex}/Channels/${created.body.sid}`)).body).toEqual(created.body);
    expect((await call("DELETE", `${flex}/Channels/${created.body.sid}`)).status).toBe(204);
    expect((await call("DELETE", `${flex}/Channels/${created.body.sid}`)).status).toBe(404);
  });
});

describe("chat channels", () => {
  it("are created, listed, fetched by sid and by unique name, and deleted", async () => {
    nextSecond();
    const created = await call("POST", `${chat}/Channels`, { UniqueName: "room", Type: "private" }, tokenOf("ann"));
    expect(created).toMatchObject({
      status: 201,
      body: { unique_name: "room", type: "private", created_by: "ann", members_count: 0 },
    });
    expect((await call("GET", `${chat}/Channels`)).body.channels).toEqual([created.body]);
    expect((await call("GET", `${chat}/Channels/room`)).body).toEqual(created.body);
    expect((await call("POST", `${chat}/Channels`, { UniqueName: "room" })).body).toMatchObject({
      status: 409,
      code: 50307,
    });
    expect((await call("DELETE", `${chat}/Channels/${created.body.sid}`)).status).toBe(204);
  });
});

describe("adding a member", () => {
  const ways = [
    ["Flex", (sid: string) => call("POST", `${flex}/Channels/${sid}/Roles/agent/Users`, { Identity: "ann" })],
    [
      "Flex before 1.28",
      (sid: string) =>
        call("POST", "preview.twilio.com/Flex/WebChannels/Users", { Identity: "ann", ChatChannelSid: sid }),
    ],
    ["the chat API", (sid: string) => call("POST", `${chat}/Channels/${sid}/Members`, { Identity: "ann" })],
  ] as const;

  it.each(ways)("as %s does makes the agent a member, once", async (_name, add) => {
    nextSecond();
    const { sid } = account.createChannel({ createdBy: "jane" });
    expect((await add(sid)).status).toBe(201);
    expect([...account.channel(sid).members.keys()]).toEqual(["ann"]);
    const again = await add(sid);
    expect(again).toMatchObject({ status: 409, body: { status: 409, code: 50404, message: "Member already exists" } });
    expect((await add(unknownSid)).status).toBe(404);
  });

  it("spends one limit, whichever way", async () => {
    nextSecond();
    gate.setLimit("POST /WebChannels/Users", 3);
    const { sid } = account.createChannel({ createdBy: "jane" });
    const statuses: number[] = [];
    for (const [, add] of [...ways, ...ways]) statuses.push((await add(sid)).status);
    expect(statuses).toEqual([201, 409, 409, 429, 429, 429]);
  });
});

describe("opening a Proxy session", () => {
  it("counts as an out-of-session callback", async () => {
    nextSecond();
    gate.setLimit("Proxy Out-of-Session callbacks", 1);
    const address = `proxy.twilio.com/v1/Services/KS${"3".repeat(32)}/Sessions`;
    expect(await call("POST", address, {})).toMatchObject({
      status: 201,
      body: { sid: expect.stringMatching(/^KC/), status: "open" },
    });
    expect((await call("POST", address, {})).status).toBe(429);
  });
});

describe("lists", () => {
  it("come in pages that lead to each other", async () => {
    nextSecond();
    for (let count = 0; count < 5; count += 1) account.createChannel({ createdBy: "jane" });
    const first = await call("GET", `${chat}/Channels?PageSize=2`);
    expect(first.body.channels).toHaveLength(2);
    expect(first.body.meta).toEqual({
      page: 0,
      page_size: 2,
      first_page_url: `https://${chat}/Channels?PageSize=2&Page=0`,
      previous_page_url: null,
      url: `https://${chat}/Channels?PageSize=2&Page=0`,
      next_page_url: `https://${chat}/Channels?PageSize=2&Page=1`,
      key: "channels",
    });
    const last = await call("GET", `${chat}/Channels?PageSize=2&Page=2`);
    expect(last.body.channels).toHaveLength(1);
    expect(last.body.meta.next_page_url).toBeNull();
  });
});

describe("errors", () => {
  it.each([
    ["GET", `${flex}/FlexFlows/FO${"f".repeat(32)}`, 20404],
    ["GET", `${flex}/WebChannels/${unknownSid}`, 20404],
    ["GET", `${flex}/Channels/${unknownSid}`, 20404],
    ["GET", `${chat}/Channels/${unknownSid}`, 50300],
    ["POST", `${flex}/WebChannels/${unknownSid}`, 20404],
  ])("%s %s is 404 with Twilio's body", async (method, address, code) => {
    nextSecond();
    const { status, body } = await call(method, address);
    expect(status).toBe(404);
    expect(body).toEqual({
      code,
      message: expect.any(String),
      more_info: `https://www.twilio.com/docs/errors/${code}`,
      status: 404,
    });
  });

  it("say that a method is not allowed", async () => {
    expect(await call("PUT", `${flex}/FlexFlows`, {})).toMatchObject({ status: 405, body: { code: 20004 } });
  });

  it("of too many requests carry Twilio's code", async () => {
    nextSecond();
    await call("GET", `${flex}/WebChannels`);
    expect((await call("GET", `${flex}/WebChannels`)).body).toEqual({
      code: 20429,
      message: "Too Many Requests",
      more_info: "https://www.twilio.com/docs/errors/20429",
      status: 429,
    });
  });

  it("asked for as faults come as asked", async () => {
    nextSecond();
    gate.fault("GET /FlexFlows", { kind: "500" }, 1);
    gate.fault("GET /FlexFlows", { kind: "409" }, 1);
    gate.fault("GET /FlexFlows", { kind: "429", code: 45780 }, 1);
    const statuses = [];
    for (let count = 0; count < 4; count += 1) statuses.push((await call("GET", `${flex}/FlexFlows`)).status);
    expect(statuses).toEqual([500, 409, 429, 200]);
  });
});

describe("addresses", () => {
  it("match whatever their case", async () => {
    nextSecond();
    expect((await call("GET", "FLEX-API.twilio.com/V1/flexflows")).status).toBe(200);
    expect(gate.log[0]?.operation).toBe("GET /FlexFlows");
  });

  it("that are no endpoints are left to others", async () => {
    expect((await call("GET", `${flex}/Configuration`)).status).toBe(418);
    expect((await call("GET", "sync.twilio.com/v1/Channels")).status).toBe(418);
    expect(gate.log).toEqual([]);
  });

  it("with a broken encoding are not found", async () => {
    nextSecond();
    expect((await call("GET", `${flex}/FlexFlows/%E0%A4%A`)).status).toBe(404);
  });
});

describe("the log", () => {
  it("names the agent whose token came with the call, and the answer", async () => {
    nextSecond();
    const { sid } = account.createChannel({ createdBy: "jane" });
    await call("POST", `${flex}/Channels/${sid}/Roles/agent/Users`, { Identity: "ann" }, tokenOf("ann"));
    expect(gate.log).toMatchObject([
      {
        operation: "POST /WebChannels/Users",
        method: "POST",
        path: `/v1/Channels/${sid}/Roles/agent/Users`,
        agent: "ann",
        status: 201,
      },
    ]);
  });
});

describe("a page of another origin", () => {
  const origin = { Origin: "http://localhost:3000" };

  it("may ask first, without being counted", async () => {
    const preflight = await call("OPTIONS", `${flex}/WebChannels`, undefined, {
      ...origin,
      "Access-Control-Request-Method": "POST",
      "Access-Control-Request-Headers": "authorization,content-type",
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers["access-control-allow-origin"]).toBe(origin.Origin);
    expect(preflight.headers["access-control-allow-headers"]).toBe("authorization,content-type");
    expect(preflight.headers["access-control-allow-methods"]).toContain("POST");
    expect(gate.log).toEqual([]);
  });

  it("may read every answer, errors too", async () => {
    nextSecond();
    expect((await call("GET", `${flex}/WebChannels`, undefined, origin)).headers["access-control-allow-origin"]).toBe(
      origin.Origin,
    );
    expect((await call("GET", `${flex}/WebChannels`, undefined, origin)).headers["access-control-allow-origin"]).toBe(
      origin.Origin,
    );
  });

  it("may read Retry-After only while it is exposed", async () => {
    gate.fault("GET /WebChannels", { kind: "429", retryAfter: 7 });
    const readable = await call("GET", `${flex}/WebChannels`, undefined, origin);
    expect(readable.headers["retry-after"]).toBe("7");
    expect(readable.headers["access-control-expose-headers"]).toBe("Retry-After");
    rest.exposesRetryAfter = false;
    const hidden = await call("GET", `${flex}/WebChannels`, undefined, origin);
    expect(hidden.headers["retry-after"]).toBe("7");
    expect(hidden.headers["access-control-expose-headers"]).toBeUndefined();
  });
});

describe("a page of the stand-in itself", () => {
  it("does not get Retry-After while it is not exposed, because it could read it", async () => {
    rest.exposesRetryAfter = false;
    gate.fault("GET /WebChannels", { kind: "429", retryAfter: 7 });
    const reply = await call("GET", `${flex}/WebChannels`, undefined, { "Sec-Fetch-Site": "same-origin" });
    expect(reply.headers["retry-after"]).toBeUndefined();
  });
});

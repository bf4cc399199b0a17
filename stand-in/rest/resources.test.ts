import { chat, flex, flowSid, RestServer, serviceSid, unknownSid } from "./testing/restServer";

let server: RestServer;
beforeEach(async () => {
  server = await RestServer.start();
});
afterEach(() => server.close());

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

describe("Flex Flows", () => {
  it("are created, listed, fetched, updated and deleted", async () => {
    const created = await server.call("POST", `${flex}/FlexFlows`, {
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
    expect((await server.call("GET", `${flex}/FlexFlows`)).body).toMatchObject({
      meta: { key: "flex_flows" },
      flex_flows: [created.body],
    });
    expect((await server.call("GET", `${flex}/FlexFlows/${created.body.sid}`)).body).toEqual(created.body);
    const updated = await server.call("POST", `${flex}/FlexFlows/${created.body.sid}`, { Enabled: "false" });
    expect(updated).toMatchObject({ status: 200, body: { enabled: false, friendly_name: "Website" } });
    expect(await server.call("DELETE", `${flex}/FlexFlows/${created.body.sid}`)).toMatchObject({
      status: 204,
      body: "",
    });
    expect((await server.call("GET", `${flex}/FlexFlows/${created.body.sid}`)).status).toBe(404);
  });

  it("are not created when the account is full", async () => {
    server.gate.setLimit("Flex Flows", 1);
    expect((await server.call("POST", `${flex}/FlexFlows`, flow)).status).toBe(201);
    const full = await server.call("POST", `${flex}/FlexFlows`, flow);
    expect(full.status).toBe(400);
    expect(full.body).toEqual({
      code: 45207,
      message: "The account has reached its maximum of 1 Flex Flows",
      more_info: "https://www.twilio.com/docs/errors/45207",
      status: 400,
    });
  });

  it("are not created with a missing or invalid parameter", async () => {
    const missing = await server.call("POST", `${flex}/FlexFlows`, { FriendlyName: "Website", ChannelType: "web" });
    expect(missing).toMatchObject({
      status: 400,
      body: { code: 20001, message: expect.stringContaining("ChatServiceSid") },
    });
    const invalid = await server.call("POST", `${flex}/FlexFlows`, { ...flow, ChannelType: "fax" });
    expect(invalid).toMatchObject({ status: 400, body: { message: "Invalid value for parameter ChannelType: fax" } });
    expect(server.account.flexFlows.size).toBe(0);
  });
});

describe("WebChannels", () => {
  it("are created with the customer as a member, listed, fetched, updated and deleted", async () => {
    const created = await server.call("POST", `${flex}/WebChannels`, webChat);
    expect(created).toMatchObject({ status: 201, body: { flex_flow_sid: flowSid, account_sid: server.account.sid } });
    const { sid } = created.body;
    expect([...server.account.channel(sid).members.keys()]).toEqual(["jane"]);
    expect((await server.call("GET", `${flex}/WebChannels`)).body.flex_chat_channels).toEqual([created.body]);
    expect((await server.call("GET", `${flex}/WebChannels/${sid}`)).body).toEqual(created.body);
    expect((await server.call("POST", `${flex}/WebChannels/${sid}`, { ChatStatus: "inactive" })).status).toBe(200);
    expect(JSON.parse(server.account.channel(sid).attributes).status).toBe("INACTIVE");
    expect((await server.call("DELETE", `${flex}/WebChannels/${sid}`)).status).toBe(204);
    expect(server.account.findChannel(sid)).toBeUndefined();
  });
});

describe("Flex's channels", () => {
  it("are created, listed, fetched and deleted", async () => {
    const created = await server.call("POST", `${flex}/Channels`, flexChannel);
    expect(created).toMatchObject({
      status: 201,
      body: { flex_flow_sid: flowSid, task_sid: null, user_sid: server.account.user("jane").sid },
    });
    expect((await server.call("GET", `${flex}/Channels`)).body).toMatchObject({
      meta: { key: "flex_chat_channels" },
      flex_chat_channels: [created.body],
    });
    expect((await server.call("GET", `${flex}/Channels/${created.body.sid}`)).body).toEqual(created.body);
    expect((await server.call("DELETE", `${flex}/Channels/${created.body.sid}`)).status).toBe(204);
    expect((await server.call("DELETE", `${flex}/Channels/${created.body.sid}`)).status).toBe(404);
  });
});

describe("chat channels", () => {
  it("are created, listed, fetched by sid and by unique name, and deleted", async () => {
    const created = await server.call(
      "POST",
      `${chat}/Channels`,
      { UniqueName: "room", Type: "private" },
      server.authorizationOf("ann"),
    );
    expect(created).toMatchObject({
      status: 201,
      body: { unique_name: "room", type: "private", created_by: "ann", members_count: 0 },
    });
    expect((await server.call("GET", `${chat}/Channels`)).body.channels).toEqual([created.body]);
    expect((await server.call("GET", `${chat}/Channels/room`)).body).toEqual(created.body);
    expect((await server.call("POST", `${chat}/Channels`, { UniqueName: "room" })).body).toMatchObject({
      status: 409,
      code: 50307,
    });
    expect((await server.call("DELETE", `${chat}/Channels/${created.body.sid}`)).status).toBe(204);
  });
});

describe("adding a member", () => {
  const endpoints = [
    ["Flex", (sid: string) => server.call("POST", `${flex}/Channels/${sid}/Roles/agent/Users`, { Identity: "ann" })],
    [
      "Flex before 1.28",
      (sid: string) =>
        server.call("POST", "preview.twilio.com/Flex/WebChannels/Users", { Identity: "ann", ChatChannelSid: sid }),
    ],
    ["the chat API", (sid: string) => server.call("POST", `${chat}/Channels/${sid}/Members`, { Identity: "ann" })],
  ] as const;

  it.each(endpoints)("by %s makes the agent a member once", async (_name, add) => {
    const { sid } = server.account.createChannel({ createdBy: "jane" });
    expect((await add(sid)).status).toBe(201);
    expect([...server.account.channel(sid).members.keys()]).toEqual(["ann"]);
    const second = await add(sid);
    expect(second).toMatchObject({ status: 409, body: { status: 409, code: 50404, message: "Member already exists" } });
    expect((await add(unknownSid)).status).toBe(404);
  });

  it("spends the same limit at all three endpoints", async () => {
    server.gate.setLimit("POST /WebChannels/Users", 3);
    const { sid } = server.account.createChannel({ createdBy: "jane" });
    const statuses: number[] = [];
    for (const [, add] of [...endpoints, ...endpoints]) statuses.push((await add(sid)).status);
    expect(statuses).toEqual([201, 409, 409, 429, 429, 429]);
  });
});

describe("opening a Proxy session", () => {
  it("counts as an out-of-session callback", async () => {
    server.gate.setLimit("Proxy Out-of-Session callbacks", 1);
    const address = `proxy.twilio.com/v1/Services/KS${"3".repeat(32)}/Sessions`;
    expect(await server.call("POST", address, {})).toMatchObject({
      status: 201,
      body: { sid: expect.stringMatching(/^KC/), status: "open" },
    });
    expect((await server.call("POST", address, {})).status).toBe(429);
  });
});

import { chat, flex, NOT_HANDLED, RestServer, unknownSid } from "./testing/restServer";

let server: RestServer;
beforeEach(async () => {
  server = await RestServer.start();
});
afterEach(() => server.close());

describe("lists", () => {
  it("are paged, and each page has the URLs of the others", async () => {
    for (let count = 0; count < 5; count += 1) server.account.createChannel({ createdBy: "jane" });
    const first = await server.call("GET", `${chat}/Channels?PageSize=2`);
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
    const last = await server.call("GET", `${chat}/Channels?PageSize=2&Page=2`);
    expect(last.body.channels).toHaveLength(1);
    expect(last.body.meta.next_page_url).toBeNull();
  });
});

describe("an error", () => {
  it.each([
    ["GET", `${flex}/FlexFlows/FO${"f".repeat(32)}`, 20404],
    ["GET", `${flex}/WebChannels/${unknownSid}`, 20404],
    ["GET", `${flex}/Channels/${unknownSid}`, 20404],
    ["GET", `${chat}/Channels/${unknownSid}`, 50300],
    ["POST", `${flex}/WebChannels/${unknownSid}`, 20404],
  ])("of %s %s is a 404 in Twilio's format", async (method, address, code) => {
    const { status, body } = await server.call(method, address);
    expect(status).toBe(404);
    expect(body).toEqual({
      code,
      message: expect.any(String),
      more_info: `https://www.twilio.com/docs/errors/${code}`,
      status: 404,
    });
  });

  it("of an unknown method is a 405", async () => {
    expect(await server.call("PUT", `${flex}/FlexFlows`, {})).toMatchObject({ status: 405, body: { code: 20004 } });
  });

  it("over the limit is a 429 with Twilio's code", async () => {
    await server.call("GET", `${flex}/WebChannels`);
    expect((await server.call("GET", `${flex}/WebChannels`)).body).toEqual({
      code: 45010,
      message: "Too Many Requests",
      more_info: "https://www.twilio.com/docs/errors/45010",
      status: 429,
    });
  });

  it("requested as faults are returned in order", async () => {
    server.gate.fault("GET /FlexFlows", { kind: "500" }, 1);
    server.gate.fault("GET /FlexFlows", { kind: "409" }, 1);
    server.gate.fault("GET /FlexFlows", { kind: "429", code: 45780 }, 1);
    const statuses = [];
    for (let count = 0; count < 4; count += 1) statuses.push((await server.call("GET", `${flex}/FlexFlows`)).status);
    expect(statuses).toEqual([500, 409, 429, 200]);
  });
});

describe("a path", () => {
  it("is case-insensitive", async () => {
    expect((await server.call("GET", "FLEX-API.twilio.com/V1/flexflows")).status).toBe(200);
    expect(server.gate.log[0]?.operation).toBe("GET /FlexFlows");
  });

  it("of no endpoint is left to other handlers", async () => {
    expect((await server.call("GET", `${flex}/Configuration`)).status).toBe(NOT_HANDLED);
    expect((await server.call("GET", "sync.twilio.com/v1/Channels")).status).toBe(NOT_HANDLED);
    expect(server.gate.log).toEqual([]);
  });

  it("with invalid encoding is not found", async () => {
    expect((await server.call("GET", `${flex}/FlexFlows/%E0%A4%A`)).status).toBe(404);
  });
});

describe("the log", () => {
  it("contains the agent of the token, and the status", async () => {
    const { sid } = server.account.createChannel({ createdBy: "jane" });
    await server.call(
      "POST",
      `${flex}/Channels/${sid}/Roles/agent/Users`,
      { Identity: "ann" },
      server.authorizationOf("ann"),
    );
    expect(server.gate.log).toMatchObject([
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

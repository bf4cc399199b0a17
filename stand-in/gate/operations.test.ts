import { chatOperation, httpOperation } from "./operations";

const sid = "0123456789abcdef0123456789abcdef";

describe("an HTTP request spends", () => {
  it.each([
    ["GET", "flex-api.twilio.com", "/v1/FlexFlows", "GET /FlexFlows"],
    ["POST", "flex-api.twilio.com", "/v1/FlexFlows", "POST /FlexFlows"],
    ["GET", "flex-api.twilio.com", `/v1/FlexFlows/FO${sid}`, "GET /FlexFlows/FOxx"],
    ["POST", "flex-api.twilio.com", `/v1/FlexFlows/FO${sid}`, "POST /FlexFlows/FOxx"],
    ["DELETE", "flex-api.twilio.com", `/v1/FlexFlows/FO${sid}`, "DELETE /FlexFlows/FOxx"],
    ["GET", "flex-api.twilio.com", "/v1/WebChannels", "GET /WebChannels"],
    ["POST", "flex-api.twilio.com", "/v1/WebChannels", "POST /WebChannels"],
    ["GET", "flex-api.twilio.com", `/v1/WebChannels/CH${sid}`, "GET /WebChannels/CHxx"],
    ["POST", "flex-api.twilio.com", `/v1/WebChannels/CH${sid}`, "POST /WebChannels/CHxx"],
    ["DELETE", "flex-api.twilio.com", `/v1/WebChannels/CH${sid}`, "DELETE /WebChannels/CHxx"],
    ["POST", "preview.twilio.com", "/Flex/WebChannels/Users", "POST /WebChannels/Users"],
    ["POST", "flex-api.twilio.com", `/v1/Channels/CH${sid}/Roles/agent/Users`, "POST /WebChannels/Users"],
    ["POST", "chat.twilio.com", `/v2/Services/IS${sid}/Channels/CH${sid}/Members`, "POST /WebChannels/Users"],
    ["GET", "chat.twilio.com", `/v2/Services/IS${sid}/Channels`, "GET /channels"],
    ["POST", "chat.twilio.com", `/v2/Services/IS${sid}/Channels`, "POST /channels"],
    ["GET", "chat.twilio.com", `/v2/Services/IS${sid}/Channels/CH${sid}`, "GET /channels/CHxx"],
    ["DELETE", "chat.twilio.com", `/v2/Services/IS${sid}/Channels/CH${sid}`, "DELETE /channels/CHxx"],
    ["POST", "proxy.twilio.com", `/v1/Services/KS${sid}/Sessions`, "Proxy Out-of-Session callbacks"],
  ])("%s %s%s → %s", (method, host, path, operation) => {
    expect(httpOperation(method, host, path)).toBe(operation);
    expect(httpOperation(method.toLowerCase(), host.toUpperCase(), path.toUpperCase())).toBe(operation);
    expect(httpOperation(method, host, `${path}/`)).toBe(operation);
  });

  it.each([
    ["POST", "flex-api.twilio.com", `/v1/Channels/CH${sid}`],
    ["PUT", "flex-api.twilio.com", "/v1/WebChannels"],
    ["GET", "flex-api.twilio.com", "/v1/Configuration"],
    ["GET", "chat.twilio.com", `/v2/Services/IS${sid}/Channels/CH${sid}/Members`],
    ["GET", "preview.twilio.com", "/Flexible/WebChannels"],
    ["GET", "video.twilio.com", "/v1/WebChannels"],
    ["GET", "proxy.twilio.com", `/v1/Services/KS${sid}/Sessions`],
  ])("nothing: %s %s%s", (method, host, path) => {
    expect(httpOperation(method, host, path)).toBeUndefined();
  });
});

describe("a chat command spends", () => {
  it("POST /channels to create a channel", () => expect(chatOperation("createChannel")).toBe("POST /channels"));

  it.each(["addMemberV2", "inviteMember", "joinChannelV2"])("POST /WebChannels/Users for %s", (action) => {
    expect(chatOperation(action)).toBe("POST /WebChannels/Users");
  });

  it("nothing for a message", () => expect(chatOperation("sendMessage")).toBe("chat sendMessage"));
});

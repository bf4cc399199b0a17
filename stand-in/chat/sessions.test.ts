import { Account } from "../account";
import { Gate, type Chat429Location } from "../gate";
import { SyncStore } from "../sync/objects";
import { chatSessions } from "./sessions";

function setUp(way: Chat429Location = "response") {
  const account = new Account();
  const gate = new Gate();
  const service = chatSessions(account, gate, () => way);
  const list = new SyncStore().create("list", undefined, service.purpose);
  const push = (action: string, parameters: object = {}) =>
    service.push(list, { commandId: "1", request: { action, ...parameters } }, "ann");
  const responses = (): unknown[] =>
    [...list.items.values()].map(({ data }) => (data as { response?: unknown }).response);
  return { account, gate, push, responses };
}

const afterwards = () => new Promise((resolve) => setTimeout(resolve, 5));

describe("a chat command", () => {
  it("is answered in the item that carried it", async () => {
    const { account, push, responses } = setUp();
    expect(await push("createChannel", { attributes: "{}", uniqueName: "room" })).toMatchObject({ key: "0" });
    await afterwards();
    const channel = account.findChannel("room");
    expect(responses()).toEqual([
      { status: 200, statusText: "OK", channelSid: channel?.sid, channel: `${channel?.sid}.channel` },
    ]);
  });

  it.each([
    ["response", undefined],
    ["push-http", { status: 429, body: expect.objectContaining({ code: 20429 }) }],
    ["push-transport", { transportStatus: 429, reason: "Too Many Requests" }],
  ] as const)("over the limit is refused by way of the %s", async (way, refusedPush) => {
    const { account, gate, push, responses } = setUp(way);
    gate.setLimit("POST /channels", 0);
    const reply = await push("createChannel", { attributes: "{}" });
    await afterwards();
    expect(account.channels.size).toBe(0);
    if (refusedPush) {
      expect(reply).toEqual(refusedPush);
      expect(responses()).toEqual([]);
    } else {
      expect(responses()).toEqual([{ status: 429, statusText: "Too Many Requests", code: 20429 }]);
    }
  });

  it("that a fault delays is taken at once and answered later", async () => {
    const { gate, push, responses } = setUp();
    gate.fault("POST /channels", { kind: "slow", ms: 40 }, 1);
    await push("createChannel", { attributes: "{}" });
    await afterwards();
    expect(responses()).toEqual([undefined]);
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(responses()).toEqual([expect.objectContaining({ status: 200 })]);
  });

  it("tells the log how it ended", async () => {
    const { gate, push } = setUp();
    await push("joinChannelV2", { channelSid: "CH0" });
    await afterwards();
    expect(gate.log).toMatchObject([
      { operation: "POST /WebChannels/Users", status: 404, agent: "ann", path: "CH0 joinChannelV2" },
    ]);
  });

  it("in a private channel of others is refused", async () => {
    const { account, push, responses } = setUp();
    const { sid } = account.createChannel({ type: "private", createdBy: "bob" });
    await push("sendMessage", { channelSid: sid, text: "let me in" });
    await afterwards();
    expect(responses()).toEqual([expect.objectContaining({ status: 403 })]);
  });
});

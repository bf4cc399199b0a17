import { Account } from "../account";
import { Gate, type Chat429Location } from "../gate";
import { SyncStore } from "../sync/objects";
import { ChatSessions } from "./sessions";

/** Timers of the gate run only when the test calls them. */
function setUp(location: Chat429Location = "response") {
  const account = new Account();
  const timers: (() => void)[] = [];
  const gate = new Gate({ schedule: (run) => timers.push(run) });
  const sessions = new ChatSessions(account, gate, () => location);
  const list = new SyncStore().create("list", undefined, sessions.purpose);
  const push = (action: string, parameters: object = {}) =>
    sessions.push(list, { commandId: "1", request: { action, ...parameters } }, "ann");
  const responses = (): unknown[] =>
    [...list.items.values()].map(({ data }) => (data as { response?: unknown }).response);
  return { account, gate, timers, push, responses };
}

/** A response without a delay arrives within a few turns of the event loop, however slow the machine is. */
async function runPendingTurns(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

describe("a chat command", () => {
  it("is answered in its own item", async () => {
    const { account, push, responses } = setUp();
    expect(await push("createChannel", { attributes: "{}", uniqueName: "room" })).toMatchObject({ key: "0" });
    await runPendingTurns();
    const channel = account.findChannel("room");
    expect(responses()).toEqual([
      { status: 200, statusText: "OK", channelSid: channel?.sid, channel: `${channel?.sid}.channel` },
    ]);
  });

  it.each([
    ["response", undefined],
    ["push-http", { status: 429, body: expect.objectContaining({ code: 45010 }) }],
    ["push-transport", { transportStatus: 429, reason: "Too Many Requests" }],
  ] as const)("over the limit gets its 429 in the %s", async (location, failedPush) => {
    const { account, gate, push, responses } = setUp(location);
    gate.setLimit("POST /channels", 0);
    const reply = await push("createChannel", { attributes: "{}" });
    await runPendingTurns();
    expect(account.channels.size).toBe(0);
    if (failedPush) {
      expect(reply).toEqual(failedPush);
      expect(responses()).toEqual([]);
    } else {
      expect(responses()).toEqual([{ status: 429, statusText: "Too Many Requests", code: 45010 }]);
    }
  });

  it("with a slow fault is accepted at once and answered after the delay", async () => {
    const { gate, timers, push, responses } = setUp();
    gate.fault("POST /channels", { kind: "slow", ms: 40 }, 1);
    await push("createChannel", { attributes: "{}" });
    await runPendingTurns();
    expect(responses()).toEqual([undefined]);
    for (const run of timers) run();
    await runPendingTurns();
    expect(responses()).toEqual([expect.objectContaining({ status: 200 })]);
  });

  it("is logged with its final status", async () => {
    const { gate, push } = setUp();
    await push("joinChannelV2", { channelSid: "CH0" });
    await runPendingTurns();
    expect(gate.log).toMatchObject([
      { operation: "POST /WebChannels/Users", status: 404, agent: "ann", path: "CH0 joinChannelV2" },
    ]);
  });

  it("in a private channel of other users fails", async () => {
    const { account, push, responses } = setUp();
    const { sid } = account.createChannel({ type: "private", createdBy: "bob" });
    await push("sendMessage", { channelSid: sid, text: "let me in" });
    await runPendingTurns();
    expect(responses()).toEqual([expect.objectContaining({ status: 403 })]);
  });
});

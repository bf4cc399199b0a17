// The control page's setup and runs, on a running stand-in. Sockets take the place of the desktops.

import type { StandIn } from "..";
import { openControlPage, type ControlPage } from "../testing/controlPage";
import { openDesktop } from "../testing/openDesktop";

let standIn: StandIn;
let post: ControlPage["post"];
let state: ControlPage["state"];

beforeEach(async () => {
  ({ standIn, post, state } = await openControlPage());
});

afterEach(() => standIn.close());

type Json = ReturnType<typeof JSON.parse>;

const join = "POST /WebChannels/Users";

describe("the setup", () => {
  it("lists one desktop per agent, with and without the plugin", async () => {
    await post("/setup", { agents: 3 });
    const agentsAndUrls = async () => (await state()).desktops.map(({ agent, url }: Json) => [agent, url]);
    expect(await agentsAndUrls()).toEqual([1, 2, 3].map((n) => [`agent-${n}`, `${standIn.url}/agent/agent-${n}`]));
    await post("/setup", { agents: 1, isWithPlugin: false });
    expect(await agentsAndUrls()).toEqual([
      ["stock-1", `${standIn.url}/agent/stock-1;plugins=stand-in-remote-control`],
    ]);
  });

  it("says whether an agent's desktop is open", async () => {
    const isOpen = async () => (await state()).desktops[0].isOpen;
    const socket = await openDesktop(standIn, "agent-1");
    expect(await isOpen()).toBe(true);
    socket.close();
    await new Promise((resolve) => socket.once("close", resolve));
    while (await isOpen());
  });

  it("switches the account budget and keeps the other settings", async () => {
    const others = { mode: "enforce", account: { guard: 0.1 } };
    await post("/configuration", { ui_attributes: { other: 1, flexThrottle: others } });
    await post("/setup", { budget: "sync" });
    expect((await state()).setup.budget).toBe("sync");
    await post("/setup", { budget: "off" });
    expect(standIn.configuration.ui_attributes).toEqual({
      other: 1,
      flexThrottle: { mode: "enforce", account: { guard: 0.1, budget: "off" } },
    });
  });

  it.each([
    ["flexThrottle", "on"],
    ["flexThrottle.account", { account: true }],
  ])("does not overwrite %s when it is not an object", async (path, flexThrottle) => {
    await post("/configuration", { ui_attributes: { flexThrottle } });
    expect(await post("/setup", { budget: "sync" })).toEqual({
      status: 409,
      body: expect.objectContaining({ message: expect.stringContaining(`${path} in the Flex configuration is not`) }),
    });
    expect(standIn.configuration.ui_attributes).toEqual({ flexThrottle });
  });
});

describe("a run", () => {
  const accept = (sids: readonly string[]) => {
    for (const sid of sids) standIn.taskRouter.changeStatus(standIn.taskRouter.reservation(sid), "accepted");
  };
  const reservationsOf = (agent: string) =>
    standIn.taskRouter.activeReservations(standIn.taskRouter.worker(agent)).map(({ sid }) => sid);
  const channelsOf = (agent: string) =>
    standIn.taskRouter
      .activeReservations(standIn.taskRouter.worker(agent))
      .map(({ task }) => String(task.attributes.channelSid));

  it("sends nothing unless all desktops are open", async () => {
    await post("/setup", { agents: 3, chatsPerAgent: 2 });
    await openDesktop(standIn, "agent-2");
    const { status, body } = await post("/runs", {});
    expect([status, body.message]).toEqual([409, "Nothing was sent: the desktops of agent-1, agent-3 are not open."]);
    expect(reservationsOf("agent-2")).toEqual([]);
  });

  it("counts the customers with an agent, by agent, and the 429s per join", async () => {
    await post("/setup", { agents: 2, chatsPerAgent: 2 });
    await openDesktop(standIn, "agent-1");
    await openDesktop(standIn, "agent-2");
    expect((await post("/runs", {})).body).toEqual({ sent: 4 });
    expect((await state()).run).toMatchObject({ customers: 4, joined: 0, waiting: 4, throttledPerJoin: null });
    accept(reservationsOf("agent-1"));
    for (const sid of channelsOf("agent-1")) standIn.account.addMember(sid, "agent-1");
    standIn.gate.setLimit(join, 0);
    await standIn.gate.admit({ operation: join, method: "POST", path: "/", agent: "agent-2" });
    await standIn.gate.admit({ operation: join, method: "POST", path: "/", agent: "someone else" });
    const { run, runs } = await state();
    expect(run).toMatchObject({
      customers: 4,
      joined: 2,
      waiting: 2,
      throttledJoins: 1,
      throttledPerJoin: 0.5,
      lastJoinMs: expect.any(Number),
      byAgent: [
        { agent: "agent-1", joined: 2, customers: 2, throttledJoins: 0 },
        { agent: "agent-2", joined: 0, customers: 2, throttledJoins: 1 },
      ],
    });
    expect(runs).toEqual([run]);
  });

  it("ends when the next one begins, and keeps its result", async () => {
    await post("/setup", { chatsPerAgent: 1 });
    await openDesktop(standIn, "agent-1");
    await post("/runs", {});
    await post("/setup", { budget: "sync" });
    await post("/runs", {});
    expect(reservationsOf("agent-1")).toHaveLength(1);
    expect((await state()).runs).toMatchObject([
      { id: 2, budget: "sync", waiting: 1, left: 0 },
      { id: 1, budget: "off", waiting: 1, left: 0 },
    ]);
  });

  it("includes chats that are sent to a single agent under the same setup", async () => {
    await post("/setup", { chatsPerAgent: 1 });
    await openDesktop(standIn, "agent-1");
    await post("/runs", {});
    await post("/chats", { agent: "agent-1", count: 2 });
    expect((await state()).runs).toMatchObject([{ id: 1, customers: 3 }]);
    await post("/setup", { budget: "sync" });
    await post("/chats", { agent: "agent-1", count: 2 });
    expect((await state()).runs).toMatchObject([
      { id: 2, customers: 2 },
      { id: 1, customers: 3 },
    ]);
  });
});

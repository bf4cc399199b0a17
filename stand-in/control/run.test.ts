// A run on a gate whose time the test sets.

import { Account } from "../account";
import { Customers } from "../customers";
import { Gate } from "../gate";
import { TaskRouter } from "../taskrouter/taskRouter";
import { Run } from "./run";

const JOIN = "POST /WebChannels/Users";
const AGENT = "agent-1";
const routers: TaskRouter[] = [];
afterEach(() => routers.splice(0).forEach((router) => router.close()));

function begin(chats: number) {
  let nowMs = 0;
  const account = new Account();
  const gate = new Gate({ now: () => nowMs });
  const taskRouter = new TaskRouter(account);
  routers.push(taskRouter);
  const customers = new Customers(account, taskRouter);
  const run = new Run(1, { isWithPlugin: true, budget: "off", joinLimit: 10 }, { gate, taskRouter });
  account.on("memberAdded", (channel, member) => run.recordMember(channel, member));
  gate.on((entry) => run.recordCall(entry));
  const tasks = Array.from({ length: chats }, () => customers.startChat(AGENT, {}));
  run.add(AGENT, tasks);
  const change = (index: number, status: "accepted" | "wrapping" | "canceled" | "timeout") =>
    taskRouter.changeStatus(taskRouter.reservation(tasks[index]?.reservationSid ?? ""), status);
  /** A join over HTTP: it is admitted, unless there is a fault. */
  const join = async (index: number) => {
    const sid = tasks[index]?.channelSid ?? "";
    const path = `/v1/Channels/${sid}/Roles/agent/Users`;
    const verdict = await gate.admit({ operation: JOIN, method: "POST", path, agent: AGENT });
    if (!verdict.ok) return;
    account.addMember(sid, AGENT);
    verdict.recordStatus(201);
  };
  return { run, gate, change, join, advance: (ms: number) => (nowMs += ms) };
}

it("counts a customer as waiting until the agent has joined", async () => {
  const { run, change, join } = begin(1);
  expect(run.summary().states).toEqual(["waiting"]);
  change(0, "accepted");
  expect(run.summary().states).toEqual(["waiting"]);
  await join(0);
  expect(run.summary()).toMatchObject({ states: ["joined"], throttledPerJoin: 0 });
});

it("keeps a customer as joined after the chat has ended", async () => {
  const { run, change, join } = begin(1);
  change(0, "accepted");
  await join(0);
  change(0, "wrapping");
  expect(run.summary().states).toEqual(["joined"]);
});

it("counts a customer as stuck when no join follows a failed one for ten seconds", async () => {
  const { run, gate, change, join, advance } = begin(2);
  gate.fault(JOIN, { kind: "429" }, 3);
  for (const index of [0, 1]) change(index, "accepted");
  for (const index of [0, 1]) await join(index);
  advance(9_000);
  await join(1);
  advance(1_000);
  expect(run.summary().states).toEqual(["stuck", "waiting"]);
  advance(9_000);
  expect(run.summary().states).toEqual(["stuck", "stuck"]);
  await join(0);
  expect(run.summary()).toMatchObject({ states: ["joined", "stuck"], throttledJoins: 3, throttledPerJoin: 3 });
});

it("does not count a customer as stuck while the agent has not accepted, however long that takes", () => {
  const { run, advance } = begin(1);
  advance(60_000);
  expect(run.summary().states).toEqual(["waiting"]);
});

it.each(["timeout", "canceled"] as const)("counts a customer as left after a %s before the join", (status) => {
  const { run, change } = begin(1);
  change(0, status);
  expect(run.summary()).toMatchObject({ states: ["left"], left: 1 });
});

it("measures the time to the last join", async () => {
  const { run, join, change, advance } = begin(3);
  expect(run.summary().lastJoinMs).toBeNull();
  for (const index of [0, 1]) {
    change(index, "accepted");
    advance(700);
    await join(index);
  }
  advance(5_000);
  expect(run.summary().lastJoinMs).toBe(1400);
});

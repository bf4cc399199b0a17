import type * as Flex from "@twilio/flex-ui";

import { joinLostChats } from "./rejoin";

const TaskHelper = {
  isChatBasedTask: ({ attributes }: Flex.ITask) => "channelSid" in attributes,
  isTaskAccepted: () => true,
  getTaskChatChannelSid: ({ attributes }: Flex.ITask) => attributes.channelSid as string,
} as unknown as typeof Flex.TaskHelper;

const newTask = (sid: string, status: string, attributes: object = { channelSid: `CH-${sid}` }) =>
  ({ sid, status, attributes }) as unknown as Flex.ITask;

let tasks: Map<string, Flex.ITask>;
let joined: string[];
let reports: unknown[];
let isOn: boolean;
const onResumed = jest.fn();
/** What the chat client says of a chat. */
let statusOf: (channelSid: string) => Promise<string>;
let handleReservationEvent: jest.Mock;

beforeEach(() => {
  [tasks, joined, reports, isOn] = [new Map(), [], [], true];
  statusOf = () => Promise.reject(Object.assign(new Error("Forbidden"), { status: 403 }));
  handleReservationEvent = jest.fn(async (_event: string, task: Flex.ITask) => joined.push(task.sid) > 0);
});

const agentTasks = { all: () => Array.from(tasks.values()), find: (sid: string) => tasks.get(sid) };
const add = (...all: Flex.ITask[]) => all.forEach((task) => tasks.set(task.sid, task));
const look = (
  chatClient: object | undefined = { getChannelBySid: async (sid: string) => ({ status: await statusOf(sid) }) },
) =>
  joinLostChats(
    { ChatOrchestrator: { handleReservationEvent } as never, TaskHelper },
    { chatClient, tasks: agentTasks, isOn: () => isOn, onResumed, report: (error) => reports.push(error) },
  );

test("joins accepted chats of which the agent is not a member, and no others", async () => {
  add(
    newTask("WR1", "accepted"),
    newTask("WR2", "pending"),
    newTask("WR3", "wrapping"),
    newTask("WR4", "accepted", {}),
    newTask("WR5", "accepted"),
  );
  await look();
  expect(handleReservationEvent.mock.calls).toEqual([
    ["accepted", tasks.get("WR1")],
    ["accepted", tasks.get("WR5")],
  ]);
  expect(onResumed).toHaveBeenCalledTimes(2);
});

test.each([
  ["joined", []],
  ["invited", ["WR1"]],
  ["known", ["WR1"]],
])("a chat that the chat client lists as %s: joins %j", async (status, expected) => {
  add(newTask("WR1", "accepted"));
  statusOf = async () => status;
  await look();
  expect(joined).toEqual(expected);
});

test("checks each chat on its own, so that a slow answer delays no other", async () => {
  add(newTask("WR1", "accepted"), newTask("WR2", "accepted"));
  statusOf = (sid) => (sid === "CH-WR1" ? new Promise(() => undefined) : Promise.resolve("known"));
  void look();
  await new Promise((resolve) => setTimeout(resolve, 0));
  expect(joined).toEqual(["WR2"]);
});

test.each([
  ["the reservation has ended", () => tasks.clear()],
  ["the throttle was switched off", () => void (isOn = false)],
])("joins nobody when %s meanwhile", async (_, happen) => {
  add(newTask("WR1", "accepted"));
  statusOf = async () => {
    happen();
    return "known";
  };
  await look();
  expect(joined).toEqual([]);
});

test("leaves reporting a failed join to the join", async () => {
  add(newTask("WR1", "accepted"), newTask("WR2", "accepted"));
  handleReservationEvent.mockRejectedValueOnce(new Error("500"));
  await look();
  expect(joined).toEqual(["WR2"]);
  expect(reports).toEqual([]);
});

test.each([undefined, {}])("does nothing with a missing or degraded chat client (%j)", async (chatClient) => {
  add(newTask("WR1", "accepted"));
  await joinLostChats(
    { ChatOrchestrator: { handleReservationEvent } as never, TaskHelper },
    { chatClient, tasks: agentTasks, isOn: () => true, report: (error) => reports.push(error) },
  );
  expect([joined, reports]).toEqual([[], []]);
});

test("reports an internal failure", async () => {
  const all = () => {
    throw new Error("no tasks");
  };
  await joinLostChats(
    { ChatOrchestrator: { handleReservationEvent } as never, TaskHelper },
    {
      chatClient: { getChannelBySid: async () => ({ status: "known" }) },
      tasks: { ...agentTasks, all },
      isOn: () => true,
      report: (error) => reports.push(error),
    },
  );
  expect(reports).toEqual([new Error("no tasks")]);
});

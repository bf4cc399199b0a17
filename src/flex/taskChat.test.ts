import type { ITask } from "@twilio/flex-ui";
import * as Flex from "@twilio/flex-ui";

import { AgentTasks } from "./agentTasks";
import { chatOfTask, ChatReader } from "./taskChat";

/** Flex's own, without its state. */
const helper: ChatReader = {
  isChatBasedTask: (task) => Boolean(task.attributes.channelSid),
  getTaskChatChannelSid: (task) => (task.attributes.channelSid || "").trim(),
};

const newTask = (attributes: unknown, status = "accepted", sid = "WR1") =>
  ({ sid, status, attributes }) as unknown as ITask;

const throwing = {
  get attributes(): never {
    throw new Error("no attributes");
  },
} as unknown as ITask;

/** Attributes that Flex's helper cannot read, or that name no chat. */
const UNREADABLE: readonly [name: string, task: ITask][] = [
  ["a number as channelSid", newTask({ channelSid: 12345 })],
  ["an object as channelSid", newTask({ channelSid: { sid: "CH1" } })],
  ["an object with its own trim", newTask({ channelSid: { trim: () => 7 } })],
  ["an empty channelSid", newTask({ channelSid: "" })],
  ["a blank channelSid", newTask({ channelSid: "  " })],
  ["null as channelSid", newTask({ channelSid: null })],
  ["null as attributes", newTask(null)],
  ["no attributes", newTask(undefined)],
  ["a string as attributes", newTask("channelSid")],
  ["a getter that throws", throwing],
];

test("reads the chat of a task", () => {
  expect(chatOfTask(helper, newTask({ channelSid: " CH1 " }))).toBe("CH1");
});

test.each(UNREADABLE)("finds no chat in a task with %s", (_, task) => {
  expect(chatOfTask(helper, task)).toBeUndefined();
});

describe("the agent's tasks", () => {
  const tasksOf = (...tasks: ITask[]) =>
    new AgentTasks(
      { getState: () => ({ flex: { worker: { tasks: new Map(tasks.map((task, n) => [`WR${n}`, task])) } } }) } as never,
      helper as typeof Flex.TaskHelper,
    );

  test.each(UNREADABLE)("leave out a task with %s", (_, task) => {
    const tasks = tasksOf(task, newTask({ channelSid: "CH1" }));
    expect(tasks.chats()).toEqual(["CH1"]);
    expect(tasks.findByChat("CH1")).toHaveLength(1);
  });

  test.each(["wrapping", "completed", "pending"])("put an accepted task of a chat before one that is %s", (status) => {
    const [older, newer] = [newTask({ channelSid: "CH1" }, status, "WR0"), newTask({ channelSid: "CH1" })];
    expect(tasksOf(older, newer).findByChat("CH1")).toEqual([newer, older]);
  });
});

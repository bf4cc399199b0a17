import type { ITask, TaskHelper } from "@twilio/flex-ui";

import { readSettings } from "../../settings/readSettings";
import { watchOfferedChats } from "./offeredChats";

const newTask = (status: string, attributes: object) => ({ status, attributes }) as unknown as ITask;

const helper = {
  isChatBasedTask: (task) => Boolean(task.attributes.channelSid),
  getTaskChatChannelSid: (task) => task.attributes.channelSid,
} as typeof TaskHelper;

test.each<[string, object, ITask[], string[][]]>([
  ["none without tasks", {}, [], []],
  ["none for a call", {}, [newTask("pending", {})], []],
  ["none for a chat that was accepted", {}, [newTask("accepted", { channelSid: "CH1" })], []],
  ["the limit of joins", {}, [newTask("pending", { channelSid: "CH1" })], [["POST /WebChannels/Users"]]],
  [
    "the limits that the settings say",
    { actions: { AcceptTask: { limits: ["POST /channels"] } } },
    [newTask("accepted", {}), newTask("pending", { channelSid: "CH1" })],
    [["POST /channels"]],
  ],
])("reports %s", (_, written, tasks, expected) => {
  const reported: (readonly string[])[] = [];
  let listener = () => undefined as void;
  watchOfferedChats({
    store: {
      subscribe: (each) => {
        listener = each;
        return () => undefined;
      },
    },
    tasks: { all: () => tasks },
    helper,
    settings: () => readSettings(written).settings,
    onChatOffered: (limits) => reported.push(limits),
  });
  listener();
  expect(reported).toEqual(expected);
});

import type * as Flex from "@twilio/flex-ui";

import { createFlexDesktop } from "./desktop";

const newTask = (sid: string, status: string, attributes: unknown, own: object = {}) =>
  Object.assign({ sid, status, attributes }, own) as unknown as Flex.ITask;

function openDesktop(...tasks: Flex.ITask[]) {
  const joined: string[] = [];
  const reports: unknown[] = [];
  const listeners: (() => void)[] = [];
  const flex = {
    TaskHelper: {
      isChatBasedTask: (task: Flex.ITask) => Boolean(task.attributes.channelSid),
      getTaskChatChannelSid: (task: Flex.ITask) => (task.attributes.channelSid || "").trim(),
    },
    ChatOrchestrator: { handleReservationEvent: async (_: string, { sid }: Flex.ITask) => joined.push(sid) > 0 },
  };
  const store = {
    getState: () => ({ flex: { worker: { tasks: new Map(tasks.map((task) => [task.sid, task])) } } }),
    subscribe: (listener: () => void) => listeners.push(listener),
  };
  const desktop = createFlexDesktop(flex as never, { store } as never, (error) => reports.push(error));
  return { desktop, joined, reports, listeners };
}

test("joins a chat for the accepted task, not for an older one in wrap-up", () => {
  const { desktop, joined } = openDesktop(
    newTask("WR1", "wrapping", { channelSid: "CH1" }),
    newTask("WR2", "accepted", { channelSid: "CH1" }),
  );
  desktop.joinAgain("CH1");
  expect(joined).toEqual(["WR2"]);
});

test("does not join a chat whose only task is in wrap-up", () => {
  const { desktop, joined } = openDesktop(newTask("WR1", "wrapping", { channelSid: "CH1" }));
  desktop.joinAgain("CH1");
  expect(joined).toEqual([]);
});

test("does not name a customer whose task cannot say it", () => {
  const own = {
    get defaultFrom(): never {
      throw new Error("no name");
    },
  };
  const unreadable = Object.defineProperties(
    newTask("WR1", "accepted", { channelSid: "CH1" }),
    Object.getOwnPropertyDescriptors(own),
  );
  const wrongType = newTask("WR2", "accepted", { channelSid: "CH2" }, { defaultFrom: { first: "Ada" } });
  const { desktop } = openDesktop(newTask("WR0", "accepted", null), unreadable, wrongType);
  expect(desktop.customerOf("CH1")).toBeUndefined();
  expect(desktop.customerOf("CH2")).toBeUndefined();
});

test("reports a store listener that throws, and lets the dispatch succeed", () => {
  const { desktop, reports, listeners } = openDesktop();
  desktop.store.subscribe(() => {
    throw new Error("broken");
  });
  listeners.forEach((listener) => listener());
  expect(reports).toEqual([new Error("broken")]);
});

/** Flex's join with the interceptor installed. Importing this file resets it before each test. */

import * as Flex from "@twilio/flex-ui";
import { EventEmitter } from "events";

import { installJoin } from "../src/flex/join/join";
import { createOutcomeClassifier } from "../src/flex/rejections";
import type { Throttle } from "../src/flexThrottle";
import type { Uninstall } from "../src/patch";
import { newThrottle } from "./throttles";
import { breathe, useVirtualTime } from "./virtualTime";

export const ADD = "POST /WebChannels/Users";

export const JOIN_FAILED = "ChatOrchestrationAddToChatChannelFailed";

export const { Notifications: notifications } = Flex;

type Orchestrations = Record<"accepted" | "wrapup" | "completed", (task: Flex.ITask) => Promise<boolean>>;

/** A fake of Flex's own, which needs a logged-in Flex. */
class Orchestrator {
  orchestrations: Orchestrations = {
    accepted: addWorkerToChatChannel,
    wrapup: async () => true,
    completed: async () => true,
  };

  async handleReservationEvent(event: keyof Orchestrations, task: Flex.ITask): Promise<boolean> {
    return helper.isChatBasedTask(task) && this.orchestrations[event](task);
  }
}

const helper = {
  isChatBasedTask: (task: Flex.ITask) => Boolean(task.attributes.channelSid),
  getTaskChatChannelSid: (task: Flex.ITask) => task.attributes.channelSid as string,
} as unknown as typeof Flex.TaskHelper;

export let orchestrator: Orchestrator;

export let throttle: Throttle;

export let uninstall: Uninstall = () => undefined;

export let requests: { channelSid: string; atMs: number; token: string }[];

/** Statuses of the next answers to a join; 0 for a network that is gone. Without one, the answer is 201. */
let answers: number[];

export let toasts: string[];

/** The reported states of each join: chat and state. */
export let joinStates: string[];

/** Like Flex's join: one paced request, and a toast and a rejection when it fails. */
async function addWorkerToChatChannel(task: Flex.ITask): Promise<boolean> {
  const channelSid = task.attributes.channelSid as string;
  const token = chatToken;
  const post = async () => {
    requests.push({ channelSid, atMs: performance.now(), token });
    await breathe();
    const status = answers.shift() ?? 201;
    if (status === 0) throw new Error("Network Error");
    if (status >= 400)
      throw Object.assign(new Error(`Request failed with status code ${status}`), { response: { status } });
  };
  try {
    await throttle.run({ limits: [ADD], name: ADD, key: channelSid }, post, createOutcomeClassifier(throttle));
    return true;
  } catch (error) {
    notifications.dismissNotificationById(JOIN_FAILED);
    notifications.showNotification(JOIN_FAILED);
    throw error;
  }
}

/** The agent's token. */
let chatToken = "first";

/** Like Flex's refresh of the agent's token. */
export function refreshToken(): void {
  chatToken = "second";
}

/** Sids of the reservations that Flex lists as open. */
export const open = new Set<string>();

/** No test expects an internal failure. */
const report = (error: unknown) => {
  throw error;
};

export function install(written: unknown = {}) {
  throttle = newThrottle(written);
  const ChatOrchestrator = orchestrator as unknown as typeof Flex.ChatOrchestrator;
  const onJoin = (chat: string, state: string) => void joinStates.push(`${chat} ${state}`);
  uninstall = installJoin(
    { ChatOrchestrator, Notifications: notifications, TaskHelper: helper },
    { throttle, onJoin, isOpen: (sid) => open.has(sid), chatToken: () => chatToken, report },
  );
}

export const newChat = (n = 1) => {
  const sourceObject = new EventEmitter();
  open.add(`WR${n}`);
  const task = { sid: `WR${n}`, attributes: { channelSid: `CH${n}` }, sourceObject } as unknown as Flex.ITask;
  return { task, reservation: sourceObject };
};

export const accept = (task: Flex.ITask) => orchestrator.handleReservationEvent("accepted", task);

beforeAll(() => {
  for (const id of [JOIN_FAILED, "Other"]) {
    if (!notifications.registeredNotifications.has(id))
      notifications.registerNotification({ id, type: Flex.NotificationType.error, content: id });
  }
  notifications.addListener("notificationAdded", ({ id }: { id: string }) => toasts.push(id));
});

useVirtualTime();

beforeEach(() => {
  requests = [];
  answers = [];
  toasts = [];
  joinStates = [];
  chatToken = "first";
  orchestrator = new Orchestrator();
});

afterEach(() => {
  uninstall();
  expect(Object.keys(orchestrator)).toEqual(["orchestrations"]);
});

/** Sets the statuses of the next answers to a join. */
export function answerWith(...statuses: number[]): void {
  answers = statuses;
}

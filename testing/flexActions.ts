/** Flex's Actions with the interceptors installed. Importing this file resets them before each test. */

import * as Flex from "@twilio/flex-ui";

import { installActions } from "../src/flex/actions/actions";
import { installPermitAction } from "../src/flex/actions/permitAction";
import type { Uninstall } from "../src/patch";
import type { Settings } from "../src/settings/readSettings";
import type { DeferredAction } from "../src/state/slice";
import type { Throttle } from "../src/flexThrottle";
import { newThrottle, settingsOf, tryPermit } from "./throttles";
import { useVirtualTime } from "./virtualTime";

export const ADD = "POST /WebChannels/Users";

export const CREATE = "POST /channels";

export const { Actions: actions } = Flex;

/** Resets Flex's own object to its initial state. */
function resetActions(): void {
  const parts = actions as unknown as Record<string, unknown> & { emitter: { removeAllListeners(): void } };
  for (const part of Object.values(parts)) if (part instanceof Map) part.clear();
  parts.emitter.removeAllListeners();
}

/** A fake: Flex's own helper needs the configuration of a running Flex. */
const helper = {
  isChatBasedTask: (task: Flex.ITask) => Boolean(task.attributes.channelSid),
  getTaskChatChannelSid: (task: Flex.ITask) => task.attributes.channelSid as string,
} as unknown as typeof Flex.TaskHelper;

export let throttle: Throttle;

export let outcomes: DeferredAction[];

/** The deferred Actions that are kept for a reload. */
export let kept: Set<[name: string, payload: unknown]>;

let settings: Settings;

export let reports: unknown[];

export let uninstall: Uninstall = () => undefined;

export function install(written: Record<string, unknown> = {}) {
  settings = settingsOf(written);
  throttle = newThrottle(written);
  const report = (error: unknown) => reports.push(error);
  const uninstallActions = installActions(
    { Actions: actions, TaskHelper: helper },
    {
      throttle,
      settings: () => settings,
      onDeferred: (outcome) => outcomes.push(outcome),
      keepForReload: (...what) => {
        kept.add(what);
        return () => kept.delete(what);
      },
      report,
    },
  );
  const uninstallPermits = installPermitAction(actions, { throttle, report });
  uninstall = () => {
    uninstallPermits();
    uninstallActions();
  };
}

/** An Action as another plugin registers it. @returns its body. */
export function register(name: string, body: (payload: unknown) => unknown = () => `${name} ran`) {
  const spy = jest.fn(async (payload: unknown) => body(payload));
  actions.registerAction(name, spy);
  return spy;
}

export const chat = (n: number, reservation = {}) =>
  ({
    sid: `WR${n}`,
    attributes: { channelSid: `CH${n}` },
    sourceObject: { timeout: 120, dateCreated: new Date(), ...reservation },
  }) as unknown as Flex.ITask;

export const voice = {
  sid: "WR-voice",
  attributes: {},
  sourceObject: { timeout: 120, dateCreated: new Date() },
} as unknown as Flex.ITask;

/** Flex's own join, which follows an accept. */
export const joinOf = (n: number) => tryPermit(throttle, { limits: [ADD], name: "join", key: `CH${n}` });

/** @returns how many calls on the limit could be sent now. */
export function countFree(limit: typeof ADD | typeof CREATE): number {
  let free = 0;
  while (tryPermit(throttle, { limits: [limit], name: "other", isEntryPoint: true })) free += 1;
  return free;
}

export const mapped = (onBurst?: string, limits: unknown = { [CREATE]: { perSecond: 1 } }) => ({
  limits,
  actions: { CreateRoom: { limits: [CREATE], ...(onBurst && { onBurst }) } },
});

useVirtualTime();

beforeEach(() => {
  resetActions();
  outcomes = [];
  kept = new Set();
  reports = [];
});

afterEach(() => {
  uninstall();
  expect(reports).toEqual([]);
});

/** Changes the settings as an admin does while the page is open. */
export function changeSettings(written: Record<string, unknown>): void {
  settings = settingsOf(written);
}

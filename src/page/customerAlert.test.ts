import { Throttle } from "../flexThrottle";
import { servicesOf } from "../../testing/services";
import { newThrottle, useUp } from "../../testing/throttles";
import { breathe, elapse, useVirtualTime } from "../../testing/virtualTime";
import { createBrowserClock } from "./browserClock";
import { installCustomerAlert } from "./customerAlert";

const ADD = "POST /WebChannels/Users";

interface Shown {
  title: string;
  options: NotificationOptions;
  isClosed: boolean;
  onclick?: () => void;
}

let permission: NotificationPermission;
let shown: Shown[];
let isHidden: boolean;
let throttle: Throttle;
let end: () => void;

useVirtualTime();
beforeEach(() => {
  permission = "granted";
  shown = [];
  isHidden = true;
  jest.spyOn(document, "visibilityState", "get").mockImplementation(() => (isHidden ? "hidden" : "visible"));
  class FakeNotification implements Shown {
    static get permission() {
      return permission;
    }
    isClosed = false;
    constructor(
      readonly title: string,
      readonly options: NotificationOptions,
    ) {
      shown.push(this);
    }
    close() {
      this.isClosed = true;
    }
  }
  Object.assign(window, { Notification: FakeNotification });
  throttle = newThrottle();
  end = installCustomerAlert({ throttle, clock: createBrowserClock(), text: servicesOf().text });
});
afterEach(() => {
  end();
  delete (window as { Notification?: unknown }).Notification;
  jest.restoreAllMocks();
});

/** A 429 pauses the limit for this long. */
async function pause(seconds: number): Promise<void> {
  useUp(throttle, ADD);
  const permit = await throttle.acquire({ limits: [ADD], name: "other", priority: "high" });
  permit.markSent();
  permit.markEnded({ scope: "limit", retryAfterMs: seconds * 1000 });
}

const join = (chat: string) => {
  const controller = new AbortController();
  const call = {
    limits: [ADD] as const,
    name: "join",
    kind: "join",
    isExemptFromQueueLimit: true,
    key: chat,
    maxWaitMs: Infinity,
    signal: controller.signal,
  };
  throttle.acquire(call).catch(() => undefined);
  return () => controller.abort();
};
const setHidden = (hidden: boolean) => {
  isHidden = hidden;
  document.dispatchEvent(new Event("visibilitychange"));
};
/** The limit opens while this waits: nothing else lets time pass. */
async function pausedFor(seconds: number): Promise<void> {
  const paused = pause(seconds);
  await elapse(1500);
  await paused;
}

test("notifies once after a customer has waited ten seconds", async () => {
  await pausedFor(60);
  join("CH1");
  await elapse(9500);
  expect(shown).toEqual([]);
  await elapse(30_000);
  expect(shown).toMatchObject([
    {
      title: "1 chat is waiting to be joined",
      isClosed: false,
      options: { tag: "flex-throttle", body: expect.stringContaining("more than 10 seconds") },
    },
  ]);
});

test("does not notify in a visible tab, but as soon as the tab is hidden during a long wait", async () => {
  await pausedFor(60);
  setHidden(false);
  join("CH1");
  await elapse(15_000);
  expect(shown).toEqual([]);
  setHidden(true);
  expect(shown).toHaveLength(1);
});

test("notifies once per customer, and counts several in one notification", async () => {
  await pausedFor(60);
  join("CH1");
  join("CH2");
  await elapse(12_000);
  expect(shown.map(({ title }) => title)).toEqual(["2 chats are waiting to be joined"]);
  join("CH3");
  await elapse(12_000);
  expect(shown.map(({ title }) => title)).toEqual([
    "2 chats are waiting to be joined",
    "3 chats are waiting to be joined",
  ]);
});

test("counts an accept, its join and the retries as one wait", async () => {
  await pausedFor(60);
  const leave = join("CH1");
  await elapse(6000);
  leave();
  await elapse(500);
  join("CH1");
  await elapse(6000);
  expect(shown).toHaveLength(1);
});

test("ignores calls that are not joins", async () => {
  await pausedFor(60);
  void throttle.acquire({ limits: [ADD], name: "other" }).catch(() => undefined);
  await elapse(15_000);
  expect(shown).toEqual([]);
});

test("focuses the tab on a click, and closes when the tab is visible or nobody waits", async () => {
  const focus = jest.spyOn(window, "focus").mockImplementation(() => undefined);
  await pausedFor(90);
  const leave = join("CH1");
  await elapse(12_000);
  shown[0].onclick?.();
  expect(focus).toHaveBeenCalledTimes(1);
  expect(shown[0].isClosed).toBe(true);
  leave();
  await elapse(20_000);
  join("CH1");
  await elapse(12_000);
  setHidden(false);
  expect(shown.map(({ isClosed }) => isClosed)).toEqual([true, true]);
  setHidden(true);
  const leaveAgain = join("CH2");
  await elapse(12_000);
  expect(shown[2].isClosed).toBe(false);
  leaveAgain();
  throttle.cancel(throttle.status().waiting[0].id);
  await elapse(1500);
  expect(shown[2].isClosed).toBe(true);
});

test.each<NotificationPermission>(["default", "denied"])(
  "shows nothing and does not ask with the permission %s",
  async (given) => {
    permission = given;
    await pausedFor(60);
    join("CH1");
    await elapse(15_000);
    expect(shown).toEqual([]);
  },
);

test("does nothing in a browser without notifications", async () => {
  delete (window as { Notification?: unknown }).Notification;
  await pausedFor(60);
  join("CH1");
  await elapse(15_000);
  expect(throttle.status().waiting).toHaveLength(1);
});

test("runs no timer in a visible tab or while nobody waits", async () => {
  end();
  await breathe();
  const before = jest.getTimerCount();
  setHidden(false);
  end = installCustomerAlert({ throttle, clock: createBrowserClock(), text: servicesOf().text });
  const permit = await throttle.acquire({ limits: [ADD], name: "other" });
  permit.markSent();
  permit.markEnded("answered");
  expect(jest.getTimerCount()).toBe(before);
  setHidden(true);
  expect(jest.getTimerCount()).toBe(before);
});

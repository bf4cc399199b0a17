import * as Flex from "@twilio/flex-ui";

import {
  accept,
  ADD,
  answerWith,
  install,
  JOIN_FAILED,
  newChat,
  notifications,
  orchestrator,
  requests,
  throttle,
  toasts,
  joinStates,
  uninstall,
} from "../../../testing/flexJoin";
import { useUp } from "../../../testing/throttles";
import { breathe, elapse, ended, isSettled } from "../../../testing/virtualTime";

test("sends twenty joins at ten per second, each once and in order", async () => {
  install();
  const chats = Array.from({ length: 20 }, (_, n) => newChat(n).task);
  const joined = await ended(Promise.all(chats.map(accept)));
  expect(joined).toEqual(Array(20).fill(true));
  expect(requests.map(({ channelSid }) => channelSid)).toEqual(chats.map((task) => task.attributes.channelSid));
  for (let n = 10; n < 20; n += 1) expect(requests[n].atMs - requests[n - 10].atMs).toBeGreaterThanOrEqual(1000);
  expect(toasts).toEqual([]);
});

test("joins three hundred chats of a minute, each once and never more than ten in a second", async () => {
  install();
  const chats = Array.from({ length: 300 }, (_, n) => newChat(n).task);
  const joined: Promise<boolean>[] = [];
  for (let first = 0; first < 300; first += 60) {
    joined.push(...chats.slice(first, first + 60).map(accept));
    await elapse(12_000, 1000);
  }
  expect(await ended(Promise.all(joined))).toEqual(Array(300).fill(true));
  expect(requests.map(({ channelSid }) => channelSid)).toEqual(chats.map((task) => task.attributes.channelSid));
  for (let n = 10; n < 300; n += 1) expect(requests[n].atMs - requests[n - 10].atMs).toBeGreaterThanOrEqual(1000);
  expect(toasts).toEqual([]);
});

test("spends one slot for a join and its request", async () => {
  install({ limits: { [ADD]: { perSecond: 2 } } });
  await accept(newChat(1).task);
  await accept(newChat(2).task);
  expect(requests).toHaveLength(2);
  const third = accept(newChat(3).task);
  await breathe();
  expect(requests).toHaveLength(2);
  await ended(third);
});

test("returns the join in progress to Flex's auto-join", async () => {
  install();
  useUp(throttle, ADD);
  const { task } = newChat();
  const first = accept(task);
  await elapse(200);
  const second = accept(task);
  expect(throttle.status().waiting).toHaveLength(1);
  expect(await ended(Promise.all([first, second]))).toEqual([true, true]);
  expect(requests).toHaveLength(1);
});

test("joins again after an earlier join has ended", async () => {
  install();
  const { task } = newChat();
  await accept(task);
  await accept(task);
  expect(requests).toHaveLength(2);
});

test.each([1, 3])("retries after %d 429s without a toast from Flex", async (times) => {
  install();
  answerWith(...Array(times).fill(429));
  expect(await ended(accept(newChat().task))).toBe(true);
  expect(requests).toHaveLength(times + 1);
  expect(toasts).toEqual([]);
  expect(throttle.status()).toMatchObject({ retrying: 0, waiting: [] });
});

test("retries a 429 that only Flex saw, and suppresses Flex's toast meanwhile", async () => {
  install();
  // Flex's request is not paced here, so the orchestrator sees the 429.
  const failures = [429, 429];
  const toastsMeanwhile: unknown[] = [];
  orchestrator.orchestrations.accepted = async () => {
    const status = failures.shift();
    if (!status) return true;
    toastsMeanwhile.push(notifications.showNotification(JOIN_FAILED));
    throw Object.assign(new Error("Request failed with status code 429"), { response: { status } });
  };
  expect(await ended(accept(newChat().task))).toBe(true);
  expect(toastsMeanwhile).toEqual([null, null]);
  expect(toasts).toEqual([]);
});

test("waits as long as the reservation lasts, beyond the queue's maximum wait", async () => {
  install({ queue: { maxWaitSeconds: 1 } });
  const permit = await throttle.acquire({ limits: [ADD], name: "other" });
  permit.markSent();
  permit.markEnded({ scope: "limit", retryAfterMs: 20_000 });
  expect(await ended(accept(newChat().task))).toBe(true);
  expect(requests[0].atMs).toBeGreaterThanOrEqual(20_000);
});

test("is sent before calls for which no customer waits", async () => {
  install({ limits: { [ADD]: { perSecond: 1 } } });
  useUp(throttle, ADD);
  const bulk = throttle.acquire({ limits: [ADD], name: "bulk" });
  const joined = accept(newChat().task);
  await ended(joined);
  expect(await isSettled(bulk)).toBe(false);
});

test("passes other failures to Flex at once, with one toast", async () => {
  install();
  answerWith(500);
  await expect(accept(newChat().task)).rejects.toThrow("status code 500");
  expect(requests).toHaveLength(1);
  await breathe();
  expect(toasts).toEqual([JOIN_FAILED]);
});

test("shows the toast of a failed join while other joins wait", async () => {
  install({ limits: { [ADD]: { perSecond: 1 } } });
  answerWith(500);
  const failed = accept(newChat(1).task);
  const others = [2, 3].map((n) => accept(newChat(n).task));
  await expect(failed).rejects.toThrow("status code 500");
  await breathe();
  expect(toasts).toEqual([JOIN_FAILED]);
  await ended(Promise.all(others));
  expect(toasts).toEqual([JOIN_FAILED]);
});

test("removes its listeners from the reservation", async () => {
  install();
  const { task, reservation } = newChat();
  await accept(task);
  expect(reservation.eventNames()).toEqual([]);
});

test.each(["wrapup", "completed"] as const)(
  "does not queue the event %s, or tasks that are not chats",
  async (event) => {
    install();
    useUp(throttle, ADD);
    expect(await orchestrator.handleReservationEvent(event, newChat().task)).toBe(true);
    expect(await accept({ sid: "WR-voice", attributes: {} } as unknown as Flex.ITask)).toBe(false);
    expect(throttle.status().waiting).toEqual([]);
  },
);

test("leaves Flex's join unchanged in mode off", async () => {
  install({ mode: "off" });
  answerWith(429);
  await expect(accept(newChat().task)).rejects.toThrow("status code 429");
  await breathe();
  expect(requests).toHaveLength(1);
  expect(toasts).toEqual([JOIN_FAILED]);
});

test("passes a 429 to Flex, with its toast, in mode observe", async () => {
  install({ mode: "observe" });
  answerWith(429);
  await expect(accept(newChat().task)).rejects.toThrow("status code 429");
  await breathe();
  expect(requests).toHaveLength(1);
  expect(toasts).toEqual([JOIN_FAILED]);
});

describe("reports of a chat", () => {
  test("report a start and a success for a join that succeeds after retries", async () => {
    install();
    answerWith(429);
    await ended(accept(newChat().task));
    expect(joinStates).toEqual(["CH1 started", "CH1 succeeded"]);
  });

  test.each([[500], [403]])("report a failure (%d), and a start when the join is made again", async (status) => {
    install();
    answerWith(status);
    const { task } = newChat();
    await expect(accept(task)).rejects.toThrow();
    await breathe();
    expect(joinStates).toEqual(["CH1 started", "CH1 failed"]);
    expect(await accept(task)).toBe(true);
    expect(joinStates).toEqual(["CH1 started", "CH1 failed", "CH1 started", "CH1 succeeded"]);
  });

  test.each([
    ["its turn", () => useUp(throttle, ADD)],
    ["its retry", () => answerWith(429)],
  ])(
    "report a failure when a join is canceled while it waits for %s, without a toast or a retry",
    async (_, prepare) => {
      install();
      prepare();
      const joined = accept(newChat().task);
      while (throttle.status().waiting.length === 0) await breathe();
      const before = requests.length;
      expect(throttle.cancel(throttle.status().waiting[0].id)).toBe(true);
      await expect(joined).rejects.toMatchObject({ name: "ThrottleCanceledError" });
      await elapse(5000);
      expect(joinStates).toEqual(["CH1 started", "CH1 failed"]);
      expect(requests).toHaveLength(before);
      expect(toasts).toEqual([]);
      expect(throttle.status()).toMatchObject({ retrying: 0, waiting: [] });
    },
  );

  test("do not turn the network error of a canceled request into a toast", async () => {
    install();
    answerWith(429);
    const add = orchestrator.orchestrations.accepted;
    orchestrator.orchestrations.accepted = (task) => add(task).catch(() => Promise.reject(new Error("Network Error")));
    const joined = accept(newChat().task);
    while (throttle.status().retrying === 0) await breathe();
    await elapse(50);
    throttle.cancel(throttle.status().waiting[0].id);
    await expect(joined).rejects.toMatchObject({ name: "ThrottleCanceledError" });
    await breathe();
    expect(toasts).toEqual([]);
  });

  test("report no failure when the reservation ends", async () => {
    install();
    useUp(throttle, ADD);
    const { task, reservation } = newChat();
    const gone = accept(task);
    await breathe();
    reservation.emit("canceled");
    await expect(gone).rejects.toThrow();
    expect(joinStates).toEqual(["CH1 started", "CH1 ended"]);
  });

  test("report no failure in mode observe", async () => {
    install({ mode: "observe" });
    answerWith(500);
    await expect(accept(newChat().task)).rejects.toThrow();
    await breathe();
    expect(joinStates).not.toContain("CH1 failed");
  });
});

test("does not suppress other toasts", async () => {
  install();
  useUp(throttle, ADD);
  const joined = accept(newChat().task);
  notifications.showNotification("Other");
  expect(toasts).toEqual(["Other"]);
  await ended(joined);
});

test("stops listening to toasts on uninstall", () => {
  install();
  const before = notifications.listenerCount("beforeAddNotification");
  uninstall();
  expect(notifications.listenerCount("beforeAddNotification")).toBe(before - 1);
});

/** Joins that wait while their reservation ends. */

import {
  accept,
  ADD,
  answerWith,
  install,
  joinStates,
  newChat,
  open,
  requests,
  throttle,
  toasts,
} from "../../../testing/flexJoin";
import { useUp } from "../../../testing/throttles";
import { breathe, elapse, ended } from "../../../testing/virtualTime";

describe.each(["canceled", "completed", "rescinded", "timeout", "wrapup"])("when the reservation is %s", (ending) => {
  test("removes a queued join without a toast", async () => {
    install({ limits: { [ADD]: { perSecond: 1 } } });
    useUp(throttle, ADD);
    const { task, reservation } = newChat(1);
    const gone = accept(task);
    const next = accept(newChat(2).task);
    await breathe();
    reservation.emit(ending);
    await expect(gone).rejects.toMatchObject({
      name: "ThrottleCanceledError",
      message: expect.stringContaining("reservation has ended"),
    });
    expect(throttle.status().waiting).toHaveLength(1);
    await ended(next);
    expect(requests.map(({ channelSid }) => channelSid)).toEqual(["CH2"]);
    expect(toasts).toEqual([]);
  });

  test("does not retry a throttled join", async () => {
    install();
    answerWith(429);
    const { task, reservation } = newChat();
    const gone = accept(task);
    while (throttle.status().retrying === 0) await breathe();
    reservation.emit(ending);
    await expect(gone).rejects.toMatchObject({ name: "ThrottleCanceledError" });
    await elapse(5000);
    expect(requests).toHaveLength(1);
    expect(toasts).toEqual([]);
    expect(throttle.status().retrying).toBe(0);
  });
});

test("does not send a join whose reservation has ended without an event", async () => {
  install();
  useUp(throttle, ADD);
  const gone = accept(newChat(1).task);
  const next = accept(newChat(2).task);
  await breathe();
  open.delete("WR1");
  await expect(ended(gone)).rejects.toMatchObject({ name: "ThrottleCanceledError" });
  await ended(next);
  expect(requests.map(({ channelSid }) => channelSid)).toEqual(["CH2"]);
  expect(joinStates).not.toContain("CH1 failed");
  expect(toasts).toEqual([]);
});

test("does not retry a throttled join whose reservation has ended without an event", async () => {
  install();
  answerWith(429);
  const gone = accept(newChat(1).task);
  while (throttle.status().retrying === 0) await breathe();
  const next = accept(newChat(2).task);
  open.delete("WR1");
  await expect(ended(gone)).rejects.toMatchObject({ name: "ThrottleCanceledError" });
  await ended(next);
  expect(requests.map(({ channelSid }) => channelSid)).toEqual(["CH1", "CH2"]);
  expect(toasts).toEqual([]);
});

test("sends a join whose reservation Flex does not list", async () => {
  install();
  const { task } = newChat();
  open.delete(task.sid);
  expect(await accept(task)).toBe(true);
});

import {
  accept,
  answerWith,
  install,
  JOIN_FAILED,
  newChat,
  refreshToken,
  requests,
  toasts,
} from "../../../testing/flexJoin";
import { joinStates, throttle } from "../../../testing/flexJoin";
import { eventsOf } from "../../../testing/throttles";
import { breathe, elapse, ended, isSettled } from "../../../testing/virtualTime";

const setOnline = (isOnline: boolean) => jest.spyOn(navigator, "onLine", "get").mockReturnValue(isOnline);

afterEach(() => jest.restoreAllMocks());

test("joins each chat once after the network was gone in the middle of a burst", async () => {
  install();
  answerWith(201, ...Array<number>(10).fill(0));
  const chats = Array.from({ length: 6 }, (_, n) => newChat(n).task);
  expect(await ended(Promise.all(chats.map(accept)))).toEqual(Array(6).fill(true));
  expect(toasts).toEqual([]);
  expect(joinStates.filter((state) => state.endsWith("failed"))).toEqual([]);
  expect(requests).toHaveLength(16);
});

test("joins as soon as the browser is online again, however long it was offline", async () => {
  install();
  setOnline(false);
  answerWith(...Array<number>(200).fill(0));
  const joined = accept(newChat().task);
  await elapse(600_000, 1000);
  setOnline(true);
  answerWith();
  window.dispatchEvent(new Event("online"));
  await breathe();
  await ended(joined);
  expect(toasts).toEqual([]);
});

test("fails with one toast if the network does not come back within a minute", async () => {
  install();
  answerWith(...Array<number>(100).fill(0));
  await expect(ended(accept(newChat().task))).rejects.toThrow("Network Error");
  expect(requests).toHaveLength(7);
  await breathe();
  expect(toasts).toEqual([JOIN_FAILED]);
  expect(joinStates).toEqual(["CH1 started", "CH1 failed"]);
});

test("ends the wait for the network with the reservation", async () => {
  install();
  answerWith(0);
  const { task, reservation } = newChat();
  const gone = accept(task);
  while (requests.length === 0) await breathe();
  await elapse(200);
  reservation.emit("canceled");
  await expect(gone).rejects.toMatchObject({ name: "ThrottleCanceledError" });
  await elapse(60_000);
  expect(requests).toHaveLength(1);
  expect(reservation.eventNames()).toEqual([]);
  expect(throttle.status().waiting).toEqual([]);
});

test("retries with the new token when the token was refreshed during a cool-down", async () => {
  install();
  answerWith(429);
  const events = eventsOf(throttle);
  const joined = accept(newChat().task);
  while (throttle.status().retrying === 0) await breathe();
  refreshToken();
  expect(await ended(joined)).toBe(true);
  expect(requests.map(({ token }) => token)).toEqual(["first", "second"]);
  expect(events.map(({ type }) => type)).toEqual(["throttled"]);
  expect(throttle.status()).toMatchObject({ retrying: 0, waiting: [] });
  expect(toasts).toEqual([]);
});

test("joins with the new token when the old one got a 401", async () => {
  install();
  answerWith(401);
  const joined = accept(newChat().task);
  while (requests.length < 1) await breathe();
  refreshToken();
  expect(await ended(joined)).toBe(true);
  expect(requests.map(({ token }) => token)).toEqual(["first", "second"]);
  expect(toasts).toEqual([]);
});

test("waits for a new token after a 401, as after a sleep, and sends nothing meanwhile", async () => {
  install();
  answerWith(401);
  const joined = accept(newChat().task);
  await elapse(10_000);
  expect(requests).toHaveLength(1);
  refreshToken();
  expect(await ended(joined)).toBe(true);
  expect(requests).toHaveLength(2);
});

test("fails 15 seconds after a 401 if no new token arrives", async () => {
  install();
  answerWith(401);
  const joined = accept(newChat().task);
  await elapse(14_000, 1000);
  expect(await isSettled(joined)).toBe(false);
  await elapse(2000, 1000);
  await expect(joined).rejects.toThrow("status code 401");
  expect(requests).toHaveLength(1);
  await breathe();
  expect(toasts).toEqual([JOIN_FAILED]);
});

test("does not repeat a join in mode observe", async () => {
  install({ mode: "observe" });
  answerWith(0);
  await expect(accept(newChat().task)).rejects.toThrow("Network Error");
  expect(requests).toHaveLength(1);
});

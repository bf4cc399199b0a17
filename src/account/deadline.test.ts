import { VirtualClock } from "../../testing/virtualClock";
import { scheduleDeadline } from "./deadline";

function begin(deadlineMs: number) {
  const clock = new VirtualClock();
  const late: number[] = [];
  const cancel = scheduleDeadline(clock, () => late.push(clock.now()), deadlineMs);
  return { clock, late, cancel };
}

test.each([1, 250, 2000, 2100])("calls back once, after %d ms of a page that runs", async (deadlineMs) => {
  const { clock, late } = begin(deadlineMs);
  await clock.run(60_000);
  expect(late).toEqual([deadlineMs]);
});

test("counts the time in which the page is held up as one step", async () => {
  const { clock, late } = begin(2000);
  await clock.run(600);
  clock.oversleep(5000);
  await clock.run(5600 + 1000);
  expect(late).toEqual([]);
  await clock.run(60_000);
  expect(late).toEqual([5600 + 1250]);
});

test.each([0, 300, 1900])("does not call back once it is canceled after %d ms", async (atMs) => {
  const { clock, late, cancel } = begin(2000);
  await clock.run(atMs);
  cancel();
  await clock.run(60_000);
  expect(late).toEqual([]);
  expect(clock.pending).toBe(0);
});

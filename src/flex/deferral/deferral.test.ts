/** Actions under the over-limit policy `defer`. */

import {
  actions,
  ADD,
  changeSettings,
  countFree,
  CREATE,
  install,
  kept,
  mapped,
  outcomes,
  register,
  throttle,
} from "../../../testing/flexActions";
import { eventsOf, useUp } from "../../../testing/throttles";
import { elapse, ended } from "../../../testing/virtualTime";

describe("a mapped Action", () => {
  test("is rejected at once under defer, and runs later once with the same payload", async () => {
    const body = register("CreateRoom");
    install(mapped("defer"));
    useUp(throttle, CREATE);
    const payload = { name: "room" };
    await expect(ended(actions.invokeAction("CreateRoom", payload))).rejects.toMatchObject({
      name: "ThrottleDeferredError",
      limit: CREATE,
      waitMs: expect.any(Number),
      message: expect.stringMatching(/CreateRoom was deferred.*"POST \/channels".*It will run automatically/),
    });
    expect(body).not.toHaveBeenCalled();
    expect(outcomes).toMatchObject([{ action: "CreateRoom", state: "deferred", waitMs: expect.any(Number) }]);
    await elapse(4000);
    expect(body).toHaveBeenCalledTimes(1);
    expect(body.mock.calls[0][0]).toBe(payload);
    expect(outcomes.slice(1)).toEqual([{ action: "CreateRoom", state: "done" }]);
  });

  test("is kept for a reload while deferred, until its turn comes", async () => {
    const keptMeanwhile: number[] = [];
    register("CreateRoom", () => keptMeanwhile.push(kept.size));
    install(mapped("defer"));
    useUp(throttle, CREATE);
    await expect(ended(actions.invokeAction("CreateRoom", { name: "room" }))).rejects.toMatchObject({
      name: "ThrottleDeferredError",
    });
    expect(Array.from(kept)).toEqual([["CreateRoom", { name: "room" }]]);
    await elapse(4000);
    expect(keptMeanwhile).toEqual([0]);
  });

  test("spends one slot when it runs after a deferral", async () => {
    register("CreateRoom");
    install(mapped("defer", { [CREATE]: { perSecond: 3 } }));
    useUp(throttle, CREATE);
    await expect(ended(actions.invokeAction("CreateRoom"))).rejects.toMatchObject({ name: "ThrottleDeferredError" });
    // A little at a time, so that its second is not over when it has run.
    while (outcomes.length < 2) await elapse(50);
    expect(countFree(CREATE)).toBe(2);
  });

  test("spends no slot after a deferral if the settings no longer name it", async () => {
    const body = register("CreateRoom");
    install(mapped("defer"));
    useUp(throttle, CREATE);
    await expect(ended(actions.invokeAction("CreateRoom"))).rejects.toMatchObject({ name: "ThrottleDeferredError" });
    changeSettings({ limits: { [CREATE]: { perSecond: 1 } } });
    while (outcomes.length < 2) await elapse(50);
    expect(body).toHaveBeenCalledTimes(1);
    expect(countFree(CREATE)).toBe(1);
  });

  test("is not deferred twice by a second click", async () => {
    const body = register("CreateRoom");
    install(mapped("defer"));
    useUp(throttle, CREATE);
    for (const to of [1, 1, 2])
      await expect(ended(actions.invokeAction("CreateRoom", { to }))).rejects.toMatchObject({
        name: "ThrottleDeferredError",
      });
    await elapse(5000, 100);
    expect(body.mock.calls).toEqual([[{ to: 1 }], [{ to: 2 }]]);
  });

  test("is dropped under defer when the queue is full", async () => {
    const body = register("CreateRoom");
    install({ ...mapped("defer"), queue: { maxLength: 1 } });
    const events = eventsOf(throttle);
    useUp(throttle, CREATE);
    const names = [1, 2].map((to) => actions.invokeAction("CreateRoom", { to }).catch((error: Error) => error.name));
    expect(await ended(Promise.all(names))).toEqual(["ThrottleDeferredError", "ThrottleQueueFullError"]);
    expect(events).toMatchObject([{ type: "dropped", error: { name: "ThrottleQueueFullError" } }]);
    await elapse(3000, 100);
    expect(body.mock.calls).toEqual([[{ to: 1 }]]);
  });

  test("names the limit that it waits for when deferred", async () => {
    register("CreateRoom");
    install({
      limits: { [CREATE]: { perSecond: 1 } },
      actions: { CreateRoom: { limits: [ADD, CREATE], onBurst: "reject" } },
    });
    useUp(throttle, CREATE);
    await expect(ended(actions.invokeAction("CreateRoom"))).rejects.toMatchObject({
      limit: CREATE,
      message: expect.stringContaining(CREATE),
    });
  });

  test("reports a failure after a deferral", async () => {
    register("CreateRoom", () => {
      throw new Error("no");
    });
    install(mapped("defer"));
    useUp(throttle, CREATE);
    await expect(ended(actions.invokeAction("CreateRoom"))).rejects.toMatchObject({ name: "ThrottleDeferredError" });
    await elapse(4000);
    expect(outcomes.map(({ state }) => state)).toEqual(["deferred", "failed"]);
  });
});

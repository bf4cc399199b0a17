/** Actions that the settings name. */

import {
  actions,
  ADD,
  changeSettings,
  countFree,
  CREATE,
  install,
  mapped,
  outcomes,
  register,
  throttle,
} from "../../../testing/flexActions";
import { eventsOf, tryPermit, useUp } from "../../../testing/throttles";
import { breathe, elapse, ended, isSettled } from "../../../testing/virtualTime";

describe("a mapped Action", () => {
  test("stays pending until its turn, then returns its result", async () => {
    const body = register("CreateRoom", (payload) => ({ created: payload }));
    install(mapped("queue"));
    useUp(throttle, CREATE);
    const payload = { name: "room" };
    const result = actions.invokeAction("CreateRoom", payload);
    expect(await isSettled(result)).toBe(false);
    expect(body).not.toHaveBeenCalled();
    expect(await ended(result)).toEqual({ created: payload });
    expect(body.mock.calls[0][0]).toBe(payload);
  });

  test("is held if another plugin registers it later", async () => {
    install(mapped());
    const body = register("CreateRoom");
    useUp(throttle, CREATE);
    const result = actions.invokeAction("CreateRoom", { name: "room" });
    await breathe();
    expect(body).not.toHaveBeenCalled();
    await ended(result);
    expect(body).toHaveBeenCalledTimes(1);
  });

  test("follows settings that change while the page is open", async () => {
    const body = register("CreateRoom");
    install();
    useUp(throttle, CREATE);
    await actions.invokeAction("CreateRoom");
    expect(body).toHaveBeenCalledTimes(1);
    changeSettings(mapped("reject"));
    await expect(ended(actions.invokeAction("CreateRoom"))).rejects.toMatchObject({ name: "ThrottleRejectedError" });
    changeSettings({});
    await actions.invokeAction("CreateRoom");
    expect(body).toHaveBeenCalledTimes(2);
  });

  test("cools its limit down when it fails with an unseen 429", async () => {
    const body = register("CreateRoom", () =>
      Promise.reject(Object.assign(new Error("Too Many Requests"), { status: 429 })),
    );
    install(mapped("queue", {}));
    const events = eventsOf(throttle);
    await expect(actions.invokeAction("CreateRoom")).rejects.toThrow("Too Many Requests");
    expect(body).toHaveBeenCalledTimes(1);
    expect(countFree(CREATE)).toBe(0);
    expect(events).toMatchObject([{ type: "throttled", isRetried: false }, { type: "dropped" }]);
  });

  test("is rejected at once under reject, naming the limit and the wait", async () => {
    const body = register("CreateRoom");
    install(mapped("reject"));
    const events = eventsOf(throttle);
    useUp(throttle, CREATE);
    const error = await ended(actions.invokeAction("CreateRoom")).catch((reason) => reason);
    expect(error).toMatchObject({
      name: "ThrottleRejectedError",
      limit: CREATE,
      message: expect.stringContaining(CREATE),
    });
    expect(error.waitMs).toBeGreaterThan(0);
    await elapse(4000);
    expect(body).not.toHaveBeenCalled();
    expect(events).toMatchObject([{ type: "dropped", error: { name: "ThrottleRejectedError" } }]);
  });

  test.each(["defer", "reject"])("runs at once under %s while the limit allows it", async (onBurst) => {
    const body = register("CreateRoom");
    install(mapped(onBurst));
    await actions.invokeAction("CreateRoom");
    expect(body).toHaveBeenCalledTimes(1);
    expect(outcomes).toEqual([]);
  });

  test.each(["reject", "defer"])(
    "is rejected under %s in a later task than the one that invoked it",
    async (onBurst) => {
      register("CreateRoom");
      install(mapped(onBurst));
      useUp(throttle, CREATE);
      let attempts = 0;
      const invokeAgain = (): Promise<unknown> => {
        attempts += 1;
        return attempts > 50 ? Promise.resolve() : actions.invokeAction("CreateRoom", { attempts }).catch(invokeAgain);
      };
      const invoked = invokeAgain();
      // All microtasks of this task have run when the next one begins.
      await breathe();
      expect(attempts).toBe(1);
      await ended(invoked);
    },
  );

  test("uses the general over-limit policy without one of its own", async () => {
    register("CreateRoom");
    install({ ...mapped(), onBurst: "reject" });
    useUp(throttle, CREATE);
    await expect(ended(actions.invokeAction("CreateRoom"))).rejects.toMatchObject({ name: "ThrottleRejectedError" });
  });

  test("is dropped when the queue is full", async () => {
    const body = register("CreateRoom");
    install({ ...mapped(), queue: { maxLength: 1 } });
    useUp(throttle, CREATE);
    const first = actions.invokeAction("CreateRoom", { n: 1 });
    const second = actions.invokeAction("CreateRoom", { n: 2 });
    await expect(ended(second)).rejects.toMatchObject({ name: "ThrottleQueueFullError", limit: CREATE });
    await ended(first);
    expect(body.mock.calls).toEqual([[{ n: 1 }]]);
  });

  test("expires after the maximum wait", async () => {
    const body = register("CreateRoom");
    install({ ...mapped(), queue: { maxWaitSeconds: 2 } });
    useUp(throttle, CREATE);
    const all = [1, 2, 3, 4].map((n) => actions.invokeAction("CreateRoom", { n }));
    const results = await ended(Promise.allSettled(all));
    const late = results.filter(({ status }) => status === "rejected");
    expect(late.length).toBeGreaterThan(0);
    for (const { reason } of late as PromiseRejectedResult[])
      expect(reason).toMatchObject({ name: "ThrottleTimeoutError", limit: CREATE });
    expect(body).toHaveBeenCalledTimes(4 - late.length);
  });

  test("spends one slot with its request, and one more for a second request", async () => {
    const send = () => tryPermit(throttle, { limits: [CREATE], name: "POST /channels" });
    const sent: unknown[] = [];
    register("CreateRoom", () => sent.push(send(), send()));
    install(mapped("queue", { [CREATE]: { perSecond: 3 } }));
    await actions.invokeAction("CreateRoom");
    expect(sent).toEqual([expect.anything(), expect.anything()]);
    expect(countFree(CREATE)).toBe(1);
  });

  test("spends one slot for an unseen request", async () => {
    register("CreateRoom");
    install(mapped("queue", { [CREATE]: { perSecond: 3 } }));
    await actions.invokeAction("CreateRoom");
    expect(countFree(CREATE)).toBe(2);
  });

  test.each([
    ["for any reason", new Error("no such customer"), 2000],
    ["with a status from Twilio", Object.assign(new Error("no such customer"), { status: 404 }), 1000],
  ])("counts an unseen request that fails %s", async (_, failure, countsForMs) => {
    register("CreateRoom", () => Promise.reject(failure));
    install(mapped("queue"));
    await expect(ended(actions.invokeAction("CreateRoom"))).rejects.toThrow();
    await elapse(countsForMs - 100);
    expect(countFree(CREATE)).toBe(0);
    await elapse(200);
    expect(countFree(CREATE)).toBe(1);
  });

  test("spends a slot of each of its limits", async () => {
    register("CreateRoom");
    install({
      actions: { CreateRoom: { limits: [CREATE, ADD] } },
      limits: { [CREATE]: { perSecond: 3 }, [ADD]: { perSecond: 4 } },
    });
    await actions.invokeAction("CreateRoom");
    expect([countFree(CREATE), countFree(ADD)]).toEqual([2, 3]);
  });

  test("fails as it does without the plugin", async () => {
    const body = () => {
      throw new Error("no such customer");
    };
    register("CreateRoom", body);
    const own = await ended(actions.invokeAction("CreateRoom")).catch((error) => error);
    install(mapped("queue"));
    const ours = await ended(actions.invokeAction("CreateRoom")).catch((error) => error);
    expect([ours.constructor, ours.message]).toEqual([own.constructor, own.message]);
    expect(ours.message).toContain("no such customer");
  });

  test("waits for its own turn when another Action invokes it", async () => {
    const inner = register("CreateRoom");
    register("CreateTwo", () => actions.invokeAction("CreateRoom", { n: 2 }));
    install({
      actions: { CreateRoom: { limits: [CREATE] }, CreateTwo: { limits: [ADD] } },
      limits: { [CREATE]: { perSecond: 1 } },
    });
    useUp(throttle, CREATE);
    const result = actions.invokeAction("CreateTwo");
    await breathe();
    expect(inner).not.toHaveBeenCalled();
    expect(throttle.status().waiting).toMatchObject([{ name: "CreateRoom" }]);
    expect(await ended(result)).toBe("CreateRoom ran");
  });
});

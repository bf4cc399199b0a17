/** `AcceptTask` of chats. */

import {
  actions,
  ADD,
  chat,
  countFree,
  install,
  joinOf,
  register,
  throttle,
  voice,
} from "../../../testing/flexActions";
import { eventsOf, tryPermit, useUp } from "../../../testing/throttles";
import { breathe, elapse, ended } from "../../../testing/virtualTime";

describe("AcceptTask", () => {
  test("runs a chat's accept at once while the limit allows it, with the same payload", async () => {
    const accept = register("AcceptTask");
    install();
    const payload = { task: chat(1), options: { x: 1 } };
    expect(await actions.invokeAction("AcceptTask", payload)).toBe("AcceptTask ran");
    expect(accept.mock.calls).toEqual([[payload]]);
    expect(accept.mock.calls[0][0]).toBe(payload);
  });

  test("holds a chat's accept while the limit is used up, and runs it once in its turn", async () => {
    const accept = register("AcceptTask");
    install();
    useUp(throttle, ADD);
    const task = chat(1);
    const result = actions.invokeAction("AcceptTask", { task });
    await breathe();
    expect(accept).not.toHaveBeenCalled();
    await expect(actions.invokeAction("AcceptTask", { task })).rejects.toThrow("is pending");
    const other = actions.invokeAction("AcceptTask", { task: chat(2) });
    expect(throttle.status().waiting).toMatchObject([
      { name: "AcceptTask", kind: "join", limits: [ADD] },
      { name: "AcceptTask" },
    ]);
    expect(await ended(result)).toBe("AcceptTask ran");
    await ended(other);
    expect(accept).toHaveBeenCalledTimes(2);
  });

  test("runs a voice call's accept at once while twenty chats wait", async () => {
    const accept = register("AcceptTask");
    install();
    const chats = Promise.all(
      Array.from({ length: 30 }, (_, n) => actions.invokeAction("AcceptTask", { task: chat(n) })),
    );
    await breathe();
    expect(accept).toHaveBeenCalledTimes(10);
    expect(throttle.status().waiting).toHaveLength(20);
    await actions.invokeAction("AcceptTask", { task: voice });
    expect(accept).toHaveBeenLastCalledWith({ task: voice });
    expect(throttle.status().waiting).toHaveLength(20);
    await ended(chats);
    expect(accept).toHaveBeenCalledTimes(31);
  });

  test.each([[undefined], [{}], [{ sid: "WR1" }]])("ignores a payload without a task (%p)", async (payload) => {
    const accept = register("AcceptTask");
    install();
    useUp(throttle, ADD);
    await actions.invokeAction("AcceptTask", payload);
    expect(accept).toHaveBeenCalledTimes(1);
  });

  test("spends one slot for an accept and its join", async () => {
    register("AcceptTask");
    install();
    await Promise.all(Array.from({ length: 6 }, (_, n) => actions.invokeAction("AcceptTask", { task: chat(n) })));
    for (let n = 0; n < 6; n += 1) expect(joinOf(n)).toBeDefined();
    expect(countFree(ADD)).toBe(4);
  });

  test("keeps its slot for its own join, not for another chat's", async () => {
    register("AcceptTask");
    install({ limits: { [ADD]: { perSecond: 1 } } });
    await actions.invokeAction("AcceptTask", { task: chat(1) });
    expect(joinOf(2)).toBeUndefined();
    expect(joinOf(1)).toBeDefined();
    expect(joinOf(1)).toBeUndefined();
  });

  test("releases its slot when no join follows", async () => {
    register("AcceptTask");
    install({ limits: { [ADD]: { perSecond: 1 } } });
    await actions.invokeAction("AcceptTask", { task: chat(1) });
    await elapse(2900);
    expect(countFree(ADD)).toBe(0);
    await elapse(200);
    expect(countFree(ADD)).toBe(1);
  });

  test("is never held past its reservation; its join waits for its own turn", async () => {
    const accept = register("AcceptTask");
    install();
    const events = eventsOf(throttle);
    // Twilio asks for a minute's pause; the reservation lasts twelve seconds.
    const permit = await throttle.acquire({ limits: [ADD], name: "other" });
    permit.markSent();
    permit.markEnded({ scope: "limit", retryAfterMs: 60_000 });
    events.length = 0;
    const result = actions.invokeAction("AcceptTask", { task: chat(1, { timeout: 12 }) });
    await elapse(6000, 500);
    expect(accept).not.toHaveBeenCalled();
    await elapse(2000, 500);
    expect(await result).toBe("AcceptTask ran");
    expect(events).toEqual([]);
    expect(joinOf(1)).toBeUndefined();
  });

  test("runs after ten seconds at the latest, because the browser's clock may be wrong", async () => {
    const accept = register("AcceptTask");
    install();
    const permit = await throttle.acquire({ limits: [ADD], name: "other" });
    permit.markSent();
    permit.markEnded({ scope: "limit", retryAfterMs: 60_000 });
    void actions.invokeAction("AcceptTask", { task: chat(1) });
    await elapse(9000, 500);
    expect(accept).not.toHaveBeenCalled();
    await elapse(2000, 500);
    expect(accept).toHaveBeenCalledTimes(1);
  });

  test("releases its slot at once when it fails", async () => {
    register("AcceptTask", () => Promise.reject(new Error("the reservation is gone")));
    install({ limits: { [ADD]: { perSecond: 1 } } });
    await expect(actions.invokeAction("AcceptTask", { task: chat(1) })).rejects.toThrow("the reservation is gone");
    expect(countFree(ADD)).toBe(1);
  });

  test("spends further mapped limits at once, and keeps the join's slot", async () => {
    register("AcceptTask");
    const PROXY = "Proxy Out-of-Session callbacks";
    install({
      limits: { [ADD]: { perSecond: 1 }, [PROXY]: { perSecond: 1 } },
      actions: { AcceptTask: { limits: [ADD, PROXY] } },
    });
    await actions.invokeAction("AcceptTask", { task: chat(1) });
    const proxyFree = () => tryPermit(throttle, { limits: [PROXY], name: "other", isEntryPoint: true });
    expect(proxyFree()).toBeUndefined();
    expect(joinOf(1)).toBeDefined();
    await elapse(1600);
    expect(proxyFree()).toBeDefined();
  });

  test("reports a rejected accept", async () => {
    const accept = register("AcceptTask");
    install({ onBurst: "reject" });
    const events = eventsOf(throttle);
    useUp(throttle, ADD);
    await expect(ended(actions.invokeAction("AcceptTask", { task: chat(1) }))).rejects.toMatchObject({
      name: "ThrottleRejectedError",
    });
    expect(events).toMatchObject([
      { type: "dropped", call: { kind: "join" }, error: { name: "ThrottleRejectedError" } },
    ]);
    expect(accept).not.toHaveBeenCalled();
  });

  test("subtracts the reservation's age from its timeout", async () => {
    const accept = register("AcceptTask");
    install();
    const permit = await throttle.acquire({ limits: [ADD], name: "other" });
    permit.markSent();
    permit.markEnded({ scope: "limit", retryAfterMs: 60_000 });
    void actions.invokeAction("AcceptTask", {
      task: chat(1, { timeout: 20, dateCreated: new Date(Date.now() - 10_000) }),
    });
    await elapse(4000, 500);
    expect(accept).not.toHaveBeenCalled();
    await elapse(1500, 500);
    expect(accept).toHaveBeenCalledTimes(1);
  });

  test("is queued even when the queue is full", async () => {
    const accept = register("AcceptTask");
    install({ queue: { maxLength: 1 } });
    const events = eventsOf(throttle);
    useUp(throttle, ADD);
    const all = [1, 2, 3].map((n) => actions.invokeAction("AcceptTask", { task: chat(n) }));
    expect(await ended(Promise.all(all))).toEqual(Array(3).fill("AcceptTask ran"));
    expect(accept).toHaveBeenCalledTimes(3);
    expect(events).toEqual([]);
  });

  test("runs before other Actions", async () => {
    register("AcceptTask");
    const order: string[] = [];
    register("AddColleague", () => order.push("AddColleague"));
    register("AcceptTask", () => order.push("AcceptTask"));
    install({ limits: { [ADD]: { perSecond: 1 } }, actions: { AddColleague: { limits: [ADD] } } });
    useUp(throttle, ADD);
    await ended(
      Promise.all([actions.invokeAction("AddColleague"), actions.invokeAction("AcceptTask", { task: chat(1) })]),
    );
    expect(order).toEqual(["AcceptTask", "AddColleague"]);
  });
});

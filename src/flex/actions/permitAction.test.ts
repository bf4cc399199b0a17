/** The Action `AcquireThrottlePermit`. */

import { actions, ADD, countFree, CREATE, install, throttle } from "../../../testing/flexActions";
import { tryPermit, useUp } from "../../../testing/throttles";
import { elapse, ended, isSettled } from "../../../testing/virtualTime";
import { ACQUIRE_PERMIT } from "./permitAction";

describe("AcquireThrottlePermit", () => {
  const acquire = (payload: unknown) => actions.invokeAction(ACQUIRE_PERMIT, payload);

  test("resolves when the caller may send its call", async () => {
    install({ limits: { [CREATE]: { perSecond: 1 } } });
    await acquire({ limits: [CREATE] });
    const second = acquire({ limits: [CREATE] });
    await elapse(900);
    expect(await isSettled(second)).toBe(false);
    await ended(second);
  });

  test("serves equal payloads one after the other", async () => {
    install({ limits: { [CREATE]: { perSecond: 2 } } });
    const payload = { limits: [CREATE] };
    const all = Array.from({ length: 6 }, () => acquire(payload));
    expect(await isSettled(all[1])).toBe(true);
    expect(await isSettled(all[2])).toBe(false);
    await ended(Promise.all(all));
  });

  test("spends one slot with the request after it, and one more with the next", async () => {
    install({ limits: { [CREATE]: { perSecond: 3 } } });
    const send = () => tryPermit(throttle, { limits: [CREATE], name: "POST /channels" });
    await acquire({ limits: [CREATE] });
    expect(send()).toBeDefined();
    expect(countFree(CREATE)).toBe(2);
  });

  test("counts a much later request on its own", async () => {
    install({ limits: { [CREATE]: { perSecond: 3 } } });
    await acquire({ limits: [CREATE] });
    await elapse(5000);
    tryPermit(throttle, { limits: [CREATE], name: "POST /channels" });
    expect(countFree(CREATE)).toBe(2);
  });

  test("rejects with a ThrottleTimeoutError after timeoutMs", async () => {
    install();
    useUp(throttle, CREATE);
    const error = await ended(acquire({ limits: [CREATE], timeoutMs: 200 })).catch((reason) => reason);
    expect(error).toMatchObject({ name: "ThrottleTimeoutError", limit: CREATE });
    expect(performance.now()).toBeGreaterThanOrEqual(200);
  });

  test("says how long the permit after 100 others would have waited", async () => {
    install();
    useUp(throttle, CREATE);
    const waiting = Array.from({ length: 100 }, () => acquire({ limits: [CREATE] }));
    const error = await ended(acquire({ limits: [CREATE] })).catch((reason) => reason);
    expect(error).toMatchObject({ name: "ThrottleQueueFullError", limit: CREATE, ahead: 100 });
    // Ten a second.
    expect(error.waitMs).toBeGreaterThan(9_900);
    await ended(Promise.all(waiting));
  });

  test("rejects with a ThrottleQueueFullError when the queue is full", async () => {
    install({ queue: { maxLength: 1 } });
    useUp(throttle, CREATE);
    const first = acquire({ limits: [CREATE] });
    const second = acquire({ limits: [CREATE], priority: "low" });
    await expect(ended(second)).rejects.toMatchObject({ name: "ThrottleQueueFullError" });
    await ended(first);
  });

  type Permit = { markSent(): void; release(): void };

  test("grants 25 permits at ten a second in 2.6 s when callers say within 180 ms that their calls were sent", async () => {
    install();
    const grantedMs: number[] = [];
    const all = Array.from({ length: 25 }, async () => {
      const permit = (await acquire({ limits: [CREATE] })) as Permit;
      grantedMs.push(performance.now());
      setTimeout(() => permit.markSent(), 180);
    });
    const fromMs = performance.now();
    await ended(Promise.all(all));
    expect(Math.max(...grantedMs) - fromMs).toBeLessThanOrEqual(2600);
  });

  test("frees no slot before its second when a caller says so twice", async () => {
    install({ limits: { [CREATE]: { perSecond: 3 } } });
    const permit = (await acquire({ limits: [CREATE] })) as Permit;
    permit.markSent();
    permit.markSent();
    permit.release();
    expect(countFree(CREATE)).toBe(2);
  });

  test("frees the slot at once when the call is not needed, once", async () => {
    install({ limits: { [CREATE]: { perSecond: 3 } } });
    const permit = (await acquire({ limits: [CREATE] })) as Permit;
    permit.release();
    permit.release();
    permit.markSent();
    expect(countFree(CREATE)).toBe(3);
  });

  test("takes the slot for two seconds when the caller says nothing", async () => {
    install({ limits: { [CREATE]: { perSecond: 1 } } });
    await acquire({ limits: [CREATE] });
    await elapse(1900);
    expect(countFree(CREATE)).toBe(0);
    await elapse(200);
    expect(countFree(CREATE)).toBe(1);
  });

  describe("after a 429", () => {
    const closeFor = async (retryAfterMs: number) => {
      const permit = tryPermit(throttle, { limits: [CREATE], name: "other", isEntryPoint: true });
      permit?.markSent();
      permit?.markEnded({ scope: "limit", retryAfterMs });
      await elapse(retryAfterMs + 1);
    };

    test("lets the next call go after a permit whose caller says nothing", async () => {
      install();
      await closeFor(2000);
      const granted = acquire({ limits: [CREATE] });
      expect(await isSettled(granted)).toBe(true);
      const next = throttle.acquire({ limits: [CREATE], name: "next", isEntryPoint: true });
      await elapse(900);
      expect(await isSettled(next)).toBe(false);
      await elapse(2000);
      expect(await isSettled(next)).toBe(true);
    });

    test("still sends one call at a time after markSent(), because nothing was answered", async () => {
      install();
      await closeFor(2000);
      const permit = (await acquire({ limits: [CREATE] })) as Permit;
      permit.markSent();
      await elapse(2000);
      expect(countFree(CREATE)).toBe(1);
    });
  });

  test("limits the permits that wait for one limit, and leaves the other limits alone", async () => {
    install();
    const ends: unknown[] = [];
    const all = Array.from({ length: 600 }, () =>
      acquire({ limits: [CREATE], priority: "high" }).then(
        () => ends.push("granted"),
        (error) => ends.push(error.name),
      ),
    );
    await elapse(0);
    expect(ends.filter((end) => end === "ThrottleQueueFullError")).toHaveLength(490);
    await acquire({ limits: [ADD] });
    await ended(Promise.all(all));
    expect(ends.filter((end) => end === "granted")).toHaveLength(110);
  });

  test("lets a join go before permits that have waited longer", async () => {
    install();
    const order: string[] = [];
    const permits = Array.from({ length: 60 }, () =>
      acquire({ limits: [ADD], priority: "high" }).then(() => order.push("permit")),
    );
    await elapse(0);
    const join = throttle.acquire({ limits: [ADD], name: "join", priority: "join" }).then(() => order.push("join"));
    await ended(Promise.all([...permits, join]));
    expect(order.indexOf("join")).toBe(10);
  });

  test("serves by priority", async () => {
    install({ limits: { [CREATE]: { perSecond: 1 } } });
    useUp(throttle, CREATE);
    const order: string[] = [];
    const all = ["low", "normal", "high"].map((priority) =>
      acquire({ limits: [CREATE], priority }).then(() => order.push(priority)),
    );
    await ended(Promise.all(all));
    expect(order).toEqual(["high", "normal", "low"]);
  });

  test.each<[string, unknown, RegExp]>([
    ["nothing", undefined, /expected "limits" to be a list of "GET \/FlexFlows", .*got undefined/],
    ["null", null, /"limits"/],
    ["no limits", { limits: [] }, /"limits".*got \[\]/],
    ["a limit that is no list", { limits: CREATE }, /"limits".*got "POST \/channels"/],
    ["an unknown limit", { limits: [CREATE, "POST /nothing"] }, /"limits".*POST \/nothing/],
    ["a count, which is no rate", { limits: ["Flex Flows"] }, /"limits".*got \["Flex Flows"\]/],
    [
      "an unknown priority",
      { limits: [CREATE], priority: "urgent" },
      /"priority".*"high", "normal", "low".*got "urgent"/,
    ],
    ["no time", { limits: [CREATE], timeoutMs: 0 }, /"timeoutMs".*milliseconds.*got 0/],
    ["a time that is no number", { limits: [CREATE], timeoutMs: "soon" }, /"timeoutMs".*got "soon"/],
    ["a time in words", { limits: [CREATE], timeoutMs: "10000" }, /"timeoutMs".*got "10000"/],
    ["a yes for a time", { limits: [CREATE], timeoutMs: true }, /"timeoutMs".*got true/],
  ])("names the expected value when given %s", async (_, payload, message) => {
    install();
    await expect(acquire(payload)).rejects.toThrow(message);
    expect(countFree(CREATE)).toBe(10);
  });
});

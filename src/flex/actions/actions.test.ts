import * as Flex from "@twilio/flex-ui";

import { Throttle } from "../../flexThrottle";
import { patchMethod, Uninstall } from "../../patch";
import { Settings } from "../../settings/readSettings";
import { DeferredAction } from "../../state/slice";
import { eventsOf, newThrottle, settingsOf, useUp, tryPermit } from "../../../testing/throttles";
import { breathe, elapse, ended, isSettled, useVirtualTime } from "../../../testing/virtualTime";
import { installActions } from "./actions";
import { ACQUIRE_PERMIT, installPermitAction } from "./permitAction";

const ADD = "POST /WebChannels/Users";
const CREATE = "POST /channels";

const { Actions: actions } = Flex;

/** Flex's own object, as empty as if Flex had just started. */
function emptyActions(): void {
  const parts = actions as unknown as Record<string, unknown> & { emitter: { removeAllListeners(): void } };
  for (const part of Object.values(parts)) if (part instanceof Map) part.clear();
  parts.emitter.removeAllListeners();
}

/** The names are Flex's; the real one asks a running Flex for its configuration. */
const helper = {
  isChatBasedTask: (task: Flex.ITask) => Boolean(task.attributes.channelSid),
  getTaskChatChannelSid: (task: Flex.ITask) => task.attributes.channelSid as string,
} as unknown as typeof Flex.TaskHelper;

let throttle: Throttle;
let outcomes: DeferredAction[];
/** The deferred Actions that would be lost if the page went now. */
let kept: Set<[name: string, payload: unknown]>;
let settings: Settings;
let reports: unknown[];
let uninstall: Uninstall = () => undefined;

function install(written: Record<string, unknown> = {}) {
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
function register(name: string, body: (payload: unknown) => unknown = () => `${name} ran`) {
  const spy = jest.fn(async (payload: unknown) => body(payload));
  actions.registerAction(name, spy);
  return spy;
}

const chat = (n: number, reservation = {}) =>
  ({
    sid: `WR${n}`,
    attributes: { channelSid: `CH${n}` },
    sourceObject: { timeout: 120, dateCreated: new Date(), ...reservation },
  }) as unknown as Flex.ITask;
const voice = {
  sid: "WR-voice",
  attributes: {},
  sourceObject: { timeout: 120, dateCreated: new Date() },
} as unknown as Flex.ITask;

/** The request that follows an accept: Flex's own join. */
const joinOf = (n: number) => tryPermit(throttle, { limits: [ADD], name: "join", key: `CH${n}` });

/** How many calls on the limit could go right now. */
function countFree(limit: typeof ADD | typeof CREATE): number {
  let free = 0;
  while (tryPermit(throttle, { limits: [limit], name: "other", isEntryPoint: true })) free += 1;
  return free;
}

const mapped = (onBurst?: string, limits: unknown = { [CREATE]: { perSecond: 1 } }) => ({
  limits,
  actions: { CreateRoom: { limits: [CREATE], ...(onBurst && { onBurst }) } },
});

useVirtualTime();
beforeEach(() => {
  emptyActions();
  outcomes = [];
  kept = new Set();
  reports = [];
});
afterEach(() => {
  uninstall();
  expect(reports).toEqual([]);
});

describe("AcceptTask", () => {
  test("of a chat runs at once while the limit allows it, with the payload as it was", async () => {
    const accept = register("AcceptTask");
    install();
    const payload = { task: chat(1), options: { x: 1 } };
    expect(await actions.invokeAction("AcceptTask", payload)).toBe("AcceptTask ran");
    expect(accept.mock.calls).toEqual([[payload]]);
    expect(accept.mock.calls[0][0]).toBe(payload);
  });

  test("of a chat is held while the limit is used up, its Accept is pending, and it runs once, in its turn", async () => {
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

  test("of a voice call runs at once while twenty chats wait", async () => {
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

  test.each([[undefined], [{}], [{ sid: "WR1" }]])(
    "with a payload without a task (%p) is left alone",
    async (payload) => {
      const accept = register("AcceptTask");
      install();
      useUp(throttle, ADD);
      await actions.invokeAction("AcceptTask", payload);
      expect(accept).toHaveBeenCalledTimes(1);
    },
  );

  test("and the join that follows it spend one token together", async () => {
    register("AcceptTask");
    install();
    await Promise.all(Array.from({ length: 6 }, (_, n) => actions.invokeAction("AcceptTask", { task: chat(n) })));
    for (let n = 0; n < 6; n += 1) expect(joinOf(n)).toBeDefined();
    expect(countFree(ADD)).toBe(4);
  });

  test("keeps its token for its own join: another chat's does not take it", async () => {
    register("AcceptTask");
    install({ limits: { [ADD]: { perSecond: 1 } } });
    await actions.invokeAction("AcceptTask", { task: chat(1) });
    expect(joinOf(2)).toBeUndefined();
    expect(joinOf(1)).toBeDefined();
    expect(joinOf(1)).toBeUndefined();
  });

  test("gives its token back when no join follows, as when the agent is in the chat already", async () => {
    register("AcceptTask");
    install({ limits: { [ADD]: { perSecond: 1 } } });
    await actions.invokeAction("AcceptTask", { task: chat(1) });
    await elapse(2900);
    expect(countFree(ADD)).toBe(0);
    await elapse(200);
    expect(countFree(ADD)).toBe(1);
  });

  test("is never held past its reservation: it runs, nothing is reported, and the join takes its own turn", async () => {
    const accept = register("AcceptTask");
    install();
    const events = eventsOf(throttle);
    // Twilio asks for a minute's pause; the reservation lasts twelve seconds.
    const permit = await throttle.acquire({ limits: [ADD], name: "other" });
    permit.markSent();
    permit.markThrottled({ scope: "limit", retryAfterMs: 60_000 });
    events.length = 0;
    const result = actions.invokeAction("AcceptTask", { task: chat(1, { timeout: 12 }) });
    await elapse(6000, 500);
    expect(accept).not.toHaveBeenCalled();
    await elapse(2000, 500);
    expect(await result).toBe("AcceptTask ran");
    expect(events).toEqual([]);
    expect(joinOf(1)).toBeUndefined();
  });

  test("goes on after ten seconds in any case: the browser's clock may be behind, and the join waits as well", async () => {
    const accept = register("AcceptTask");
    install();
    const permit = await throttle.acquire({ limits: [ADD], name: "other" });
    permit.markSent();
    permit.markThrottled({ scope: "limit", retryAfterMs: 60_000 });
    void actions.invokeAction("AcceptTask", { task: chat(1) });
    await elapse(9000, 500);
    expect(accept).not.toHaveBeenCalled();
    await elapse(2000, 500);
    expect(accept).toHaveBeenCalledTimes(1);
  });

  test("that fails, or was not to be run, gives its token back at once", async () => {
    register("AcceptTask", () => Promise.reject(new Error("the reservation is gone")));
    install({ limits: { [ADD]: { perSecond: 1 } } });
    await expect(actions.invokeAction("AcceptTask", { task: chat(1) })).rejects.toThrow("the reservation is gone");
    expect(countFree(ADD)).toBe(1);
  });

  test("mapped to more than the join spends those limits at once, and keeps the join's for it", async () => {
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

  test("that is rejected is told to the agent, who sees nothing happen", async () => {
    const accept = register("AcceptTask");
    install({ onBurst: "reject" });
    const events = eventsOf(throttle);
    useUp(throttle, ADD);
    await expect(actions.invokeAction("AcceptTask", { task: chat(1) })).rejects.toMatchObject({
      name: "ThrottleRejectedError",
    });
    expect(events).toMatchObject([
      { type: "dropped", call: { kind: "join" }, error: { name: "ThrottleRejectedError" } },
    ]);
    expect(accept).not.toHaveBeenCalled();
  });

  test("a reservation that was created a while ago has that much less time", async () => {
    const accept = register("AcceptTask");
    install();
    const permit = await throttle.acquire({ limits: [ADD], name: "other" });
    permit.markSent();
    permit.markThrottled({ scope: "limit", retryAfterMs: 60_000 });
    void actions.invokeAction("AcceptTask", {
      task: chat(1, { timeout: 20, dateCreated: new Date(Date.now() - 10_000) }),
    });
    await elapse(4000, 500);
    expect(accept).not.toHaveBeenCalled();
    await elapse(1500, 500);
    expect(accept).toHaveBeenCalledTimes(1);
  });

  test("has its place also in a queue that is full: a customer waits", async () => {
    const accept = register("AcceptTask");
    install({ queue: { maxLength: 1 } });
    const events = eventsOf(throttle);
    useUp(throttle, ADD);
    const all = [1, 2, 3].map((n) => actions.invokeAction("AcceptTask", { task: chat(n) }));
    expect(await ended(Promise.all(all))).toEqual(Array(3).fill("AcceptTask ran"));
    expect(accept).toHaveBeenCalledTimes(3);
    expect(events).toEqual([]);
  });

  test("goes before what an agent clicked, which goes before nothing", async () => {
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

describe("an Action that an admin has mapped", () => {
  test("stays pending until its turn, then runs, and its result is the caller's", async () => {
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

  test("that another plugin registers later is held as well", async () => {
    install(mapped());
    const body = register("CreateRoom");
    useUp(throttle, CREATE);
    const result = actions.invokeAction("CreateRoom", { name: "room" });
    await breathe();
    expect(body).not.toHaveBeenCalled();
    await ended(result);
    expect(body).toHaveBeenCalledTimes(1);
  });

  test("with defer ends at once with an error that says so; it runs by itself later, with the same payload, once", async () => {
    const body = register("CreateRoom");
    install(mapped("defer"));
    useUp(throttle, CREATE);
    const payload = { name: "room" };
    await expect(actions.invokeAction("CreateRoom", payload)).rejects.toMatchObject({
      name: "ThrottleDeferredError",
      limit: CREATE,
      waitMs: expect.any(Number),
      message: expect.stringMatching(/CreateRoom was deferred.*"POST \/channels".*again by itself/),
    });
    expect(body).not.toHaveBeenCalled();
    expect(outcomes).toMatchObject([{ action: "CreateRoom", state: "deferred", waitMs: expect.any(Number) }]);
    await elapse(4000);
    expect(body).toHaveBeenCalledTimes(1);
    expect(body.mock.calls[0][0]).toBe(payload);
    expect(outcomes.slice(1)).toEqual([{ action: "CreateRoom", state: "done" }]);
  });

  test("that was deferred is kept for a reload until its turn comes: what has begun is not begun again", async () => {
    const keptMeanwhile: number[] = [];
    register("CreateRoom", () => keptMeanwhile.push(kept.size));
    install(mapped("defer"));
    useUp(throttle, CREATE);
    await expect(actions.invokeAction("CreateRoom", { name: "room" })).rejects.toMatchObject({
      name: "ThrottleDeferredError",
    });
    expect(Array.from(kept)).toEqual([["CreateRoom", { name: "room" }]]);
    await elapse(4000);
    expect(keptMeanwhile).toEqual([0]);
  });

  test("that the settings name only later is held from then on, and no longer when they do not", async () => {
    const body = register("CreateRoom");
    install();
    useUp(throttle, CREATE);
    await actions.invokeAction("CreateRoom");
    expect(body).toHaveBeenCalledTimes(1);
    settings = settingsOf(mapped("reject"));
    await expect(actions.invokeAction("CreateRoom")).rejects.toMatchObject({ name: "ThrottleRejectedError" });
    settings = settingsOf({});
    await actions.invokeAction("CreateRoom");
    expect(body).toHaveBeenCalledTimes(2);
  });

  test("that was deferred spends one token when it runs", async () => {
    register("CreateRoom");
    install(mapped("defer", { [CREATE]: { perSecond: 3 } }));
    useUp(throttle, CREATE);
    await expect(actions.invokeAction("CreateRoom")).rejects.toMatchObject({ name: "ThrottleDeferredError" });
    // A little at a time, so that its second is not over when it has run.
    while (outcomes.length < 2) await elapse(50);
    expect(countFree(CREATE)).toBe(2);
  });

  test("that was deferred and is named by the settings no more keeps no token when it runs", async () => {
    const body = register("CreateRoom");
    install(mapped("defer"));
    useUp(throttle, CREATE);
    await expect(actions.invokeAction("CreateRoom")).rejects.toMatchObject({ name: "ThrottleDeferredError" });
    settings = settingsOf({ limits: { [CREATE]: { perSecond: 1 } } });
    while (outcomes.length < 2) await elapse(50);
    expect(body).toHaveBeenCalledTimes(1);
    expect(countFree(CREATE)).toBe(1);
  });

  test("that is deferred already is not deferred again by another click", async () => {
    const body = register("CreateRoom");
    install(mapped("defer"));
    useUp(throttle, CREATE);
    for (const to of [1, 1, 2])
      await expect(actions.invokeAction("CreateRoom", { to })).rejects.toMatchObject({ name: "ThrottleDeferredError" });
    await elapse(5000, 100);
    expect(body.mock.calls).toEqual([[{ to: 1 }], [{ to: 2 }]]);
  });

  test("that finds no place in the queue is not promised to run: its caller and the agent are told", async () => {
    const body = register("CreateRoom");
    install({ ...mapped("defer"), queue: { maxLength: 1 } });
    const events = eventsOf(throttle);
    useUp(throttle, CREATE);
    const names = [1, 2].map((to) => actions.invokeAction("CreateRoom", { to }).catch((error: Error) => error.name));
    expect(await Promise.all(names)).toEqual(["ThrottleDeferredError", "ThrottleQueueFullError"]);
    expect(events).toMatchObject([{ type: "dropped", error: { name: "ThrottleQueueFullError" } }]);
    await elapse(3000, 100);
    expect(body.mock.calls).toEqual([[{ to: 1 }]]);
  });

  test("that is put off names the limit that holds it up", async () => {
    register("CreateRoom");
    install({
      limits: { [CREATE]: { perSecond: 1 } },
      actions: { CreateRoom: { limits: [ADD, CREATE], onBurst: "reject" } },
    });
    useUp(throttle, CREATE);
    await expect(actions.invokeAction("CreateRoom")).rejects.toMatchObject({
      limit: CREATE,
      message: expect.stringContaining(CREATE),
    });
  });

  test("whose own request nobody saw is refused: the limit cools down, and the error is its caller's", async () => {
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

  test("that was deferred and fails when it runs says so", async () => {
    register("CreateRoom", () => {
      throw new Error("no");
    });
    install(mapped("defer"));
    useUp(throttle, CREATE);
    await expect(actions.invokeAction("CreateRoom")).rejects.toMatchObject({ name: "ThrottleDeferredError" });
    await elapse(4000);
    expect(outcomes.map(({ state }) => state)).toEqual(["deferred", "failed"]);
  });

  test("with reject ends at once with an error that names limit and wait; it is never run", async () => {
    const body = register("CreateRoom");
    install(mapped("reject"));
    const events = eventsOf(throttle);
    useUp(throttle, CREATE);
    const error = await actions.invokeAction("CreateRoom").catch((reason) => reason);
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

  test.each(["defer", "reject"])("with %s runs at once while the limit allows it", async (onBurst) => {
    const body = register("CreateRoom");
    install(mapped(onBurst));
    await actions.invokeAction("CreateRoom");
    expect(body).toHaveBeenCalledTimes(1);
    expect(outcomes).toEqual([]);
  });

  test("without an onBurst of its own does what the settings say for all", async () => {
    register("CreateRoom");
    install({ ...mapped(), onBurst: "reject" });
    useUp(throttle, CREATE);
    await expect(actions.invokeAction("CreateRoom")).rejects.toMatchObject({ name: "ThrottleRejectedError" });
  });

  test("is told when the queue is full, and is not run", async () => {
    const body = register("CreateRoom");
    install({ ...mapped(), queue: { maxLength: 1 } });
    useUp(throttle, CREATE);
    const first = actions.invokeAction("CreateRoom", { n: 1 });
    await expect(actions.invokeAction("CreateRoom", { n: 2 })).rejects.toMatchObject({
      name: "ThrottleQueueFullError",
      limit: CREATE,
    });
    await ended(first);
    expect(body.mock.calls).toEqual([[{ n: 1 }]]);
  });

  test("is told when it has waited too long, and is not run", async () => {
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

  test("whose body sends the request spends one token, its second request one more", async () => {
    const send = () => tryPermit(throttle, { limits: [CREATE], name: "POST /channels" });
    const sent: unknown[] = [];
    register("CreateRoom", () => sent.push(send(), send()));
    install(mapped("queue", { [CREATE]: { perSecond: 3 } }));
    await actions.invokeAction("CreateRoom");
    expect(sent).toEqual([expect.anything(), expect.anything()]);
    expect(countFree(CREATE)).toBe(1);
  });

  test("whose request cannot be seen, from the customer's own server, spends one token too", async () => {
    register("CreateRoom");
    install(mapped("queue", { [CREATE]: { perSecond: 3 } }));
    await actions.invokeAction("CreateRoom");
    expect(countFree(CREATE)).toBe(2);
  });

  test.each([
    ["for any reason", new Error("no such customer"), 2000],
    ["with a status from Twilio", Object.assign(new Error("no such customer"), { status: 404 }), 1000],
  ])("whose request cannot be seen and that fails %s", async (_, failure, countsForMs) => {
    register("CreateRoom", () => Promise.reject(failure));
    install(mapped("queue"));
    await expect(actions.invokeAction("CreateRoom")).rejects.toThrow();
    await elapse(countsForMs - 100);
    expect(countFree(CREATE)).toBe(0);
    await elapse(200);
    expect(countFree(CREATE)).toBe(1);
  });

  test("that spends several limits has a token of each", async () => {
    register("CreateRoom");
    install({
      actions: { CreateRoom: { limits: [CREATE, ADD] } },
      limits: { [CREATE]: { perSecond: 3 }, [ADD]: { perSecond: 4 } },
    });
    await actions.invokeAction("CreateRoom");
    expect([countFree(CREATE), countFree(ADD)]).toEqual([2, 3]);
  });

  test("that fails, fails as it does without the plugin", async () => {
    const body = () => {
      throw new Error("no such customer");
    };
    register("CreateRoom", body);
    const own = await actions.invokeAction("CreateRoom").catch((error) => error);
    install(mapped("queue"));
    const ours = await actions.invokeAction("CreateRoom").catch((error) => error);
    expect([ours.constructor, ours.message]).toEqual([own.constructor, own.message]);
    expect(ours.message).toContain("no such customer");
  });

  test("invoked from within another one takes its own turn", async () => {
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

describe("beside other plugins", () => {
  const throwing = () => {
    throw new Error("another plugin's listener");
  };

  test.each<[string, () => unknown]>([
    ["throws", throwing],
    ["rejects", async () => throwing()],
  ])(
    "a listener that %s, added before and after ours, does not let the Action out of its turn",
    async (_, listener) => {
      const body = register("CreateRoom");
      actions.addListener("beforeCreateRoom", listener);
      install(mapped("reject"));
      actions.addListener("beforeCreateRoom", listener);
      useUp(throttle, CREATE);
      await expect(actions.invokeAction("CreateRoom")).rejects.toMatchObject({ name: "ThrottleRejectedError" });
      expect(body).not.toHaveBeenCalled();
    },
  );

  test("a listener that throws makes Flex run the Action without waiting: then nothing waits for it any more, and no token is lost", async () => {
    const body = register("CreateRoom");
    install(mapped("queue", { [CREATE]: { perSecond: 2 } }));
    actions.addListener("beforeCreateRoom", throwing);
    useUp(throttle, CREATE);
    for (let n = 0; n < 5; n += 1) await actions.invokeAction("CreateRoom", { n });
    expect(body).toHaveBeenCalledTimes(5);
    expect(throttle.status().waiting).toEqual([]);
    await elapse(3000);
    expect(countFree(CREATE)).toBe(2);
  });

  test("a listener that rejects does not end the wait", async () => {
    const body = register("CreateRoom");
    install(mapped());
    const rejecting = async () => throwing();
    actions.addListener("beforeCreateRoom", (): unknown => rejecting());
    useUp(throttle, CREATE);
    const result = actions.invokeAction("CreateRoom");
    await elapse(500);
    expect(body).not.toHaveBeenCalled();
    await ended(result);
    expect(body).toHaveBeenCalledTimes(1);
  });

  test("a listener of theirs gets the payload, and may cancel: then the token is given back", async () => {
    const body = register("CreateRoom");
    const payload = { name: "room" };
    install(mapped("queue", { [CREATE]: { perSecond: 2 } }));
    const listener = jest.fn((_: unknown, cancel: () => void) => cancel());
    actions.addListener("beforeCreateRoom", listener);
    await expect(actions.invokeAction("CreateRoom", payload)).rejects.toThrow(
      "Action CreateRoom cancelled by before event",
    );
    expect(listener.mock.calls[0][0]).toBe(payload);
    expect(body).not.toHaveBeenCalled();
    expect(countFree(CREATE)).toBe(2);
  });

  test("what they cancel while it waits gives its token back when its turn comes", async () => {
    register("CreateRoom");
    install(mapped());
    useUp(throttle, CREATE);
    actions.addListener("beforeCreateRoom", (_: unknown, cancel: () => void) => cancel());
    const result = actions.invokeAction("CreateRoom");
    const next = throttle.acquire({ limits: [CREATE], name: "next" });
    await expect(ended(result)).rejects.toThrow("cancelled by before event");
    expect(await isSettled(next)).toBe(true);
  });

  test("a replacement of theirs is held in the same way, and is what runs", async () => {
    const body = register("AcceptTask");
    const replacement = jest.fn(async () => "replaced");
    install();
    actions.replaceAction("AcceptTask", replacement);
    useUp(throttle, ADD);
    const result = actions.invokeAction("AcceptTask", { task: chat(1) });
    await breathe();
    expect(replacement).not.toHaveBeenCalled();
    expect(await ended(result)).toBe("replaced");
    expect(body).not.toHaveBeenCalled();
  });

  test("an Action that is not mapped is theirs alone: same arguments, same promise", () => {
    const invoke = jest.fn().mockReturnValue(Promise.resolve());
    const uninstallTheirs = patchMethod(actions, "invokeAction", () => invoke);
    install(mapped());
    const payload = {};
    const result = actions.invokeAction("SendMessage", payload);
    expect(invoke).toHaveBeenCalledWith("SendMessage", payload);
    expect(result).toBe(invoke.mock.results[0].value);
    uninstall();
    uninstallTheirs();
  });

  test("a failure of the plugin itself lets the Action through, and is reported", async () => {
    const body = register("AcceptTask");
    install();
    const broken = {
      get task() {
        throw new Error("inside the plugin");
      },
    };
    await actions.invokeAction("AcceptTask", broken);
    expect(body).toHaveBeenCalledTimes(1);
    expect(reports.splice(0)).toEqual([new Error("inside the plugin")]);
  });

  test.each(["off", "observe"])("with mode %s nothing is held", async (mode) => {
    const body = register("CreateRoom");
    install({ ...mapped("reject"), mode });
    await Promise.all([1, 2, 3].map((n) => actions.invokeAction("CreateRoom", { n })));
    expect(body).toHaveBeenCalledTimes(3);
  });

  test("uninstalled, nothing of it is left but an Action that Flex cannot forget", async () => {
    const body = register("CreateRoom");
    install(mapped());
    expect(Object.keys(actions)).toContain("invokeAction");
    useUp(throttle, CREATE);
    uninstall();
    expect(Object.keys(actions)).not.toContain("invokeAction");
    await actions.invokeAction("CreateRoom");
    expect(body).toHaveBeenCalledTimes(1);
  });
});

describe("AcquireThrottlePermit", () => {
  const acquire = (payload: unknown) => actions.invokeAction(ACQUIRE_PERMIT, payload);

  test("resolves when the caller may make its call, one a second here", async () => {
    install({ limits: { [CREATE]: { perSecond: 1 } } });
    await acquire({ limits: [CREATE] });
    const second = acquire({ limits: [CREATE] });
    await elapse(900);
    expect(await isSettled(second)).toBe(false);
    await ended(second);
  });

  test("many at once, with equal payloads, are served one after the other", async () => {
    install({ limits: { [CREATE]: { perSecond: 2 } } });
    const payload = { limits: [CREATE] };
    const all = Array.from({ length: 6 }, () => acquire(payload));
    expect(await isSettled(all[1])).toBe(true);
    expect(await isSettled(all[2])).toBe(false);
    await ended(Promise.all(all));
  });

  test("is one token with the request that follows it, and one more with the next", async () => {
    install({ limits: { [CREATE]: { perSecond: 3 } } });
    const send = () => tryPermit(throttle, { limits: [CREATE], name: "POST /channels" });
    await acquire({ limits: [CREATE] });
    expect(send()).toBeDefined();
    expect(countFree(CREATE)).toBe(2);
  });

  test("a request that comes much later is one of its own", async () => {
    install({ limits: { [CREATE]: { perSecond: 3 } } });
    await acquire({ limits: [CREATE] });
    await elapse(5000);
    tryPermit(throttle, { limits: [CREATE], name: "POST /channels" });
    expect(countFree(CREATE)).toBe(2);
  });

  test("rejects when its turn did not come within timeoutMs, in a way that the caller can tell", async () => {
    install();
    useUp(throttle, CREATE);
    const error = await ended(acquire({ limits: [CREATE], timeoutMs: 200 })).catch((reason) => reason);
    expect(error).toMatchObject({ name: "ThrottleTimeoutError", limit: CREATE });
    expect(performance.now()).toBeGreaterThanOrEqual(200);
  });

  test("rejects when the queue is full, in a way that the caller can tell", async () => {
    install({ queue: { maxLength: 1 } });
    useUp(throttle, CREATE);
    const first = acquire({ limits: [CREATE] });
    await expect(acquire({ limits: [CREATE], priority: "low" })).rejects.toMatchObject({
      name: "ThrottleQueueFullError",
    });
    await ended(first);
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
  ])("given %s, says what would be right", async (_, payload, message) => {
    install();
    await expect(acquire(payload)).rejects.toThrow(message);
    expect(countFree(CREATE)).toBe(10);
  });
});

// The gate: limits, faults and the log.

import { Gate, limits, type LogEntry, type Verdict } from ".";

/** A gate with a clock and timers that the test controls. */
function setUp(counting?: "rolling" | "calendar" | "bucket") {
  const time = { ms: 50_000 };
  const timers: { run: () => void; delayMs: number }[] = [];
  const gate = new Gate({
    ...(counting === undefined ? {} : { counting }),
    now: () => time.ms,
    schedule: (run, delayMs) => timers.push({ run, delayMs }),
  });
  const call = (operation: string, agent?: string): Promise<Verdict> =>
    gate.admit({ operation, method: "POST", path: "/", ...(agent === undefined ? {} : { agent }) });
  const statuses = async (operation: string, times: number): Promise<(number | "ok")[]> => {
    const verdicts = await Promise.all(Array.from({ length: times }, () => call(operation)));
    return verdicts.map((verdict) => (verdict.ok ? "ok" : verdict.status));
  };
  return { gate, time, timers, call, statuses };
}

const join = "POST /WebChannels/Users";

describe("limits", () => {
  it("are the 17 rows of Twilio's table", () => {
    expect(limits).toHaveLength(17);
    expect(new Set(limits.map(({ id }) => id)).size).toBe(17);
    expect(Object.fromEntries(limits.map((limit) => [limit.id, limit.default]))).toMatchObject({
      "GET /FlexFlows": 10,
      "POST /WebChannels": 5,
      "GET /channels/CHxx": 3,
      "Proxy Out-of-Session callbacks": 10,
      "Flex Flows": 2500,
    });
  });

  it.each(limits.filter(({ kind }) => kind === "rate"))(
    "of $id admits $default calls per second",
    async ({ id, default: perSecond }) => {
      const { statuses, time } = setUp();
      expect(await statuses(id, perSecond + 2)).toEqual([...Array(perSecond).fill("ok"), 429, 429]);
      time.ms += 1000;
      expect(await statuses(id, perSecond + 1)).toEqual([...Array(perSecond).fill("ok"), 429]);
    },
  );

  it("are counted separately", async () => {
    const { statuses } = setUp();
    await statuses("POST /channels", 10);
    expect(await statuses("POST /WebChannels", 5)).not.toContain(429);
  });

  it("are shared by all agents of the account", async () => {
    const { gate, call } = setUp();
    gate.setLimit(join, 1);
    expect((await call(join, "ann")).ok).toBe(true);
    expect((await call(join, "bob")).ok).toBe(false);
  });

  it("can be set individually", async () => {
    const { gate, statuses } = setUp();
    gate.setLimit("GET /WebChannels", 3);
    expect(gate.limit("GET /WebChannels")).toBe(3);
    expect(await statuses("GET /WebChannels", 4)).toEqual(["ok", "ok", "ok", 429]);
    expect(await statuses("GET /WebChannels/CHxx", 2)).toEqual(["ok", 429]);
  });

  it("cannot be set to an invalid value or under an unknown id", () => {
    const { gate } = setUp();
    expect(() => gate.setLimit("POST /Channel", 1)).toThrow(/Unknown limit "POST \/Channel"\. Known: GET \/FlexFlows,/);
    expect(() => gate.setLimit(join, 1.5)).toThrow(/whole number/);
    expect(() => gate.setLimit(join, -1)).toThrow(/whole number/);
  });

  it("do not apply to operations that Twilio does not limit", async () => {
    const { statuses } = setUp();
    expect(await statuses("chat sendMessage", 500)).not.toContain(429);
  });

  it("of a capacity do not limit the rate", async () => {
    const { gate, statuses } = setUp();
    gate.setLimit("Flex Flows", 1);
    expect(await statuses("Flex Flows", 5)).not.toContain(429);
  });
});

describe("the counting method", () => {
  const admittedAroundBoundary = async (counting: "rolling" | "calendar" | "bucket") => {
    const { time, statuses } = setUp(counting);
    time.ms = 50_990;
    const before = await statuses(join, 10);
    time.ms = 51_000;
    return [...before, ...(await statuses(join, 10))].filter((status) => status === "ok").length;
  };

  it("is a rolling second by default", () => expect(new Gate().counting).toBe("rolling"));
  it("rolling second admits 10 around a second boundary", async () =>
    expect(await admittedAroundBoundary("rolling")).toBe(10));
  it("calendar second admits 20 around a second boundary", async () =>
    expect(await admittedAroundBoundary("calendar")).toBe(20));
  it("token bucket admits 10 around a second boundary", async () =>
    expect(await admittedAroundBoundary("bucket")).toBe(10));

  it("can be changed, which clears all counts", async () => {
    const { gate, statuses } = setUp();
    await statuses(join, 10);
    gate.counting = "bucket";
    expect(await statuses(join, 11)).toEqual([...Array(10).fill("ok"), 429]);
  });
});

describe("a 429 over the limit", () => {
  it("has Twilio's code 45010, and Retry-After only if that is enabled", async () => {
    const { gate, call, statuses } = setUp();
    await statuses(join, 10);
    expect(await call(join)).toEqual({ ok: false, status: 429, code: 45010, message: "Too Many Requests" });
    gate.sendsRetryAfter = true;
    expect(await call(join)).toMatchObject({ retryAfter: 1 });
  });
});

describe("faults", () => {
  it("apply to the requested number of calls", async () => {
    const { gate, statuses } = setUp();
    gate.fault(join, { kind: "429" }, 2);
    expect(await statuses(join, 4)).toEqual([429, 429, "ok", "ok"]);
  });

  it("without a number of calls apply until they are cleared", async () => {
    const { gate, statuses } = setUp();
    gate.fault(join, { kind: "500" });
    gate.fault("chat sendMessage", { kind: "500" });
    expect(await statuses(join, 5)).toEqual(Array(5).fill(500));
    gate.clearFaults(join);
    expect(await statuses(join, 1)).toEqual(["ok"]);
    expect(await statuses("chat sendMessage", 1)).toEqual([500]);
    gate.clearFaults();
    expect(await statuses("chat sendMessage", 1)).toEqual(["ok"]);
  });

  it("of one operation apply in order, and a later one replaces an endless one", async () => {
    const { gate, statuses } = setUp();
    gate.fault(join, { kind: "500" }, 1);
    gate.fault(join, { kind: "409" }, 1);
    expect(await statuses(join, 3)).toEqual([500, 409, "ok"]);
    gate.fault(join, { kind: "500" });
    gate.fault(join, { kind: "409" }, 1);
    expect(await statuses(join, 2)).toEqual([409, "ok"]);
    expect(gate.plannedFaults).toEqual([]);
  });

  it("with 429 carry the given details and do not count against the limit", async () => {
    const { gate, call, statuses } = setUp();
    gate.fault(
      join,
      { kind: "429", retryAfter: "Fri, 31 Dec 1999 23:59:59 GMT", code: 50074, location: "push-http" },
      1,
    );
    expect(await call(join)).toEqual({
      ok: false,
      status: 429,
      code: 50074,
      message: "Too Many Requests",
      retryAfter: "Fri, 31 Dec 1999 23:59:59 GMT",
      location: "push-http",
    });
    expect(await statuses(join, 11)).toEqual([...Array(10).fill("ok"), 429]);
  });

  it("of other kinds apply only within the limit and count against it", async () => {
    const { gate, statuses } = setUp();
    gate.setLimit(join, 2);
    gate.fault(join, { kind: "500" }, 3);
    expect(await statuses(join, 3)).toEqual([500, 500, 429]);
    expect(gate.plannedFaults).toEqual([{ operation: join, fault: { kind: "500" }, times: 1 }]);
  });

  it("with a delay answer after it", async () => {
    const { gate, call, timers } = setUp();
    gate.fault(join, { kind: "slow", ms: 700 }, 1);
    const answered = jest.fn();
    const answer = call(join).then(answered);
    await Promise.resolve();
    expect(answered).not.toHaveBeenCalled();
    expect(timers.map(({ delayMs }) => delayMs)).toEqual([700]);
    timers[0]?.run();
    await answer;
    expect(answered).toHaveBeenCalledWith(expect.objectContaining({ ok: true }));
  });

  it("hold a call until they are cleared, and count it", async () => {
    const { gate, call } = setUp();
    gate.fault(join, { kind: "held" }, 1);
    let verdict: unknown;
    const answered = call(join).then((answer) => (verdict = answer));
    await Promise.resolve();
    expect(verdict).toBeUndefined();
    expect(gate.log).toMatchObject([{ status: "pending", note: "fault: held" }]);
    gate.clearFaults("POST /channels");
    await Promise.resolve();
    expect(verdict).toBeUndefined();
    gate.clearFaults(join);
    await answered;
    expect(verdict).toMatchObject({ ok: true });
  });

  it("without an answer never resolve", async () => {
    const { gate, call, timers } = setUp();
    gate.fault(join, { kind: "never" }, 1);
    const answered = jest.fn();
    void call(join).then(answered);
    await new Promise((resolve) => setImmediate(resolve));
    expect(answered).not.toHaveBeenCalled();
    expect(timers).toEqual([]);
    expect(gate.log).toMatchObject([{ status: "never" }]);
  });
});

describe("the log", () => {
  it("contains agent, operation, time and status of each call", async () => {
    const { gate, time, call } = setUp();
    time.ms += 250;
    const verdict = await call(join, "ann");
    expect(gate.log).toEqual([
      { seq: 1, atMs: 250, operation: join, method: "POST", path: "/", agent: "ann", status: "pending" },
    ]);
    if (verdict.ok) verdict.recordStatus(200);
    expect(gate.log[0]?.status).toBe(200);
  });

  it("contains the reason of a 429", async () => {
    const { gate, call } = setUp();
    gate.setLimit(join, 1);
    await call(join);
    await call(join);
    gate.fault(join, { kind: "429" });
    await call(join);
    expect(gate.log.map(({ status, note }) => [status, note])).toEqual([
      ["pending", undefined],
      [429, "over 1 per second"],
      [429, "fault"],
    ]);
  });

  it("notifies its listeners of each call and its status until they are removed", async () => {
    const { gate, call } = setUp();
    const notified: [number, LogEntry["status"]][] = [];
    const listener = (entry: LogEntry) => notified.push([entry.seq, entry.status]);
    gate.on(listener);
    const verdict = await call(join);
    if (verdict.ok) verdict.recordStatus(201);
    gate.off(listener);
    await call(join);
    expect(notified).toEqual([
      [1, "pending"],
      [1, 201],
    ]);
  });

  it("keeps the last 5000 calls", async () => {
    const { gate, call } = setUp();
    for (let count = 0; count < 5003; count += 1) await call("chat sendMessage");
    expect(gate.log).toHaveLength(5000);
    expect(gate.log[0]?.seq).toBe(4);
  });
});

describe("reset", () => {
  it("restores the initial state except for the listeners", async () => {
    const { gate, call, statuses } = setUp("bucket");
    const listener = jest.fn();
    const pending = await call(join);
    gate.on(listener);
    gate.counting = "calendar";
    gate.setLimit(join, 1);
    gate.fault("POST /channels", { kind: "500" });
    gate.reset();
    if (pending.ok) pending.recordStatus(200);
    expect(listener).not.toHaveBeenCalled();
    expect(gate.log).toEqual([]);
    expect(gate.counting).toBe("bucket");
    expect(await statuses("POST /channels", 1)).toEqual(["ok"]);
    expect(await statuses(join, 11)).toEqual([...Array(10).fill("ok"), 429]);
  });
});

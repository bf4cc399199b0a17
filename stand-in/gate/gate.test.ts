/** @jest-environment node */

// What the gate promises: limits of the account, faults on request, a log that tells the truth.

import { Gate, limits, type LogEntry, type Verdict } from ".";

/** A gate whose time is moved by hand. */
function gateAt(counting?: "rolling" | "calendar" | "bucket") {
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
    "admit $default of $id in a second, then refuse",
    async ({ id, default: perSecond }) => {
      const { statuses, time } = gateAt();
      expect(await statuses(id, perSecond + 2)).toEqual([...Array(perSecond).fill("ok"), 429, 429]);
      time.ms += 1000;
      expect(await statuses(id, perSecond + 1)).toEqual([...Array(perSecond).fill("ok"), 429]);
    },
  );

  it("are counted apart from each other", async () => {
    const { statuses } = gateAt();
    await statuses("POST /channels", 10);
    expect(await statuses("POST /WebChannels", 5)).not.toContain(429);
  });

  it("are the account's, whoever calls", async () => {
    const { gate, call } = gateAt();
    gate.setLimit(join, 1);
    expect((await call(join, "ann")).ok).toBe(true);
    expect((await call(join, "bob")).ok).toBe(false);
  });

  it("can be set one by one", async () => {
    const { gate, statuses } = gateAt();
    gate.setLimit("GET /WebChannels", 3);
    expect(gate.limit("GET /WebChannels")).toBe(3);
    expect(await statuses("GET /WebChannels", 4)).toEqual(["ok", "ok", "ok", 429]);
    expect(await statuses("GET /WebChannels/CHxx", 2)).toEqual(["ok", 429]);
  });

  it("are named in the error when somebody sets one that does not exist", () => {
    const { gate } = gateAt();
    expect(() => gate.setLimit("POST /Channel", 1)).toThrow(/Unknown limit "POST \/Channel"\. Known: GET \/FlexFlows,/);
    expect(() => gate.setLimit(join, 1.5)).toThrow(/whole number/);
    expect(() => gate.setLimit(join, -1)).toThrow(/whole number/);
  });

  it("do not bind what Twilio does not limit", async () => {
    const { statuses } = gateAt();
    expect(await statuses("chat sendMessage", 500)).not.toContain(429);
  });

  it("of a capacity are not a rate", async () => {
    const { gate, statuses } = gateAt();
    gate.setLimit("Flex Flows", 1);
    expect(await statuses("Flex Flows", 5)).not.toContain(429);
  });
});

describe("the way of counting", () => {
  const aroundTheStroke = async (counting: "rolling" | "calendar" | "bucket") => {
    const { time, statuses } = gateAt(counting);
    time.ms = 50_990;
    const before = await statuses(join, 10);
    time.ms = 51_000;
    return [...before, ...(await statuses(join, 10))].filter((status) => status === "ok").length;
  };

  it("is a rolling second unless told", () => expect(new Gate().counting).toBe("rolling"));
  it("by rolling second admits 10 around the stroke", async () => expect(await aroundTheStroke("rolling")).toBe(10));
  it("by calendar second admits 20 around the stroke", async () => expect(await aroundTheStroke("calendar")).toBe(20));
  it("by token bucket admits 10 around the stroke", async () => expect(await aroundTheStroke("bucket")).toBe(10));

  it("can be changed, and then begins with nothing counted", async () => {
    const { gate, statuses } = gateAt();
    await statuses(join, 10);
    gate.counting = "bucket";
    expect(await statuses(join, 11)).toEqual([...Array(10).fill("ok"), 429]);
  });
});

describe("a refusal over the limit", () => {
  it("is Twilio's 20429, and does not say when to come again unless asked to", async () => {
    const { gate, call, statuses } = gateAt();
    await statuses(join, 10);
    expect(await call(join)).toEqual({ ok: false, status: 429, code: 20429, message: "Too Many Requests" });
    gate.sendsRetryAfter = true;
    expect(await call(join)).toMatchObject({ retryAfter: 1 });
  });
});

describe("faults", () => {
  it("meet the next calls, as many as asked for", async () => {
    const { gate, statuses } = gateAt();
    gate.fault(join, { kind: "429" }, 2);
    expect(await statuses(join, 4)).toEqual([429, 429, "ok", "ok"]);
  });

  it("without a number of times stay until they are cleared", async () => {
    const { gate, statuses } = gateAt();
    gate.fault(join, { kind: "500" });
    gate.fault("chat sendMessage", { kind: "500" });
    expect(await statuses(join, 5)).toEqual(Array(5).fill(500));
    gate.clearFaults(join);
    expect(await statuses(join, 1)).toEqual(["ok"]);
    expect(await statuses("chat sendMessage", 1)).toEqual([500]);
    gate.clearFaults();
    expect(await statuses("chat sendMessage", 1)).toEqual(["ok"]);
  });

  it("of one operation wait in line, and a later one ends an endless one", async () => {
    const { gate, statuses } = gateAt();
    gate.fault(join, { kind: "500" }, 1);
    gate.fault(join, { kind: "409" }, 1);
    expect(await statuses(join, 3)).toEqual([500, 409, "ok"]);
    gate.fault(join, { kind: "500" });
    gate.fault(join, { kind: "409" }, 1);
    expect(await statuses(join, 2)).toEqual([409, "ok"]);
    expect(gate.plannedFaults).toEqual([]);
  });

  it("of 429 say what they were told to, and use up nothing of the limit", async () => {
    const { gate, call, statuses } = gateAt();
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

  it("of other kinds happen within the limit only, and use it up", async () => {
    const { gate, statuses } = gateAt();
    gate.setLimit(join, 2);
    gate.fault(join, { kind: "500" }, 3);
    expect(await statuses(join, 3)).toEqual([500, 500, 429]);
    expect(gate.plannedFaults).toEqual([{ operation: join, fault: { kind: "500" }, times: 1 }]);
  });

  it("of slowness answer after their delay", async () => {
    const { gate, call, timers } = gateAt();
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

  it("of silence never answer", async () => {
    const { gate, call, timers } = gateAt();
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
  it("holds who called what, when, and how it ended", async () => {
    const { gate, time, call } = gateAt();
    time.ms += 250;
    const verdict = await call(join, "ann");
    expect(gate.log).toEqual([
      { seq: 1, atMs: 250, operation: join, method: "POST", path: "/", agent: "ann", status: "pending" },
    ]);
    if (verdict.ok) verdict.recordStatus(200);
    expect(gate.log[0]?.status).toBe(200);
  });

  it("says why a call was refused", async () => {
    const { gate, call } = gateAt();
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

  it("tells its listeners of each call and of its answer, until they leave", async () => {
    const { gate, call } = gateAt();
    const heard: [number, LogEntry["status"]][] = [];
    const listener = (entry: LogEntry) => heard.push([entry.seq, entry.status]);
    gate.on(listener);
    const verdict = await call(join);
    if (verdict.ok) verdict.recordStatus(201);
    gate.off(listener);
    await call(join);
    expect(heard).toEqual([
      [1, "pending"],
      [1, 201],
    ]);
  });

  it("keeps the last 5000 calls", async () => {
    const { gate, call } = gateAt();
    for (let count = 0; count < 5003; count += 1) await call("chat sendMessage");
    expect(gate.log).toHaveLength(5000);
    expect(gate.log[0]?.seq).toBe(4);
  });
});

describe("reset", () => {
  it("makes the gate as new", async () => {
    const { gate, call, statuses } = gateAt("bucket");
    const listener = jest.fn();
    const early = await call(join);
    gate.on(listener);
    gate.counting = "calendar";
    gate.setLimit(join, 1);
    gate.fault("POST /channels", { kind: "500" });
    gate.reset();
    if (early.ok) early.recordStatus(200);
    expect(listener).not.toHaveBeenCalled();
    expect(gate.log).toEqual([]);
    expect(gate.counting).toBe("bucket");
    expect(await statuses("POST /channels", 1)).toEqual(["ok"]);
    expect(await statuses(join, 11)).toEqual([...Array(10).fill("ok"), 429]);
  });
});

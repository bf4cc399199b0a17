// The plot's rolling counts agree with the account's rolling limit.

import { Gate } from "../gate";

interface Step {
  atMs: number;
  counts: { ok: number; other: number; open: number; throttled: number };
}

const { rollingCounts } = jest.requireActual<{
  rollingCounts: (entries: { atMs: number; kind: string }[]) => Step[];
}>("./page/rolling.js");

it("counts each call for 1000 ms from its own time", () => {
  const steps = rollingCounts([
    { atMs: 100, kind: "ok" },
    { atMs: 600, kind: "ok" },
    { atMs: 600, kind: "throttled" },
  ]);
  expect(steps.map(({ atMs, counts: { ok, throttled } }) => [atMs, ok, throttled])).toEqual([
    [100, 1, 0],
    [600, 2, 1],
    [1100, 1, 1],
    [1600, 0, 0],
  ]);
});

it("shows the other calls at the limit whenever the account refuses one, also across full seconds", async () => {
  let nowMs = 0;
  const gate = new Gate({ now: () => nowMs });
  // Ten calls around a full second, then more than the limit allows.
  for (const atMs of [500, 600, 700, 800, 900, 1000, 1100, 1200, 1300, 1400, 1450, 1499, 1500, 1550, 1900, 2400]) {
    nowMs = atMs;
    await gate.admit({ operation: "POST /channels", method: "POST", path: "/" });
  }
  const kind = (status: unknown) => (status === 429 ? "throttled" : "ok");
  const steps = rollingCounts(gate.log.map(({ atMs, status }) => ({ atMs, kind: kind(status) })));
  const refusedAtMs = gate.log.filter(({ status }) => status === 429).map(({ atMs }) => atMs);
  expect(refusedAtMs).toEqual([1450, 1499, 1550]);
  for (const refused of refusedAtMs) expect(steps.find(({ atMs }) => atMs === refused)?.counts.ok).toBe(10);
});

import fc from "fast-check";

import { log, START_MS, ticketOf } from "../../testing/tickets";
import { formatTicket, readTicket, Ticket } from "./ticket";

const read = (data: unknown) => readTicket({ index: 100, committedAtMs: START_MS, data });
const stored = (ticket: Partial<Ticket>) => formatTicket(ticketOf("anna", 1, ticket));

test("reads what it formats", () => {
  const ticket = fc.record({
    calls: fc.integer({ min: 1, max: 10 }),
    class: fc.constantFrom("high" as const, "low" as const),
    isRetry: fc.boolean(),
    sentAtMs: fc.option(fc.integer({ min: START_MS - 3000, max: START_MS + 3000 }), { nil: undefined }),
    snapshot: fc.option(
      fc.record({
        lastIndex: fc.nat(99),
        turnsMs: fc
          .array(fc.integer({ min: START_MS - 1_000_000, max: START_MS + 300_000 }), { minLength: 1, maxLength: 30 })
          .map((times) => times.sort((a, b) => a - b)),
      }),
      { nil: undefined },
    ),
    lateTurns: fc.option(
      fc.array(fc.tuple(fc.integer({ min: START_MS - 2000, max: START_MS }), fc.nat(1000)), {
        minLength: 1,
        maxLength: 10,
      }),
      { nil: undefined },
    ),
  });
  fc.assert(
    fc.property(ticket, (each) => {
      const original = ticketOf("anna", 1, each);
      expect(read(JSON.parse(JSON.stringify(formatTicket(original))))).toEqual(original);
    }),
  );
});

test("a ticket is never larger than 1 KiB, and omits a snapshot that does not fit", () => {
  const turnsMs = Array.from({ length: 100 }, (_, n) => START_MS + n * 1e10);
  const large = formatTicket(ticketOf("anna", 1, { snapshot: { lastIndex: 1, turnsMs } }));
  expect(JSON.stringify(large).length).toBeLessThanOrEqual(1024);
  expect(large.s).toBeUndefined();
});

test.each<[string, unknown]>([
  ["no object", "ticket"],
  ["null", null],
  ["a list", [1]],
  ["no id", { v: 1, n: 1 }],
  ["an id without a sender", { v: 1, id: "12", n: 1 }],
  ["an endless id", { v: 1, id: `${"a".repeat(40)}.1`, n: 1 }],
  ["no version", { id: "a.1", n: 1 }],
  ["half a call", { v: 1, id: "a.1", n: 0.5 }],
  ["a class that does not exist", { v: 1, id: "a.1", n: 1, c: "urgent" }],
  ["a date that is no number", { v: 1, id: "a.1", n: 1, t: "now" }],
  ["a snapshot without turns", { v: 1, id: "a.1", n: 1, s: [4] }],
  ["turns in no order", { v: 1, id: "a.1", n: 1, s: [4, START_MS, -5] }],
  ["late turns that are no list", { v: 1, id: "a.1", n: 0, l: 5 }],
  ["a late turn without its delay", { v: 1, id: "a.1", n: 0, l: [[START_MS]] }],
  ["a turn that was used early", { v: 1, id: "a.1", n: 0, l: [[START_MS, -5]] }],
  ["a turn that is more than a second late", { v: 1, id: "a.1", n: 0, l: [[START_MS, 1001]] }],
  ["more late turns than a ticket has calls", { v: 1, id: "a.1", n: 0, l: Array(11).fill([START_MS, 500]) }],
  ["more than 1 KiB", { v: 1, id: "a.1", n: 1, more: "x".repeat(1024) }],
])("ignores a malformed ticket: %s", (_, data) => {
  expect(read(data)).toBe("malformed");
});

test("ignores a ticket with something that JSON cannot hold", () => {
  const cyclic: Record<string, unknown> = { v: 1, id: "a.1", n: 1 };
  cyclic.self = cyclic;
  expect(read(cyclic)).toBe("malformed");
});

test.each<[string, unknown]>([
  ["no calls", { v: 1, id: "a.1", n: 0 }],
  ["more calls than a ticket may have", { v: 1, id: "a.1", n: 11 }],
  ["a snapshot that reaches six minutes ahead", { v: 1, id: "a.1", n: 1, s: [4, START_MS + 360_000] }],
  ["a snapshot of items that came later", { v: 1, id: "a.1", n: 1, s: [100, START_MS] }],
])("ignores an absurd ticket: %s", (_, data) => {
  expect(read(data)).toBe("absurd");
});

test("ignores a ticket that was stored seconds after its sender had given it up", () => {
  expect(read(stored({ sentAtMs: START_MS - 3001 }))).toBe("stale");
  expect(read(stored({ sentAtMs: START_MS - 3000 }))).toMatchObject({ calls: 1 });
});

test("reads only the number of calls of a newer format", () => {
  expect(read({ v: 2, id: "a.1", n: 3, c: 1, s: "other" })).toEqual({
    id: "a.1",
    sender: "a",
    calls: 3,
    class: "low",
    isRetry: false,
  });
});

test("never throws", () => {
  fc.assert(
    fc.property(fc.anything({ withNullPrototype: true }), log, (data, items) => {
      read(data);
      items.forEach((item) => readTicket(item));
    }),
  );
});

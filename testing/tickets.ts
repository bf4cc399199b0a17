/** Tickets in a log, as an honest browser or any other client of the account may have written them. */

import fc from "fast-check";

import { LogItem } from "../src/account/engine";
import { Fold, FoldSettings } from "../src/account/fold";
import { formatTicket, readTicket, Ticket } from "../src/account/ticket";

/** A date of the service. */
export const START_MS = 1_700_000_000_000;

export const ticketOf = (sender: string, number: number, ticket: Partial<Ticket> = {}): Ticket => ({
  id: `${sender}.${number}`,
  sender,
  calls: 1,
  class: "high",
  isRetry: false,
  ...ticket,
});

export const itemOf = (index: number, afterMs: number, ticket: Ticket): LogItem => ({
  index,
  committedAtMs: START_MS + afterMs,
  data: formatTicket(ticket),
});

/** What a browser stores that the scene of a test does not have. */
export const foreign = (number: number, ticket: Partial<Ticket> = {}): object =>
  formatTicket(ticketOf("other", number, ticket));

/** Anything that JSON can hold. */
const absurd = fc.oneof(
  fc.jsonValue(),
  fc.record({ v: fc.constant(1), id: fc.constant("x.1"), n: fc.oneof(fc.integer(), fc.double(), fc.constant(1e308)) }),
  fc.record({ v: fc.constant(1), id: fc.string(), n: fc.constant(3) }),
  fc.record({ v: fc.constant(1), id: fc.constant("x.2"), n: fc.constant(3), s: fc.array(fc.anything()) }),
  fc.record({ v: fc.constant(1), id: fc.constant("x.3"), n: fc.constant(3), s: fc.constant([0, START_MS + 1e9]) }),
  fc.record({ v: fc.constant(1), id: fc.constant("x.4"), n: fc.constant(3), t: fc.constant(START_MS - 1e9) }),
  fc.record({ v: fc.constant(7), id: fc.constant("x.5"), n: fc.integer({ min: 1, max: 10 }), z: fc.string() }),
);

/** Once in so many times. */
const sometimes = <T>(times: number, arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.oneof({ weight: times - 1, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });

/** Items of a few browsers in a busy log: gaps in the indexes, doubles, ghosts, and what nobody should write. */
export const log: fc.Arbitrary<LogItem[]> = fc
  .array(
    fc.record({
      afterMs: fc.oneof(fc.constant(0), fc.nat(120), fc.nat(3000)),
      sender: fc.constantFrom("anna", "ben", "cara", "dan", "eve"),
      calls: fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 10 })),
      isHigh: fc.boolean(),
      isRetry: fc.integer({ min: 0, max: 2 }).map((n) => n === 0),
      latesMs: sometimes(4, fc.array(fc.nat(1000), { minLength: 1, maxLength: 10 })),
      isDouble: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
      gap: fc.integer({ min: 0, max: 9 }).map((n) => (n === 0 ? 3 : 0)),
      ageMs: sometimes(3, fc.nat(5000)),
      other: sometimes(12, absurd),
    }),
    { minLength: 1, maxLength: 60, size: "max" },
  )
  .map((steps) => {
    let index = 0;
    let atMs = 0;
    let number = 0;
    return steps.map(({ afterMs, sender, calls, isHigh, isRetry, latesMs, isDouble, gap, ageMs, other }) => {
      index += 1 + gap;
      atMs += afterMs;
      if (!isDouble) number += 1;
      if (other !== undefined) return { index, committedAtMs: START_MS + atMs, data: other };
      const sentAtMs = ageMs === undefined ? undefined : START_MS + atMs - ageMs;
      const asked: Partial<Ticket> = { calls, class: isHigh ? "high" : "low", isRetry };
      const lateTurns = latesMs?.map((lateMs) => [START_MS + atMs, lateMs] as const);
      const ticket = lateTurns ? { ...(isHigh ? asked : { calls: 0 }), lateTurns } : asked;
      return itemOf(index, atMs, ticketOf(sender, number, { ...ticket, sentAtMs }));
    });
  });

/** Lets the tickets that tell of late turns mean real ones: the sender's last turns before them. */
export function tellOfTurns(items: readonly LogItem[], settings: FoldSettings): LogItem[] {
  const fold = new Fold(settings);
  return items.map((item) => {
    const ticket = readTicket(item);
    let told = item;
    if (typeof ticket !== "string" && ticket.lateTurns) {
      const { lateTurns, sender } = ticket;
      fold.advanceTo(item.committedAtMs);
      const used = fold
        .placedTurns()
        .filter(({ atMs, id }) => atMs < item.committedAtMs && id?.startsWith(`${sender}.`))
        .slice(-lateTurns.length);
      const real = used.map(({ atMs }, n) => [atMs, lateTurns[n][1]] as const);
      told = { ...item, data: formatTicket({ ...ticket, lateTurns: real }) };
    }
    fold.add(told);
    return told;
  });
}

import fc from "fast-check";

import { Turns } from "../../testing/plainFold";
import { itemOf, log, START_MS, ticketOf } from "../../testing/tickets";
import { LogItem } from "./engine";
import { Fold, FoldSettings } from "./fold";
import { readTicket, Ticket } from "./ticket";

const HORIZON_MS = START_MS + 10_000_000;

const settings: fc.Arbitrary<FoldSettings> = fc.record({
  perSecond: fc.constantFrom(0.5, 1, 2, 2.5, 5, 10, 30),
  guard: fc.constantFrom(0, 0.06, 0.08),
});

/**
 * A newcomer does not know whose the turns of a snapshot are. So these tickets say nothing about earlier turns, by a retry
 * or by a report of late turns, and every ticket has its own sender, so that nobody asks for more than its share.
 */
const asWritten = (items: readonly LogItem[], change: Partial<Ticket>): LogItem[] =>
  items.flatMap((item) => {
    const ticket = readTicket(item);
    if (typeof ticket === "string" || ticket.calls === 0) return [];
    const { calls, class: priority } = ticket;
    const written = ticketOf(`b${item.index}`, 1, { calls, class: priority, ...change });
    return [itemOf(item.index, item.committedAtMs - START_MS, written)];
  });

/** The turns of the same later tickets in a browser that knows the whole log, and in one that begins with a snapshot. */
function foldBoth(earlier: readonly LogItem[], later: readonly LogItem[], limit: FoldSettings) {
  const known = new Fold(limit);
  earlier.forEach((item) => known.add(item));
  const snapshot = known.snapshot(HORIZON_MS);
  fc.pre(snapshot !== undefined);
  const newcomer = new Fold(limit);
  newcomer.startFrom(snapshot!);
  later.forEach((item) => known.add(item));
  later.forEach((item) => newcomer.add(item));
  [known, newcomer].forEach((fold) => fold.advanceTo(HORIZON_MS));
  return { known, newcomer };
}

const withId = (turns: Turns) => turns.map(({ atMs, id }) => [atMs, id]);
const times = (turns: Turns) => turns.map(({ atMs }) => atMs);
const idOf = ({ data }: LogItem) => (data as { readonly id: string }).id;
const classOf = ({ data }: LogItem) => ((data as { readonly c?: 1 }).c === 1 ? "high" : "low");

const history = fc.tuple(log, fc.nat(), settings);
const split = (items: readonly LogItem[], pick: number) => {
  const at = pick % items.length;
  return [items.slice(0, at), items.slice(at)] as const;
};

describe("a browser that begins with a snapshot computes the same turns as the others", () => {
  test.each<[string, Partial<Ticket>, Partial<Ticket>]>([
    ["of all later tickets, if only customers waited before", { class: "high" }, {}],
    ["of all later tickets, if no customer waits for one of them", {}, { class: "low" }],
  ])("%s", (_, before, after) => {
    fc.assert(
      fc.property(history, ([items, pick, limit]) => {
        const [earlier, later] = split(items, pick);
        const { known, newcomer } = foldBoth(asWritten(earlier, before), asWritten(later, after), limit);
        const turns = known.placedTurns();
        const ids = new Set(asWritten(later, after).map(idOf));
        const ofLater = (all: Turns) => all.filter(({ id }) => id !== undefined && ids.has(id));
        expect(withId(ofLater(newcomer.placedTurns()))).toEqual(withId(ofLater(turns)));
      }),
      { numRuns: 300 },
    );
  });

  test("but does not know that a later call overtakes earlier ones: no slot differs, and only that call comes later", () => {
    fc.assert(
      fc.property(history, ([items, pick, limit]) => {
        const [earlier, later] = split(items, pick).map((part) => asWritten(part, {}));
        const { known, newcomer } = foldBoth(earlier, later, limit);
        const all = times(newcomer.placedTurns());
        const expectedAll = times(known.placedTurns());
        expect(all).toEqual(expectedAll.slice(-all.length));
        // Nobody overtakes a call that has waited for half a minute.
        if (expectedAll[expectedAll.length - 1] - items[0].committedAtMs >= 30_000) return;
        later.forEach((item) => {
          const [expected, found] = [known, newcomer].map((fold) => fold.turnsOf(idOf(item)).map(({ atMs }) => atMs));
          if (classOf(item) === "low") expect(found).toEqual(expected);
          else found.forEach((atMs, n) => expect(atMs).toBeGreaterThanOrEqual(expected[n]));
        });
      }),
      { numRuns: 300 },
    );
  });

  test("and starts no call before them, although it does not know when the last ticket was stored", () => {
    fc.assert(
      fc.property(history, ([items, pick, limit]) => {
        const [earlier, later] = split(items, pick).map((part) => asWritten(part, { class: "high" }));
        const { known, newcomer } = foldBoth(earlier, later, limit);
        later.forEach((item) => {
          const [expected, found] = [known, newcomer].map((fold) =>
            fold.turnsOf(idOf(item)).map(({ openMs }) => openMs),
          );
          found.forEach((openMs, n) => {
            expect(openMs).toBeGreaterThanOrEqual(expected[n]);
            expect(openMs).toBeLessThanOrEqual(expected[n] + 150);
          });
        });
      }),
      { numRuns: 300 },
    );
  });
});

import fc from "fast-check";

import { foldPlainly, Turns } from "../../testing/plainFold";
import { log, START_MS, tellOfTurns } from "../../testing/tickets";
import { seeded } from "../../testing/virtualClock";
import { LogItem } from "./engine";
import { Fold, FoldSettings } from "./fold";
import { readTicket } from "./ticket";

const settings: fc.Arbitrary<FoldSettings> = fc.record({
  perSecond: fc.constantFrom(0.5, 1, 2, 2.5, 5, 10, 30),
  guard: fc.constantFrom(0, 0.06, 0.08),
});
/** A log and the limit that it is for. */
const history = fc.tuple(log, settings).map(([items, limit]) => [tellOfTurns(items, limit), limit] as const);
const TEN: FoldSettings = { perSecond: 10, guard: 0.06 };
const HORIZON_MS = START_MS + 10_000_000;

function foldAll(items: readonly LogItem[], { perSecond, guard }: FoldSettings = TEN, untilMs = HORIZON_MS): Fold {
  const fold = new Fold({ perSecond, guard });
  items.forEach((item) => fold.add(item));
  fold.advanceTo(untilMs);
  return fold;
}

const shuffled = (items: readonly LogItem[], seed: number) => {
  const random = seeded(seed);
  return items
    .map((item) => ({ item, key: random() }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item);
};

const isRetry = ({ data }: LogItem) => (data as { readonly r?: unknown } | null)?.r === 1;

/** Without what a ticket tells of earlier turns. */
const withoutNews = (item: LogItem): LogItem =>
  typeof readTicket(item) === "string"
    ? item
    : { ...item, data: { ...(item.data as object), r: undefined, l: undefined } };

/** The turns of each ticket's calls. */
function byId(turns: Turns): Map<string, number[]> {
  const found = new Map<string, number[]>();
  turns.forEach(({ atMs, id = "" }) => found.set(id, [...(found.get(id) ?? []), atMs]));
  return found;
}

describe("the fold", () => {
  test("computes the turns that its rules say", () => {
    fc.assert(
      fc.property(history, ([items, limit]) => {
        expect(foldAll(items, limit).placedTurns()).toEqual(foldPlainly(items, limit));
      }),
      { numRuns: 500 },
    );
  });

  test("computes the same turns in every browser, whatever the order of arrival and whenever it is asked", () => {
    const questions = fc.array(fc.nat(200_000), { minLength: 1, maxLength: 10 });
    fc.assert(
      fc.property(history, fc.integer(), questions, ([items, limit], seed, asked) => {
        const fold = new Fold(limit);
        shuffled([...items, ...items], seed).forEach((item, n) => {
          fold.add(item);
          fold.advanceTo(START_MS + asked[n % asked.length]);
        });
        fold.advanceTo(HORIZON_MS);
        expect(fold.placedTurns()).toEqual(foldAll(items, limit).placedTurns());
        expect(fold.unplacedCalls).toBe(0);
      }),
      { numRuns: 500 },
    );
  });

  test("never grants more turns in a window than the limit has and 429s have freed, in integers", () => {
    fc.assert(
      fc.property(history, ([items, limit]) => {
        const turns = foldAll(items, limit).placedTurns();
        const size = Math.max(1, Math.floor(limit.perSecond));
        const windowMs = 1000 * (Math.max(1, 1 / limit.perSecond) + limit.guard * Math.sqrt(10 / size));
        turns.forEach(({ atMs }, n) => {
          expect(Number.isSafeInteger(atMs)).toBe(true);
          if (n > 0) expect(atMs).toBeGreaterThanOrEqual(turns[n - 1].atMs);
          const counted = turns.slice(0, n).filter((turn) => turn.atMs + windowMs > atMs && turn.freeMs > atMs);
          expect(counted.length).toBeLessThan(size);
        });
        const freed = turns.filter(({ freeMs }) => freeMs < Infinity);
        expect(freed.length).toBeLessThanOrEqual(items.filter(isRetry).length);
        freed.forEach(({ atMs, freeMs }) => {
          expect(freeMs - atMs).toBeGreaterThan(150);
          expect(freeMs - atMs).toBeLessThanOrEqual(1150);
        });
      }),
      { numRuns: 500 },
    );
  });

  test("keeps the turns before a late item's date, and those of earlier tickets until half a second after it", () => {
    fc.assert(
      fc.property(history, fc.nat(), fc.boolean(), ([written, limit], pick, hasNews) => {
        const items = hasNews ? written : written.map(withoutNews);
        const late = items[pick % items.length];
        const without = foldAll(
          items.filter((item) => item !== late),
          limit,
        );
        const fold = new Fold(limit);
        items.filter((item) => item !== late).forEach((item) => fold.add(item));
        fold.advanceTo(HORIZON_MS);
        fold.add(late);
        fold.advanceTo(HORIZON_MS);
        const before = without.placedTurns();
        const after = fold.placedTurns();
        const kept = before.filter(({ atMs }) => atMs < late.committedAtMs);
        const plain = (all: Turns) => all.map(({ atMs, id }) => [atMs, id]);
        expect(plain(after.slice(0, kept.length))).toEqual(plain(kept));
        // It may change which turns the tickets of retries free, and reports of late turns delay the others.
        if (hasNews) return;
        const turns = byId(after);
        const earlier = new Set(
          items.flatMap((item) => (item.index < late.index ? [(item.data as { id?: string } | null)?.id] : [])),
        );
        byId(before).forEach((each, id) => {
          if (!earlier.has(id)) return;
          const certain = each.filter((atMs) => atMs < late.committedAtMs + 500);
          expect(turns.get(id)?.slice(0, certain.length)).toEqual(certain);
        });
      }),
      { numRuns: 500 },
    );
  });

  test("computes the same turns whatever was reserved before the items arrived", () => {
    fc.assert(
      fc.property(history, fc.nat(), ([items, limit], seed) => {
        const fold = new Fold(limit);
        const reserved = new Set<number>();
        shuffled(items, seed).forEach((item) => {
          fold.release(item.index);
          fold.add(item);
          for (let index = item.index - 3; index < item.index; index += 1) {
            fold.reserve(index);
            reserved.add(index);
          }
          fold.advanceTo(item.committedAtMs);
        });
        fold.advanceTo(HORIZON_MS);
        reserved.forEach((index) => fold.release(index));
        fold.advanceTo(HORIZON_MS);
        expect(fold.placedTurns()).toEqual(foldAll(items, limit).placedTurns());
      }),
      { numRuns: 500 },
    );
  });

  test("gives each slot to one call, and every counted call a turn", () => {
    fc.assert(
      fc.property(history, ([items, limit]) => {
        const overShare = new Set<string>();
        const fold = new Fold(limit, ({ id }) => overShare.add(id));
        const tickets = items.flatMap((item) => {
          const ticket = readTicket(item);
          return fold.add(item) === "added" && typeof ticket !== "string" ? [ticket] : [];
        });
        fold.advanceTo(HORIZON_MS);
        const turns = byId(fold.placedTurns());
        tickets.forEach(({ id, calls }) => expect(turns.get(id)?.length ?? 0).toBe(overShare.has(id) ? 0 : calls));
      }),
    );
  });

  test("forgets what no longer matters without a change of later turns", () => {
    fc.assert(
      fc.property(history, fc.array(fc.nat(1), { minLength: 60, maxLength: 60 }), ([written, limit], forget) => {
        const complete = new Fold(limit);
        // A double that arrives after its ticket is forgotten would count again.
        const items = written.filter((item) => complete.add(item) === "added");
        const fold = new Fold(limit);
        items.forEach((item, n) => {
          fold.add(item);
          if (forget[n] === 1) fold.forgetBefore(item.committedAtMs - 200);
        });
        fold.advanceTo(HORIZON_MS);
        const all = foldAll(items, limit).placedTurns();
        const kept = fold.placedTurns().map(({ atMs }) => atMs);
        expect(all.slice(all.length - kept.length).map(({ atMs }) => atMs)).toEqual(kept);
      }),
      { numRuns: 500 },
    );
  });
});

import fc from "fast-check";

import { begin, CALL } from "../../testing/sharedBursts";
import { log, tellOfTurns } from "../../testing/tickets";
import { Fold, FoldSettings } from "./fold";
import { readTicket } from "./ticket";

/** An honest browser asks for ten calls, and for ten more when half of them are left. */
const MAX_ASKED = 15;

/** A window of ten calls takes 1060 ms. */
const PER_CALL_MS = 106;

/** For travel and 429s. */
const SLACK_MS = 1500;

test("browsers that die in a burst hold up the others for no longer than fifteen calls each take", async () => {
  const browser = fc.record({ calls: fc.integer({ min: 40, max: 60 }), diesAtMs: fc.nat(3000) });
  const property = fc.asyncProperty(
    fc.integer(),
    fc.array(browser, { minLength: 1, maxLength: 3 }),
    fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 3 }),
    async (seed, dying, living) => {
      const { clock, browsers, account } = await begin(dying.length + living.length, { seed });
      const startMs = clock.now();
      const sendFrom = (n: number, calls: number) => Array.from({ length: calls }, () => browsers[n].send(CALL));
      dying.forEach(({ calls, diesAtMs }, n) => {
        sendFrom(n, calls).forEach((sent) => void sent.catch(() => undefined));
        clock.schedule(() => browsers[n].die(), diesAtMs);
      });
      const all = living.flatMap((calls, n) => sendFrom(dying.length + n, calls));
      await clock.until(Promise.all(all));
      const asked = all.length + dying.length * MAX_ASKED;
      const sentByDead = account.successCount - all.length;
      expect(clock.now() - startMs).toBeLessThan((asked + sentByDead) * PER_CALL_MS + SLACK_MS);
    },
  );
  await fc.assert(property, { numRuns: 60, endOnFailure: true });
});

test("whatever a sender wrote, at most thirty of its turns are to come once it stops", () => {
  const limit: fc.Arbitrary<FoldSettings> = fc.record({
    perSecond: fc.constantFrom(0.5, 2, 10, 30),
    guard: fc.constant(0.06),
  });
  fc.assert(
    fc.property(log, limit, fc.nat(), (written, settings, pick) => {
      const items = tellOfTurns(written, settings);
      const end = items[pick % items.length];
      const fold = new Fold(settings);
      items.filter(({ index }) => index <= end.index).forEach((item) => fold.add(item));
      fold.advanceTo(Infinity);
      const senders = items
        .map((item) => readTicket(item))
        .map((ticket) => (typeof ticket === "string" ? "" : ticket.sender));
      new Set(senders).forEach((sender) => {
        const toCome = fold
          .placedTurns()
          .filter(({ atMs, id }) => atMs >= end.committedAtMs && id?.startsWith(`${sender}.`));
        expect(toCome.length).toBeLessThanOrEqual(30);
      });
    }),
    { numRuns: 500, endOnFailure: true },
  );
});

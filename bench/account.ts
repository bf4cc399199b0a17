/** Measures the fold of the account budget: all tickets at once, and one that arrives. `npm run bench:account` */

import { Fold } from "../src/account/fold";
import { itemOf, START_MS, ticketOf } from "../testing/tickets";

const TICKETS = 10_000;
const RUNS = 20;

/** How far ahead a browser asks for turns. */
const HORIZON_MS = 5000;

const LIMIT = { perSecond: 10, guard: 0.06 };

/** A backlog of tickets of one call each, from as many browsers, within ten seconds. */
const items = Array.from({ length: TICKETS }, (_, n) => itemOf(2 * n, Math.round(n / 10), ticketOf(`b${n}`, 1)));

function foldAll(untilMs: number): Fold {
  const fold = new Fold(LIMIT);
  items.forEach((item) => fold.add(item));
  fold.advanceTo(untilMs);
  return fold;
}

function medianMs(measure: () => number): number {
  const times = Array.from({ length: RUNS }, measure).sort((a, b) => a - b);
  return times[RUNS >> 1];
}

function timed(work: () => void): number {
  const startMs = performance.now();
  work();
  return performance.now() - startMs;
}

/** Adds a ticket that was stored before the last ones, and asks for the next turns again. */
function arrivalMs(lateBy: number): number {
  const fold = foldAll(START_MS + 1000 + HORIZON_MS);
  const index = 2 * (TICKETS - lateBy) - 1;
  const item = itemOf(index, Math.round((TICKETS - lateBy) / 10), ticketOf("arriving", 1));
  return timed(() => {
    fold.add(item);
    fold.advanceTo(START_MS + 1000 + HORIZON_MS);
  });
}

const rows: [string, number][] = [
  [`all turns of ${TICKETS} tickets`, medianMs(() => timed(() => foldAll(Infinity)))],
  [`one more ticket, with ${TICKETS} known`, medianMs(() => arrivalMs(0))],
  [`one that arrives behind 20 later ones`, medianMs(() => arrivalMs(20))],
  [`one that arrives behind ${TICKETS} later ones`, medianMs(() => arrivalMs(TICKETS))],
];
console.log("Milliseconds, medians:");
rows.forEach(([name, ms]) => console.log(`${ms.toFixed(3).padStart(9)}  ${name}`));

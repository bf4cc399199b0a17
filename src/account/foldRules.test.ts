import { itemOf, START_MS, ticketOf } from "../../testing/tickets";
import { seeded } from "../../testing/virtualClock";
import { LogItem } from "./engine";
import { Fold, FoldSettings, MAX_CALLS_PER_SENDER } from "./fold";

const TEN: FoldSettings = { perSecond: 10, guard: 0.06 };

function foldAll(items: readonly LogItem[], settings: FoldSettings = TEN, untilMs = Infinity): Fold {
  const fold = new Fold(settings);
  items.forEach((item) => fold.add(item));
  fold.advanceTo(untilMs);
  return fold;
}

describe("tickets of one class", () => {
  const all = (items: readonly LogItem[]) =>
    foldAll(items)
      .placedTurns()
      .map(({ atMs, id }) => [id, atMs - START_MS]);

  test("get their turns in the order of the log, the first ten at once, the others a window later", () => {
    const items = Array.from({ length: 12 }, (_, n) => itemOf(n, n, ticketOf(`b${n}`, 1)));
    expect(all(items)).toEqual([
      ...Array.from({ length: 10 }, (_, n) => [`b${n}.1`, n + 150]),
      ["b10.1", 1210],
      ["b11.1", 1211],
    ]);
  });

  test("share a limit below one call a second", () => {
    const items = [0, 1, 2].map((n) => itemOf(n, n, ticketOf(`b${n}`, 1)));
    const turns = foldAll(items, { perSecond: 0.5, guard: 0.06 }).placedTurns();
    expect(turns.map(({ atMs }) => atMs - START_MS)).toEqual([150, 2340, 4530]);
  });

  test.each([
    [0.1, 10_190],
    [1, 1190],
    [3, 1110],
    [10, 1060],
    [40, 1030],
  ])("keep a wider window the fewer calls it has: at %d a second, %d ms", (perSecond, windowMs) => {
    expect(new Fold({ perSecond, guard: 0.06 }).windowMs).toBe(windowMs);
  });
});

test("the first ticket after a quiet second may start at once, and counts as if it had waited", () => {
  const fold = foldAll([0, 900, 2000].map((afterMs, n) => itemOf(n, afterMs, ticketOf(`b${n}`, 1))));
  const starts = [0, 1, 2].map((n) => fold.turnsOf(`b${n}.1`).map(({ openMs }) => openMs - START_MS));
  expect(starts).toEqual([[0], [1050], [2000]]);
  expect(fold.placedTurns().map(({ atMs }) => atMs - START_MS)).toEqual([150, 1050, 2150]);
});

describe("a ticket that tells of late turns", () => {
  const THREE: FoldSettings = { perSecond: 3, guard: 0 };
  const first = itemOf(0, 0, ticketOf("first", 1, { calls: 3 }));
  const next = itemOf(1, 10, ticketOf("next", 1, { calls: 5 }));
  const report = (sender: string, afterMs: number, latesMs: readonly number[]) => {
    const lateTurns = latesMs.map((lateMs) => [START_MS + 150, lateMs] as const);
    return itemOf(2, afterMs, ticketOf(sender, 2, { calls: 0, lateTurns }));
  };
  const startsOf = (items: readonly LogItem[]) =>
    foldAll(items, THREE)
      .turnsOf("next.1")
      .map(({ atMs }) => atMs - START_MS);

  test("delays the turns a window later as much", () => {
    expect(startsOf([first, next])).toEqual([1150, 1150, 1150, 2150, 2150]);
    expect(startsOf([first, next, report("first", 600, [0, 250, 400])])).toEqual([1150, 1400, 1550, 2150, 2400]);
  });

  test("changes no turn before its date", () => {
    expect(startsOf([first, next, report("first", 1500, [0, 250, 400])])).toEqual([1150, 1150, 1150, 2150, 2150]);
  });

  test("delays no turn whose slot is before its date, in whatever order they arrive", () => {
    const ONE: FoldSettings = { perSecond: 1, guard: 0 };
    const told = ticketOf("cara", 1, { calls: 0, lateTurns: [[START_MS + 150, 151]] });
    const items = [
      itemOf(1, 0, ticketOf("cara", 0)),
      itemOf(2, 1150, ticketOf("anna", 1)),
      itemOf(3, 1151, told),
      itemOf(4, 1152, ticketOf("anna", 2)),
    ];
    const fold = new Fold(ONE);
    [0, 1, 2].forEach((n) => fold.add(items[n]));
    fold.advanceTo(START_MS + 5000);
    fold.add(items[3]);
    fold.advanceTo(Infinity);
    expect(fold.placedTurns()).toEqual(foldAll(items, ONE).placedTurns());
  });

  test("means turns of its own sender only, each once", () => {
    expect(startsOf([first, next, report("other", 600, [400])])).toEqual([1150, 1150, 1150, 2150, 2150]);
    const twice = [report("first", 600, [400, 400]), { ...report("first", 700, [900, 900]), index: 3 }];
    const again = { ...twice[1], data: { ...(twice[1].data as object), id: "first.3" } };
    expect(startsOf([first, next, twice[0], again])).toEqual([1550, 1550, 2050, 2550, 2550]);
  });

  test("delays the turns of a newcomer that continues from a snapshot, too", () => {
    const known = foldAll([first], THREE);
    known.advanceTo(Infinity);
    const newcomer = new Fold(THREE);
    newcomer.startFrom(known.snapshot(START_MS + 10_000)!);
    [next, report("first", 600, [0, 250, 400])].forEach((item) => newcomer.add(item));
    newcomer.advanceTo(Infinity);
    expect(newcomer.turnsOf("next.1").map(({ atMs }) => atMs - START_MS)).toEqual([1150, 1400, 1550, 2150, 2400]);
  });

  test("is part of a later snapshot", () => {
    const fold = foldAll([first, report("first", 600, [0, 250, 400])], THREE);
    expect(fold.snapshot(START_MS + 10_000)?.turnsMs.map((atMs) => atMs - START_MS)).toEqual([150, 400, 550]);
  });
});

describe("a ticket that is stored but has not arrived", () => {
  const [first, missing, second] = [0, 1, 2].map((n) => itemOf(n, n, ticketOf(`b${n}`, 1)));
  const ONE: FoldSettings = { perSecond: 1, guard: 0 };
  const starts = (fold: Fold) => {
    fold.advanceTo(Infinity);
    return ["b0.1", "b1.1", "b2.1"].map((id) => fold.turnsOf(id).map(({ openMs }) => openMs - START_MS));
  };

  test("keeps its turn", () => {
    const fold = foldAll([first, second], ONE);
    fold.reserve(1);
    expect(starts(fold)).toEqual([[0], [], [2150]]);
    fold.release(1);
    fold.add(missing);
    expect(starts(fold)).toEqual([[0], [1150], [2150]]);
  });

  test("loses its turn when it is released", () => {
    const fold = foldAll([first, second], ONE);
    fold.reserve(1);
    fold.advanceTo(Infinity);
    fold.release(1);
    expect(starts(fold)).toEqual([[0], [], [1150]]);
  });

  test("is no agent, and never replaces a ticket that is known", () => {
    const fold = foldAll([first, second], ONE);
    [0, 1, 2, 3].forEach((index) => fold.reserve(index));
    expect(fold.ticketsSince(0).map(({ sender }) => sender)).toEqual(["b0", "b2"]);
    [0, 2, 3].forEach((index) => fold.release(index));
    expect(starts(fold)).toEqual([[0], [], [2150]]);
  });
});

describe("classes", () => {
  const low = (n: number) => itemOf(n, n, ticketOf(`low${n}`, 1, { calls: 10, class: "low" }));
  const order = (items: readonly LogItem[]) =>
    foldAll(items)
      .placedTurns()
      .map(({ id }) => id?.slice(0, 4));

  test("a ticket that a customer waits for overtakes others after half a second", () => {
    const high = itemOf(9, 1100, ticketOf("high", 1));
    const ids = order([low(0), low(1), low(2), high]);
    expect(ids.indexOf("high")).toBe(20);
  });

  test("nobody overtakes a ticket that has waited for half a minute", () => {
    const busy = [0, 1, 2].map((n) => itemOf(n, 0, ticketOf(`busy${n}`, 1, { calls: 10 })));
    const waiting = itemOf(3, 1, ticketOf("low", 1, { class: "low" }));
    const highs = Array.from({ length: 500 }, (_, n) => itemOf(n + 4, 10 + n * 90, ticketOf(`high${n}`, 1)));
    const turns = foldAll([...busy, waiting, ...highs]).placedTurns();
    const lowTurn = turns.find(({ id }) => id === "low.1");
    expect((lowTurn?.atMs ?? 0) - START_MS).toBeGreaterThan(29_000);
    expect((lowTurn?.atMs ?? 0) - START_MS).toBeLessThan(32_500);
  });
});

test("a sender gets no more turns at once than its share", () => {
  const greedy = Array.from({ length: 50 }, (_, n) => itemOf(n, n, ticketOf("eve", n, { calls: 10 })));
  const victim = itemOf(60, 100, ticketOf("anna", 1));
  const turns = foldAll([...greedy, victim]).placedTurns();
  expect(turns.findIndex(({ id }) => id === "anna.1")).toBe(MAX_CALLS_PER_SENDER);
});

test("a late ticket takes no turn from a sender that has asked for more than its share", () => {
  const items = [10, 10, 9, 10, 1].map((calls, n) => itemOf(n + 1, 0, ticketOf("eve", n, { calls })));
  const fold = foldAll(items);
  fold.add(itemOf(9, 100, ticketOf("anna", 1)));
  fold.advanceTo(Infinity);
  expect(items.map((_, n) => fold.turnsOf(`eve.${n}`).length)).toEqual([10, 10, 9, 0, 1]);
});

test("counts a ticket of a newer format by its number of calls", () => {
  const newer = { ...itemOf(0, 0, ticketOf("newer", 1)), data: { v: 2, id: "newer.1", n: 4, c: "other" } };
  expect(foldAll([newer]).turnsOf("newer.1")).toHaveLength(4);
});

test("keeps few tickets over a busy day", () => {
  const fold = new Fold(TEN);
  const random = seeded(1);
  let atMs = 0;
  let most = 0;
  for (let index = 0; atMs < 86_400_000; index += 1) {
    atMs += Math.round(random() * 1500);
    fold.add(itemOf(index, atMs, ticketOf(`b${index % 100}`, index, { class: random() < 0.5 ? "high" : "low" })));
    fold.forgetBefore(START_MS + atMs - 60_000);
    most = Math.max(most, fold.ticketsSince(-Infinity).length + fold.placedTurns().length);
  }
  // Sixty seconds at 1.3 a second, as tickets and as turns.
  expect(most).toBeLessThan(250);
});

test("a late ticket moves few turns, however many tickets are known", () => {
  const items = Array.from({ length: 10_000 }, (_, n) => itemOf(n * 2, n, ticketOf(`b${n}`, 1, { calls: 10 })));
  const fold = foldAll(items, TEN, START_MS + 15_000);
  const placed = fold.placedTurns().length;
  expect(placed).toBeLessThan(200);
  expect(fold.add(itemOf(19_001, 9_500, ticketOf("late", 1)))).toBe("added");
  fold.advanceTo(START_MS + 15_000);
  expect(fold.placedTurns()).toHaveLength(placed);
});

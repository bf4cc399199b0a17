import { countReachable } from "../../testing/reachable";
import { begin, CALL, LIMIT } from "../../testing/sharedBursts";
import { itemOf, ticketOf } from "../../testing/tickets";
import { seeded } from "../../testing/virtualClock";

const HOUR_MS = 3_600_000;
const AGENTS = 100;

test("a browser keeps as little after thousands of tickets as after the first hundreds", async () => {
  // Lost tickets are read later, or forgotten.
  const { clock, logs, browsers } = await begin(1, { lostShare: 0.01, lateShare: 0.02 });
  const [{ budget, send, clock: pageClock, reported }] = browsers;
  const random = seeded(1);
  let number = 0;
  const work = async (hours: number) => {
    const endMs = clock.now() + hours * HOUR_MS;
    while (clock.now() < endMs) {
      number += 1;
      const agent = `agent${Math.floor(random() * AGENTS)}`;
      logs.store(LIMIT, itemOf(0, 0, ticketOf(agent, number, { class: random() < 0.5 ? "high" : "low" })).data);
      if (number % 20 === 0) await clock.until(send(CALL));
      await clock.run(clock.now() + random() * 2000);
      budget.status(pageClock.now());
    }
    return countReachable(budget, [pageClock]);
  };
  const early = await work(0.1);
  const kept = [await work(0.5), await work(0.5), await work(0.5)];
  expect(logs.itemsOf(LIMIT).length).toBeGreaterThan(5000);
  // About 400, and 500 at the end.
  expect(Math.max(...kept)).toBeLessThan(2 * early);
  expect(reported).toEqual([]);
});

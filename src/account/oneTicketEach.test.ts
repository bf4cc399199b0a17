import fc from "fast-check";

import { begin, CALL, LIMIT } from "../../testing/sharedBursts";
import { tooManyIn } from "../../testing/scene";
import { Browser, newSharedScene, SharedScene } from "../../testing/sharedScene";
import { LimitTurns } from "./limitTurns";

/** Some calls that a browser makes at once. */
const bursts = fc.array(
  fc.record({
    atMs: fc.nat(10_000),
    browser: fc.nat(3),
    calls: fc.integer({ min: 1, max: 12 }),
    priority: fc.constantFrom("high" as const, "normal" as const, "low" as const),
  }),
  { minLength: 1, maxLength: 8 },
);
type Burst = typeof bursts extends fc.Arbitrary<(infer Each)[]> ? Each : never;

const service = fc.record({
  lateShare: fc.constantFrom(0, 0.1),
  lostShare: fc.constantFrom(0, 0.1),
  doubledShare: fc.constantFrom(0, 0.1),
  storedTwiceShare: fc.constantFrom(0, 0.1),
  skipsIndexes: fc.boolean(),
  writesPerSecond: fc.constantFrom(1, 20),
});

/** The turns of stored tickets that were missed by more than a second, as sender, number of the ticket, and call. */
const missed = new Set<string>();
const { isLost } = LimitTurns.prototype;
beforeEach(() => {
  missed.clear();
  jest.spyOn(LimitTurns.prototype, "isLost").mockImplementation(function (this: LimitTurns, each, nowMs) {
    const result = isLost.call(this, each, nowMs);
    if (result && each.ticket.state === "stored") {
      expect(this.startOf(each)).toBeLessThan(nowMs - 1000);
      missed.add(`${each.ticket.id}.${each.call}`);
    }
    return result;
  });
});
afterEach(() => jest.restoreAllMocks());

/** What a browser has asked for, and what it has sent. */
class Ledger {
  sent = 0;
  /** Sent while the account paced the limit. */
  paced = 0;
  /** Calls that are not under way, and have no answer but a 429. */
  unsent = 0;

  constructor(
    private readonly scene: SharedScene,
    private readonly browser: Browser,
  ) {}

  /** The starts that its stored tickets ask for. A ticket that was stored twice counts once. */
  get asked(): number {
    const tickets = this.scene.logs
      .itemsOf(LIMIT)
      .map(({ data }) => data as { readonly id: string; readonly n: number });
    const own = new Map(tickets.filter(({ id }) => id.startsWith(this.prefix)).map(({ id, n }) => [id, n]));
    return Array.from(own.values()).reduce((sum, n) => sum + n, 0);
  }

  /** Turns that it asked for and missed. */
  get missed(): number {
    return Array.from(missed).filter((each) => each.startsWith(this.prefix)).length;
  }

  get isPaced(): boolean {
    const { budget, clock } = this.browser;
    return budget.status(clock.now()).limits.some(({ limit, isPaced }) => limit === LIMIT && isPaced);
  }

  /** Of its tickets' ids. */
  private get prefix(): string {
    return `${(this.browser.budget as unknown as { readonly sender: string }).sender}.`;
  }

  /** @param onSending is called when the call is sent, also when it is repeated. */
  async send(priority: Burst["priority"], onSending: () => void): Promise<void> {
    this.unsent += 1;
    const request = async () => {
      this.sent += 1;
      this.unsent -= 1;
      if (this.isPaced) this.paced += 1;
      onSending();
      const answer = await this.scene.account.request([LIMIT]);
      if (answer.tooMany) this.unsent += 1;
      return answer;
    };
    await this.browser.throttle.run({ ...CALL, name: "test", priority }, request, tooManyIn);
  }
}

async function run(scene: SharedScene, steps: readonly Burst[], check: (ledger: Ledger) => void): Promise<Ledger[]> {
  const { clock, browsers } = scene;
  const ledgers = browsers.map((browser) => new Ledger(scene, browser));
  const all = steps.flatMap(({ atMs, browser, calls, priority }) =>
    Array.from({ length: calls }, async () => {
      await clock.sleep(atMs);
      await ledgers[browser].send(priority, () => check(ledgers[browser]));
    }),
  );
  await clock.until(Promise.all(all));
  expect(browsers.flatMap(({ reported }) => reported)).toEqual([]);
  return ledgers;
}

describe("a call has a ticket of its own before it is sent", () => {
  test("and only one at a time: another one only after a turn that was missed by more than a second", async () => {
    const property = fc.asyncProperty(fc.integer(), service, bursts, async (seed, events, steps) => {
      missed.clear();
      const scene = await begin(4, { seed, ...events });
      const ledgers = await run(scene, steps, ({ asked, sent, paced, unsent, missed: lost }) => {
        expect(asked).toBeGreaterThanOrEqual(paced);
        expect(asked).toBeLessThanOrEqual(sent + unsent + lost);
      });
      ledgers.forEach(({ asked, sent, paced, missed: lost }) => {
        expect(asked).toBeLessThanOrEqual(sent + lost);
        // Too many writes, and no queue, count as a loss of the service.
        if (paced === sent) expect(asked).toBe(sent + lost);
      });
    });
    await fc.assert(property, { numRuns: 100, endOnFailure: true });
  });

  test("unless it is sent without the service, in any history of outages, and every call is sent", async () => {
    const fault = fc.constantFrom(
      "offline" as const,
      "silent" as const,
      "tooManyWrites" as const,
      "forbidden" as const,
    );
    const outages = fc.array(fc.record({ atMs: fc.nat(8000), forMs: fc.nat(8000), fault }), { maxLength: 2 });
    const property = fc.asyncProperty(fc.integer(), service, outages, bursts, async (seed, events, faults, steps) => {
      const scene = newSharedScene(4, { seed, ...events });
      const { clock, logs } = scene;
      faults.forEach(({ atMs, forMs, fault: kind }) => {
        clock.schedule(() => (logs.fault = kind), atMs);
        clock.schedule(() => (logs.fault = undefined), atMs + forMs);
      });
      await run(scene, steps, ({ asked, paced }) => expect(asked).toBeGreaterThanOrEqual(paced));
      expect(clock.now()).toBeLessThan(120_000);
    });
    await fc.assert(property, { numRuns: 100, endOnFailure: true });
  });
});

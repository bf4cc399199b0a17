/** When chats are accepted, and by whom. */

export interface Acceptance {
  readonly atMs: number;
  readonly agent: number;
}

export interface Scenario {
  readonly id: string;
  readonly name: string;
  readonly agents: number;
  acceptances(random: () => number): Acceptance[];
}

/** All at once, as far as people can: within a fifth of a second. */
const atOnce = (agents: number, each: number) => (random: () => number) =>
  Array.from({ length: agents * each }, (_, index) => ({ atMs: random() * 200, agent: index % agents }));

/** At random (Poisson), so many a second on the whole, for so long. */
function atRandom(random: () => number, perSecond: number, fromMs: number, forMs: number, agents: number): Acceptance[] {
  const acceptances: Acceptance[] = [];
  let atMs = fromMs;
  for (;;) {
    atMs += (-Math.log(1 - random()) * 1000) / perSecond;
    if (atMs >= fromMs + forMs) return acceptances;
    acceptances.push({ atMs, agent: Math.floor(random() * agents) });
  }
}

export const SCENARIOS: readonly Scenario[] = [
  { id: "bulk", name: "one agent, 60 chats at once", agents: 1, acceptances: () => Array.from({ length: 60 }, () => ({ atMs: 0, agent: 0 })) },
  { id: "shift-100", name: "start of a shift: 100 agents, 2 chats each", agents: 100, acceptances: atOnce(100, 2) },
  { id: "shift-1000", name: "start of a shift: 1000 agents, 1 chat each", agents: 1000, acceptances: atOnce(1000, 1) },
  { id: "steady", name: "a steady day: 50 agents, 80 % of the limit, 2 min", agents: 50, acceptances: (random) => atRandom(random, 8, 0, 120_000, 50) },
  {
    id: "surge",
    name: "50 agents, 120 % for 1 min, then 40 % for 1 min",
    agents: 50,
    acceptances: (random) => [...atRandom(random, 12, 0, 60_000, 50), ...atRandom(random, 4, 60_000, 60_000, 50)],
  },
];

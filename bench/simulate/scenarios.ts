/** When chats are accepted, and by whom. */

export interface Acceptance {
  readonly atMs: number;
  readonly agent: number;
}

export interface Scenario {
  readonly id: string;
  readonly name: string;
  readonly agents: number;
  /** What was accepted before is no part of the figures: the agents have been at work for so long. */
  readonly beginsAtMs?: number;
  acceptances(random: () => number): Acceptance[];
}

/** All at once, as far as people can: within a fifth of a second. */
const atOnce = (agents: number, each: number) => (random: () => number) =>
  Array.from({ length: agents * each }, (_, index) => ({ atMs: random() * 200, agent: index % agents }));

/** One agent's. */
const bulk = (count: number, atMs: number): Acceptance[] => Array.from({ length: count }, () => ({ atMs, agent: 0 }));

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
  { id: "bulk", name: "one agent, 60 chats at once", agents: 1, acceptances: () => bulk(60, 0) },
  {
    id: "bulk-later",
    name: "the same, after 400 chats, one every half a second",
    agents: 1,
    beginsAtMs: 205_000,
    acceptances: () => [...Array.from({ length: 400 }, (_, index) => ({ atMs: index * 500, agent: 0 })), ...bulk(60, 205_000)],
  },
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

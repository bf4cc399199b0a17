/** Who accepts chats when, and the latency to the account. */

import { JITTER, STEADY } from "../../testing/scene";

export interface Acceptance {
  readonly atMs: number;
  readonly agent: number;
}

export interface Scenario {
  readonly id: string;
  readonly name: string;
  readonly agents: number;
  /** One way, between the browser and the account. */
  readonly latency: { readonly fromMs: number; readonly toMs: number };
  /** Chats accepted earlier are a warm-up and do not count. */
  readonly beginsAtMs?: number;
  /** Joins a second. Default: Twilio's limit. */
  readonly perSecond?: number;
  /** The share of sendings that the page holds up, for up to half a second. */
  readonly heldUpShare?: number;
  /** The share of agents whose tabs die some time after their first accept. Their chats do not count. */
  readonly dyingShare?: number;
  /** Default: half a second. */
  readonly diesAfterMs?: number;
  /** The share of agents whose browsers open their logs only a second before their first accept. */
  readonly newcomerShare?: number;
  /** The others open their logs within this time, which ends five seconds before the first accept. Default: at once. */
  readonly openingMs?: number;
  /** When the log service is lost for all browsers, from the first accept on. */
  readonly outage?: { readonly fromMs: number; readonly toMs: number };
  /** The share of the limit that another client spends, of which no browser knows. */
  readonly unseenShare?: number;
  acceptances(random: () => number): Acceptance[];
}

/** All agents accept their chats within a fifth of a second. */
export function startOfShift(agents: number, each: number): Scenario {
  return {
    id: `shift-${agents}`,
    name: `start of a shift: ${agents} agents, ${each} ${each === 1 ? "chat" : "chats"} each`,
    agents,
    latency: JITTER,
    acceptances: (random) =>
      Array.from({ length: agents * each }, (_, index) => ({ atMs: random() * 200, agent: index % agents })),
  };
}

/** Half of the agents load Flex while the others already join, and accept their chats within the next ten seconds. */
export function joiningInMidBurst(agents: number, each: number): Scenario {
  const isNewcomer = (agent: number) => agent >= agents / 2;
  return {
    ...startOfShift(agents, each),
    id: `newcomers-${agents}`,
    name: `${agents} agents, ${each} chats each; half of them open Flex in mid-burst`,
    newcomerShare: 0.5,
    acceptances: (random) =>
      Array.from({ length: agents * each }, (_, index) => {
        const agent = index % agents;
        return { atMs: isNewcomer(agent) ? 2000 + random() * 10_000 : random() * 200, agent };
      }),
  };
}

/** One agent accepts all chats at once. */
const bulk = (count: number, atMs: number): Acceptance[] => Array.from({ length: count }, () => ({ atMs, agent: 0 }));

/** Poisson arrivals for random agents. @param perSecond the mean of all agents together. */
function atRandom(
  random: () => number,
  perSecond: number,
  fromMs: number,
  forMs: number,
  agents: number,
): Acceptance[] {
  const acceptances: Acceptance[] = [];
  let atMs = fromMs;
  for (;;) {
    atMs += (-Math.log(1 - random()) * 1000) / perSecond;
    if (atMs >= fromMs + forMs) return acceptances;
    acceptances.push({ atMs, agent: Math.floor(random() * agents) });
  }
}

export const SCENARIOS: readonly Scenario[] = [
  {
    id: "bulk-alike",
    name: "one agent, 60 chats at once, constant latency",
    agents: 1,
    latency: STEADY,
    acceptances: () => bulk(60, 0),
  },
  { id: "bulk", name: "one agent, 60 chats at once", agents: 1, latency: JITTER, acceptances: () => bulk(60, 0) },
  {
    id: "bulk-later",
    name: "one agent, 60 chats at once, after 400 chats at two a second",
    agents: 1,
    latency: JITTER,
    beginsAtMs: 205_000,
    acceptances: () => [
      ...Array.from({ length: 400 }, (_, index) => ({ atMs: index * 500, agent: 0 })),
      ...bulk(60, 205_000),
    ],
  },
  startOfShift(100, 2),
  startOfShift(1000, 1),
  {
    id: "steady",
    name: "a steady day: 50 agents, 80 % of the limit, 2 min",
    agents: 50,
    latency: JITTER,
    acceptances: (random) => atRandom(random, 8, 0, 120_000, 50),
  },
  {
    id: "surge",
    name: "50 agents, 120 % for 1 min, then 40 % for 1 min",
    agents: 50,
    latency: JITTER,
    acceptances: (random) => [...atRandom(random, 12, 0, 60_000, 50), ...atRandom(random, 4, 60_000, 60_000, 50)],
  },
];

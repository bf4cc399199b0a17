/** The scenarios of docs/simulation-account.md. */

import { Scenario, SCENARIOS, startOfShift, joiningInMidBurst } from "./scenarios";

const SHIFT = startOfShift(100, 2);
const TEN_EACH = startOfShift(20, 10);

const QUIET: Scenario = {
  id: "quiet",
  name: "a quiet account: one chat a minute",
  agents: 5,
  latency: startOfShift(1, 1).latency,
  acceptances: (random) =>
    Array.from({ length: 20 }, (_, n) => ({ atMs: n * 60_000 + random() * 1000, agent: Math.floor(random() * 5) })),
};

const LOW_LIMIT: Scenario = {
  ...startOfShift(6, 3),
  id: "low-limit",
  name: "start of a shift: 6 agents, 3 chats each, at 3 joins a second",
  perSecond: 3,
};

/** To open a log takes two reads, and the service allows 200 reads at once and 20 a second. */
const OFFERED_OVER_MS = 120_000;

/** @param agents many. Their logs open one by one, as their chats are offered. */
export function offeredOverTime(agents: number, each: number, openingMs = OFFERED_OVER_MS): Scenario {
  const shift = startOfShift(agents, each);
  return { ...shift, id: `offered-${agents}`, name: `${shift.name}, offered within ${openingMs / 1000} s`, openingMs };
}

const AT_ONCE: Scenario = {
  ...startOfShift(1000, 1),
  id: "at-once-1000",
  name: "start of a shift: 1000 agents, 1 chat each, all offered at once",
};

/** The log service is lost in mid-burst. Half of the burst is left when it returns. */
export const OUTAGE: Scenario = {
  ...startOfShift(20, 20),
  id: "outage-20",
  name: "20 agents, 20 chats each; Sync is lost from 3 s to 23 s",
  outage: { fromMs: 3000, toMs: 23_000 },
};

export const UNSEEN: Scenario = {
  ...TEN_EACH,
  id: "unseen-20",
  name: "20 agents, 10 chats each; a server without the budget spends 30 % of the limit",
  unseenShare: 0.3,
};

/** They die with turns for up to ten calls. */
export const DYING_WITH_TURNS: Scenario = {
  ...TEN_EACH,
  id: "dying-20",
  name: "20 agents, 10 chats each; 25 % of the tabs die after 3 s, with turns for the rest of their chats",
  dyingShare: 0.25,
  diesAfterMs: 3000,
};

const STEADY = SCENARIOS.find(({ id }) => id === "steady") as Scenario;
const SURGE = SCENARIOS.find(({ id }) => id === "surge") as Scenario;

export const ACCOUNT_SCENARIOS: readonly Scenario[] = [
  QUIET,
  LOW_LIMIT,
  startOfShift(6, 10),
  startOfShift(20, 2),
  SHIFT,
  offeredOverTime(1000, 1),
  AT_ONCE,
  joiningInMidBurst(100, 2),
  { ...SHIFT, id: "dying-100", name: "100 agents, 2 chats each; 5 % of the tabs die in mid-burst", dyingShare: 0.05 },
  DYING_WITH_TURNS,
  { ...SHIFT, id: "held-100", name: "100 agents, 2 chats each; 30 % of the joins sent late", heldUpShare: 0.3 },
  OUTAGE,
  UNSEEN,
  STEADY,
  SURGE,
];

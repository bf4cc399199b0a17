/** Checks Sync as two agents' browsers would use it. */

import { reasonOf } from "../errors";
import { Findings } from "./findings";
import { Arrival, PushedItem, SyncAgent } from "./syncAgent";
import { SyncApi } from "./syncApi";

const PUSHES = 10;

const BURST = 50;

/** How long items that have been pushed may take to the other agent. */
const MAX_ARRIVAL_MS = 5000;

/** Above this, the plugin paces without the account budget. */
const SLOW_MS = 2000;

const ACCESS_DENIED = 54007;
const TOO_MANY_WRITES = 54009;

/** The items that a check with agents writes. */
export const AGENT_ITEMS = PUSHES + BURST + 1;

interface Push extends PushedItem {
  readonly startMs: number;
  readonly tookMs: number;
}

/** Adds what it finds. Closes its connections, also when it fails. */
export async function checkAgents(api: SyncApi, service: string, list: string, findings: Findings): Promise<void> {
  const agents: SyncAgent[] = [];
  const connect = async (name: string) => {
    const agent = await api.connectAgent(service, `flex-throttle-check-${name}`, list);
    agents.push(agent);
    return agent;
  };
  try {
    const writer = await connect("1");
    const reader = await connect("2");
    findings.add("agentOpens", "ok", "Agents can create a list, and open a list that another agent created.");
    await reader.push({ check: "reader" });
    const pushes = await pushInSequence(writer);
    findings.add("agentPushes", ...judgeLatency("Agents can push", pushes));
    findings.add("agentDates", ...judgeDates(pushes.map(({ storedAt }) => storedAt)));
    const burst = await pushAtOnce(writer, findings);
    const expected = [...pushes, ...burst];
    await waitForArrivals(reader, expected.length);
    findings.add("agentEvents", ...judgeArrivals(expected, reader.arrivals));
  } catch (error) {
    findings.add("agentAccess", "no", describeFailure(error));
  } finally {
    await Promise.all(agents.map((agent) => agent.close()));
  }
}

async function push(agent: SyncAgent, data: object): Promise<Push> {
  const startMs = performance.now();
  const item = await agent.push(data);
  return { ...item, startMs, tookMs: performance.now() - startMs };
}

async function pushInSequence(agent: SyncAgent): Promise<Push[]> {
  const pushes: Push[] = [];
  for (let n = 0; n < PUSHES; n += 1) pushes.push(await push(agent, { check: n }));
  return pushes;
}

/** @returns the pushes that Sync accepted. */
async function pushAtOnce(agent: SyncAgent, findings: Findings): Promise<Push[]> {
  const results = await Promise.allSettled(Array.from({ length: BURST }, (_, n) => push(agent, { check: n })));
  const accepted = results.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
  const reasons = results.flatMap((result) => (result.status === "rejected" ? [result.reason as unknown] : []));
  const slowestMs = Math.round(Math.max(0, ...accepted.map(({ tookMs }) => tookMs)));
  const values = { pushes: BURST, accepted: accepted.length, slowest: slowestMs };
  if (reasons.length === 0)
    findings.add(
      "agentBurst",
      "ok",
      `${BURST} pushes at once are all accepted, the last after ${slowestMs} ms.`,
      values,
    );
  else
    findings.add(
      "agentBurst",
      "warning",
      `${reasons.length} of ${BURST} pushes at once are rejected. ${describeFailure(reasons[0])}`,
      values,
    );
  return accepted;
}

async function waitForArrivals({ arrivals }: SyncAgent, count: number): Promise<void> {
  const endMs = performance.now() + MAX_ARRIVAL_MS;
  while (arrivals.length < count && performance.now() < endMs) await new Promise((resolve) => setTimeout(resolve, 20));
}

type Judgement = [verdict: "ok" | "warning", message: string, values: Record<string, number>];

/** @param what "Agents can push" */
export function judgeLatency(what: string, pushes: readonly { readonly tookMs: number }[]): Judgement {
  const took = pushes.map(({ tookMs }) => tookMs);
  const values = { median: medianOf(took), slowest: Math.round(Math.max(...took)) };
  const message = `${what}: ${values.median} ms in the median, ${values.slowest} ms at most.`;
  return values.slowest < SLOW_MS
    ? ["ok", message, values]
    : ["warning", `${message} Above ${SLOW_MS} ms, browsers pace without the account budget.`, values];
}

/** A date without milliseconds has 0 of them. Ten dates are never all 0 by chance. */
export function judgeDates(dates: readonly Date[]): Judgement {
  const withMilliseconds = dates.filter((date) => date.getMilliseconds() > 0).length;
  return withMilliseconds > 0
    ? ["ok", "Dates carry milliseconds.", { withMilliseconds }]
    : [
        "warning",
        "Dates carry no milliseconds: browsers estimate them from the times of receipt, with more 429s.",
        { withMilliseconds },
      ];
}

function judgeArrivals(pushes: readonly Push[], arrivals: readonly Arrival[]): Judgement {
  const starts = new Map(pushes.map(({ index, startMs }) => [index, startMs]));
  const ways = arrivals.flatMap(({ index, atMs }) => (starts.has(index) ? [atMs - (starts.get(index) as number)] : []));
  const missing = pushes.length - ways.length;
  const outOfOrder = arrivals.filter(({ index }, n) => n > 0 && index < arrivals[n - 1].index).length;
  const values = { median: medianOf(ways), missing, outOfOrder };
  if (missing > 0)
    return [
      "warning",
      `${missing} of ${pushes.length} items did not reach the other agent within ${MAX_ARRIVAL_MS / 1000} s.`,
      values,
    ];
  const order = outOfOrder === 0 ? "in order" : `${outOfOrder} of them out of order, which browsers sort`;
  return [
    "ok",
    `Another agent receives every item, ${values.median} ms after its push began (median), ${order}.`,
    values,
  ];
}

function medianOf(numbers: readonly number[]): number {
  const sorted = numbers.slice().sort((a, b) => a - b);
  return Math.round(sorted[Math.floor(sorted.length / 2)] ?? 0);
}

function describeFailure(error: unknown): string {
  const { code, status } = error as { code?: number; status?: number };
  if (code === ACCESS_DENIED)
    return "Access control forbids it (error 54007): see docs/account-budget.md#access-control.";
  if (code === TOO_MANY_WRITES) return "Too many writes (error 54009).";
  const details = [status && `status ${status}`, code && `error ${code}`].filter(Boolean).join(", ");
  return `An agent's browser cannot use Sync: ${reasonOf(error)}${details && ` (${details})`}.`;
}

// A run: chats that are sent at the same time under one setup, and whether their customers have an agent.

import type { ChatTask, StandIn } from "..";
import type { Channel, Member } from "../account";
import type { LogEntry } from "../gate";
import type { Budget } from "./budget";

const JOIN = "POST /WebChannels/Users";

/** A desktop that will retry has done so by then, unless Twilio asked it to wait longer. */
const STUCK_AFTER_MS = 10_000;

/**
 * "joined": the agent is or was in the chat. "stuck": the agent has accepted, the last join failed, and no other
 * followed. "left": the reservation ended before the agent joined.
 */
export type CustomerState = "joined" | "waiting" | "stuck" | "left";

export interface RunConditions {
  isWithPlugin: boolean;
  budget: Budget;
  /** Joins per second of the account. */
  joinLimit: number;
}

export interface Tally extends Record<CustomerState, number> {
  customers: number;
  /** Joins that were answered with 429. */
  throttledJoins: number;
}

export interface RunSummary extends RunConditions, Tally {
  id: number;
  /** Each customer's state, in the order of arrival. */
  states: CustomerState[];
  /** null: nobody has joined yet. */
  throttledPerJoin: number | null;
  /** Milliseconds from the first chat to the last join so far. null: nobody has joined yet. */
  lastJoinMs: number | null;
  byAgent: (Tally & { agent: string })[];
}

interface Customer {
  agent: string;
  reservationSid: string;
  joinedAtMs?: number;
  failedJoinAtMs?: number;
}

type Parts = Pick<StandIn, "gate" | "taskRouter">;

export class Run {
  private readonly startedAtMs: number;
  private readonly customers = new Map<string /* channel sid */, Customer>();
  private readonly throttledJoins = new Map<string /* agent */, number>();
  /** Entries of the log are reported again when their status is known. */
  private readonly throttledSeqs = new Set<number>();

  constructor(
    readonly id: number,
    readonly conditions: RunConditions,
    private readonly parts: Parts,
  ) {
    this.startedAtMs = parts.gate.elapsedMs;
  }

  add(agent: string, chats: readonly ChatTask[]): void {
    if (!this.throttledJoins.has(agent)) this.throttledJoins.set(agent, 0);
    for (const { channelSid, reservationSid } of chats) this.customers.set(channelSid, { agent, reservationSid });
  }

  recordMember(channel: Channel, member: Member): void {
    const customer = this.customers.get(channel.sid);
    if (customer?.agent === member.identity) customer.joinedAtMs = this.parts.gate.elapsedMs;
  }

  recordCall({ seq, operation, path, status, agent }: LogEntry): void {
    if (operation !== JOIN) return;
    const throttled = agent === undefined ? undefined : this.throttledJoins.get(agent);
    if (agent !== undefined && throttled !== undefined && status === 429 && !this.throttledSeqs.has(seq)) {
      this.throttledSeqs.add(seq);
      this.throttledJoins.set(agent, throttled + 1);
    }
    const customer = this.customers.get(/CH[0-9a-f]{32}/i.exec(path)?.[0] ?? "");
    if (!customer) return;
    if (hasFailed(status)) customer.failedJoinAtMs = this.parts.gate.elapsedMs;
    else delete customer.failedJoinAtMs;
  }

  summary(): RunSummary {
    const customers = [...this.customers.values()];
    const states = customers.map((customer) => this.stateOf(customer));
    const agents = [...this.throttledJoins.keys()];
    const statesOf = (agent: string) => states.filter((_, index) => customers[index]?.agent === agent);
    const byAgent = agents.map((agent) => ({
      agent,
      ...tally(statesOf(agent), this.throttledJoins.get(agent) ?? 0),
    }));
    const total = tally(
      states,
      [...this.throttledJoins.values()].reduce((sum, count) => sum + count, 0),
    );
    const joinTimes = customers.flatMap(({ joinedAtMs }) => (joinedAtMs === undefined ? [] : [joinedAtMs]));
    const hasJoins = joinTimes.length > 0;
    return {
      id: this.id,
      ...this.conditions,
      ...total,
      states,
      throttledPerJoin: hasJoins ? total.throttledJoins / joinTimes.length : null,
      lastJoinMs: hasJoins ? Math.max(...joinTimes) - this.startedAtMs : null,
      byAgent,
    };
  }

  private stateOf({ reservationSid, joinedAtMs, failedJoinAtMs }: Customer): CustomerState {
    if (joinedAtMs !== undefined) return "joined";
    const { status } = this.parts.taskRouter.reservation(reservationSid);
    if (status === "pending") return "waiting";
    if (status !== "accepted") return "left";
    const isStuck = failedJoinAtMs !== undefined && this.parts.gate.elapsedMs - failedJoinAtMs >= STUCK_AFTER_MS;
    return isStuck ? "stuck" : "waiting";
  }
}

/** 409: the agent is in the chat already. */
function hasFailed(status: LogEntry["status"]): boolean {
  return typeof status === "number" && status >= 400 && status !== 409;
}

function tally(states: readonly CustomerState[], throttledJoins: number): Tally {
  const count = (wanted: CustomerState) => states.filter((state) => state === wanted).length;
  return {
    customers: states.length,
    joined: count("joined"),
    waiting: count("waiting"),
    stuck: count("stuck"),
    left: count("left"),
    throttledJoins,
  };
}

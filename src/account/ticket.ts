/**
 * Tickets: what browsers write to the log of a limit to ask for starts. A ticket holds nothing of customers. Tickets of
 * other browsers are input and never trusted.
 *
 * @see docs/adr/0007-account-budget-over-sync.md for the format.
 */

import { isObject } from "../helpers/isObject";
import { tryTo } from "../helpers/tryTo";
import { LogItem } from "./engine";

/** `high`: a customer waits, or Twilio answered a call with 429. */
export type TicketClass = "high" | "low";

/** What the sender knew of the queue, for browsers that read the log from the middle. */
export interface Snapshot {
  /** Every ticket up to this index has its turns. */
  readonly lastIndex: number;
  /** The last turns, oldest first, in milliseconds on the service's clock. */
  readonly turnsMs: readonly number[];
}

/** A turn in milliseconds on the service's clock, and how much later its call arrived, in milliseconds. */
export type LateTurn = readonly [turnMs: number, lateMs: number];

export interface Ticket {
  /** The sender and a number. An item that the service stored twice counts once. */
  readonly id: string;
  /** Random for each browser tab. The first part of the id. */
  readonly sender: string;
  /** The number of starts it asks for. 0 if it only reports late turns. */
  readonly calls: number;
  readonly class: TicketClass;
  /** Whether it repeats a call that got a 429. */
  readonly isRetry: boolean;
  /** When it was sent, on the service's clock as far as the sender knew it. */
  readonly sentAtMs?: number;
  readonly snapshot?: Snapshot;
  /** Turns that the sender used late. Each is reported once. */
  readonly lateTurns?: readonly LateTurn[];
}

/** A ticket as it is stored. Short keys, because the service's limits on writes depend on the size. */
interface StoredTicket {
  readonly v: number;
  readonly id: string;
  readonly n: number;
  readonly c?: 1;
  readonly r?: 1;
  readonly t?: number;
  /** The last index, the first turn, and the milliseconds from each turn to the next. */
  readonly s?: readonly number[];
  /** Turns that the sender used late. */
  readonly l?: readonly LateTurn[];
}

/** Why a ticket does not count. */
export type IgnoredTicket = "malformed" | "absurd" | "stale";

const VERSION = 1;

export const MAX_CALLS_PER_TICKET = 10;

/** A turn that was missed by more is lost, so that the call gets another. A smaller delay costs less than a new turn. */
export const MAX_LATE_MS = 1000;

/** Larger items of a Sync List reduce its limit on writes. */
const MAX_BYTES = 1024;

/** Above this, a snapshot would not fit into a ticket. */
const MAX_SNAPSHOT_TURNS = 100;

/** No honest queue is longer. A browser omits a snapshot that reaches further. */
const MAX_AHEAD_MS = 300_000;

/** The service may store a ticket long after its sender gave it up, for example when the connection was lost. */
const MAX_AGE_MS = 3000;

const ID = /^([\w-]{1,24})\.\w{1,12}$/;

/** Returns what to store. The snapshot is omitted if it is too large. */
export function formatTicket({
  id,
  calls,
  class: priority,
  isRetry,
  sentAtMs,
  snapshot,
  lateTurns,
}: Ticket): StoredTicket {
  const stored: StoredTicket = {
    v: VERSION,
    id,
    n: calls,
    ...(priority === "high" && { c: 1 as const }),
    ...(isRetry && { r: 1 as const }),
    ...(sentAtMs !== undefined && { t: Math.round(sentAtMs) }),
    ...(lateTurns && { l: lateTurns }),
  };
  if (!snapshot || snapshot.turnsMs.length > MAX_SNAPSHOT_TURNS) return stored;
  const { lastIndex, turnsMs } = snapshot;
  const full = { ...stored, s: [lastIndex, ...turnsMs.map((ms, n) => (n > 0 ? ms - turnsMs[n - 1] : ms))] };
  return JSON.stringify(full).length <= MAX_BYTES ? full : stored;
}

/** Reads a stored ticket of any browser. */
export function readTicket({ index, committedAtMs, data }: LogItem): Ticket | IgnoredTicket {
  if (!isSmallObject(data)) return "malformed";
  const { v, id, n, c, r, t, s, l } = data;
  const sender = typeof id === "string" ? ID.exec(id)?.[1] : undefined;
  if (!isCount(v) || v < VERSION || sender === undefined || !isCount(n)) return "malformed";
  if (n > MAX_CALLS_PER_TICKET || (n === 0 && l === undefined)) return "absurd";
  const core = { id: id as string, sender, calls: n };
  // A later format keeps these fields. What else it says is unknown here.
  if (v > VERSION) return { ...core, class: "low", isRetry: false };
  if (!isFlag(c) || !isFlag(r) || !(t === undefined || isCount(t))) return "malformed";
  if (t !== undefined && committedAtMs - t > MAX_AGE_MS) return "stale";
  const snapshot = s === undefined ? undefined : readSnapshot(s);
  if (snapshot === null) return "malformed";
  if (snapshot && !isPlausible(snapshot, index, committedAtMs)) return "absurd";
  if (!(l === undefined || areLateTurns(l))) return "malformed";
  return { ...core, class: c === 1 ? "high" : "low", isRetry: r === 1, sentAtMs: t, snapshot, lateTurns: l };
}

function areLateTurns(stored: unknown): stored is LateTurn[] {
  const isLateTurn = (each: unknown) =>
    Array.isArray(each) && each.length === 2 && each.every(isCount) && each[1] <= MAX_LATE_MS;
  return Array.isArray(stored) && stored.length <= MAX_CALLS_PER_TICKET && stored.every(isLateTurn);
}

function readSnapshot(stored: unknown): Snapshot | null {
  if (!Array.isArray(stored) || stored.length < 2 || stored.length > MAX_SNAPSHOT_TURNS + 1) return null;
  if (!stored.every(isCount)) return null;
  const [lastIndex, ...steps] = stored;
  let turnMs = 0;
  return { lastIndex, turnsMs: steps.map((step) => (turnMs += step)) };
}

function isPlausible({ lastIndex, turnsMs }: Snapshot, index: number, committedAtMs: number): boolean {
  return lastIndex < index && turnsMs[turnsMs.length - 1] <= committedAtMs + MAX_AHEAD_MS;
}

function isSmallObject(data: unknown): data is Record<string, unknown> {
  return isObject(data) && (tryTo(() => JSON.stringify(data).length) ?? Infinity) <= MAX_BYTES;
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
const isFlag = (value: unknown) => value === undefined || value === 1;

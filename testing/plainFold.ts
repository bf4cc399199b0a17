/** The rules of the account budget's turns, written down plainly, to compare the fold with. */

import { LogItem } from "../src/account/engine";
import { FoldSettings } from "../src/account/fold";
import { readTicket, Ticket } from "../src/account/ticket";

export type Turns = readonly { readonly atMs: number; readonly freeMs: number; readonly id?: string }[];

interface PlainTicket {
  readonly ticket: Ticket;
  readonly index: number;
  readonly atMs: number;
  readonly readyMs: number;
  left: number;
  isCounted: boolean | undefined;
}

interface PlainTurn {
  readonly atMs: number;
  readonly id: string;
  readonly ticket: Ticket;
  freeMs: number;
  lateMs: number;
  isTold: boolean;
}

function datedTickets(items: readonly LogItem[]): PlainTicket[] {
  const ids = new Set<string>();
  let dateMs = -Infinity;
  return items
    .slice()
    .sort((a, b) => a.index - b.index)
    .flatMap((item) => {
      const ticket = readTicket(item);
      if (typeof ticket === "string" || ids.has(ticket.id)) return [];
      ids.add(ticket.id);
      const atMs = Math.max(dateMs, item.committedAtMs);
      dateMs = atMs;
      return [{ ticket, index: item.index, atMs, readyMs: atMs + 150, left: ticket.calls, isCounted: undefined }];
    });
}

/** Decides whether a ticket counts, and what it tells of earlier turns. */
function count(each: PlainTicket, tickets: readonly PlainTicket[], turns: readonly PlainTurn[], size: number): void {
  if (each.isCounted !== undefined) return;
  const isSender = ({ sender }: Ticket) => sender === each.ticket.sender;
  const waiting = tickets.filter(({ ticket, isCounted }) => isCounted && isSender(ticket));
  const started = turns.filter(({ atMs, ticket }) => atMs >= each.atMs && isSender(ticket));
  const outstanding = waiting.reduce((sum, { left }) => sum + left, started.length);
  each.isCounted = outstanding + each.ticket.calls <= 30;
  if (!each.isCounted) each.left = 0;
  const queue = tickets.filter((other) => other.isCounted && other !== each).reduce((sum, { left }) => sum + left, 0);
  const refused = turns.filter(
    ({ atMs, freeMs, ticket }) =>
      atMs >= each.atMs - 1000 && atMs < each.atMs && freeMs === Infinity && isSender(ticket),
  );
  if (each.ticket.isRetry && queue <= size) refused.slice(-1).forEach((turn) => (turn.freeMs = each.readyMs));
  for (const [turnMs, lateMs] of each.ticket.lateTurns ?? []) {
    const used = turns.find(({ atMs, isTold, ticket }) => atMs === turnMs && !isTold && isSender(ticket));
    if (used) Object.assign(used, { lateMs, isTold: true });
  }
}

function findSlotMs(turns: readonly PlainTurn[], size: number, windowMs: number): number {
  const endOf = ({ atMs, lateMs, freeMs }: PlainTurn) => Math.min(atMs + lateMs + windowMs, freeMs);
  const lastMs = turns.length > 0 ? turns[turns.length - 1].atMs : -Infinity;
  const recent = turns.filter((turn) => endOf(turn) > lastMs);
  const isOpen = (slotMs: number) => recent.filter((turn) => endOf(turn) > slotMs).length < size;
  const candidates = recent.map(endOf);
  return [lastMs, ...candidates.sort((a, b) => a - b)].find(isOpen) as number;
}

/** Computes the turns by the rules of docs/adr/0007-account-budget-over-sync.md, without any regard to cost. */
export function foldPlainly(items: readonly LogItem[], { perSecond, guard }: FoldSettings): Turns {
  const size = Math.max(1, Math.floor(perSecond));
  const windowMs = Math.ceil(1000 * (Math.max(1, 1 / perSecond) + guard * Math.sqrt(10 / size)));
  const tickets = datedTickets(items);
  const turns: PlainTurn[] = [];
  for (;;) {
    let slotMs = findSlotMs(turns, size, windowMs);
    tickets.forEach((each) => {
      if (each.atMs <= slotMs) count(each, tickets, turns, size);
      slotMs = findSlotMs(turns, size, windowMs);
    });
    const pending = tickets.filter(({ left, isCounted }) => left > 0 && isCounted);
    if (pending.length === 0) {
      const next = tickets.find(({ isCounted }) => isCounted === undefined);
      if (!next) return turns.map(({ atMs, freeMs, id }) => ({ atMs, freeMs, id }));
      count(next, tickets, turns, size);
      continue;
    }
    const settled = pending.filter(({ readyMs }) => readyMs + 500 <= slotMs);
    const rank = ({ ticket, atMs }: PlainTicket) => (ticket.class === "high" || atMs + 30_000 <= slotMs ? 0 : 1);
    const chosen = settled.sort((a, b) => rank(a) - rank(b) || a.index - b.index)[0] ?? pending[0];
    chosen.left -= 1;
    const { ticket, readyMs } = chosen;
    turns.push({ atMs: Math.max(slotMs, readyMs), id: ticket.id, ticket, freeMs: Infinity, lateMs: 0, isTold: false });
  }
}

/** The entries of the fold: tickets, and reservations for tickets that have not arrived. */

import { Ticket } from "./ticket";

/** Times are on the service's clock. */
export interface Entry {
  readonly index: number;
  readonly ticket: Ticket;
  readonly committedAtMs: number;
  /** Never before the date of an earlier index. */
  atMs: number;
  /** Whether it follows no other ticket closely. */
  isAlone: boolean;
  /** 0 once it is found to exceed its sender's share. */
  calls: number;
  placed: number;
  lastTurnMs: number;
}

export const createEntry = (index: number, ticket: Ticket, committedAtMs: number): Entry => ({
  index,
  ticket,
  committedAtMs,
  atMs: 0,
  isAlone: false,
  calls: ticket.calls,
  placed: 0,
  lastTurnMs: 0,
});

/** No ticket has such an id. */
const reservedId = (index: number) => `?${index}`;

/** Asks for one call, which is what most tickets do, in the class that loses the most by a wrong turn. */
export function createReservation(index: number, committedAtMs: number): Entry {
  const id = reservedId(index);
  return createEntry(index, { id, sender: id, calls: 1, class: "high", isRetry: false }, committedAtMs);
}

export const isReservation = ({ index, ticket }: Entry) => ticket.id === reservedId(index);

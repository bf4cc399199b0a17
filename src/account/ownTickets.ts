/** The tickets of this browser: as many as its calls need, each asked for a little ahead. */

import { OwnTicket } from "./ownTicket";
import { MAX_CALLS_PER_TICKET, TicketClass } from "./ticket";

/** One start that a ticket asks for. */
export interface OwnCall {
  readonly ticket: OwnTicket;
  /** Its place among the ticket's turns. */
  readonly call: number;
}

/** The next ticket is pushed when this few calls are left of the others. */
const MAX_LEFT = MAX_CALLS_PER_TICKET / 2;

export class OwnTickets {
  private tickets: OwnTicket[] = [];
  private lastNumber = 0;
  private retries = 0;

  /** @param sender the first part of the ids. */
  constructor(readonly sender: string) {}

  get isEmpty(): boolean {
    return this.tickets.length === 0;
  }

  /** The tickets that may still grant turns. */
  get all(): readonly OwnTicket[] {
    return this.tickets;
  }

  get planned(): readonly OwnTicket[] {
    return this.tickets.filter(({ state }) => state === "planned");
  }

  /** Whether a call has been taken whose turn is not known yet. */
  get hasGuessedTurn(): boolean {
    return this.tickets.some(({ state, calls, untaken }) => state !== "stored" && untaken < calls);
  }

  find(id: string): OwnTicket | undefined {
    return this.tickets.find((ticket) => ticket.id === id);
  }

  countUntaken(priority?: TicketClass): number {
    return this.tickets.reduce(
      (sum, ticket) => (priority && ticket.priority !== priority ? sum : sum + ticket.untaken),
      0,
    );
  }

  /** The next urgent call gets a ticket of its own: the call that got the 429, if it is repeated. */
  addRetry(): void {
    this.retries += 1;
  }

  /**
   * Plans tickets until they ask for as many starts as calls wait, but for no more than a few ahead.
   *
   * @param urgent how many of the waiting calls are of the high class.
   */
  plan(waiting: number, urgent: number): void {
    // The calls may have been canceled.
    if (waiting === 0) return this.drop(({ state, untaken, calls }) => state === "planned" && untaken === calls);
    let untaken = this.countUntaken();
    for (; untaken < waiting && this.retries > 0 && urgent > this.countUntaken("high"); untaken += 1) {
      this.retries -= 1;
      this.add(1, "high", true);
    }
    while (untaken < waiting) {
      const high = this.countUntaken("high");
      const lacking = urgent - high;
      // Urgent calls do not wait for the turns of the others.
      if (untaken > MAX_LEFT && (lacking <= 0 || high > 0)) return;
      const calls = Math.min(MAX_CALLS_PER_TICKET, lacking > 0 ? lacking : Infinity, waiting - untaken);
      this.ask(calls, lacking > 0 ? "high" : "low");
      untaken += calls;
    }
  }

  /** Takes this call. Without one, asks for another in a ticket that has not been pushed yet. */
  take(next: OwnCall | undefined): OwnCall {
    const taken = next ?? this.ask(1, "high");
    taken.ticket.setTaken(taken.call, true);
    return taken;
  }

  /** Makes a taken call available again. */
  giveBack({ ticket, call }: OwnCall): void {
    ticket.setTaken(call, false);
    if (!this.tickets.includes(ticket)) this.tickets.push(ticket);
  }

  /**
   * Gives up missed turns, removes tickets that are used up, and returns the call with the earliest turn.
   *
   * @param startOf when its turn comes.
   */
  findNext(startOf: (call: OwnCall) => number, isLost: (call: OwnCall) => boolean): OwnCall | undefined {
    let found: OwnCall | undefined;
    let foundMs = Infinity;
    this.tickets = this.tickets.filter((ticket) => {
      let call = ticket.nextCall();
      for (; call >= 0 && isLost({ ticket, call }); call = ticket.nextCall()) ticket.setTaken(call, true);
      // The turns of taken calls are known once the ticket is stored.
      if (call < 0) return ticket.state === "planned" || ticket.state === "sent";
      const startMs = startOf({ ticket, call });
      if (startMs < foundMs) {
        found = { ticket, call };
        foundMs = startMs;
      }
      return true;
    });
    return found;
  }

  /** Drops tickets. Their calls need others. */
  drop(isDropped: (ticket: OwnTicket) => boolean): void {
    this.tickets = this.tickets.filter((ticket) => {
      if (!isDropped(ticket)) return true;
      ticket.state = "dropped";
      return false;
    });
  }

  /** Adds calls to a ticket that is not pushed yet, or to a new one. @returns the first of them. */
  private ask(calls: number, priority: TicketClass): OwnCall {
    const open = this.planned.find(
      (ticket) => ticket.priority === priority && !ticket.isRetry && ticket.calls + calls <= MAX_CALLS_PER_TICKET,
    );
    if (!open) return { ticket: this.add(calls, priority, false), call: 0 };
    open.calls += calls;
    return { ticket: open, call: open.calls - calls };
  }

  private add(calls: number, priority: TicketClass, isRetry: boolean): OwnTicket {
    this.lastNumber += 1;
    const ticket = new OwnTicket(`${this.sender}.${this.lastNumber.toString(36)}`, calls, priority, isRetry);
    this.tickets.push(ticket);
    return ticket;
  }
}

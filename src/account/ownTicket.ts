/** A ticket of this browser, and which of its calls have been taken. */

import { TicketClass } from "./ticket";

/** `sent`: not known to be stored. `dropped`: it grants no turns. */
export type TicketState = "planned" | "sent" | "stored" | "dropped";

export class OwnTicket {
  state: TicketState = "planned";
  /** Not pushed before this time, because the service refused it. */
  notBeforeMs = -Infinity;
  refusals = 0;
  /** By call, in the order of their turns. */
  private readonly isTaken: boolean[] = [];

  constructor(
    readonly id: string,
    public calls: number,
    readonly priority: TicketClass,
    readonly isRetry: boolean,
  ) {}

  get untaken(): number {
    return this.state === "dropped" ? 0 : this.calls - this.isTaken.filter(Boolean).length;
  }

  /** The first call that nobody has taken, -1 if there is none. */
  nextCall(): number {
    if (this.state === "dropped") return -1;
    for (let call = 0; call < this.calls; call += 1) if (!this.isTaken[call]) return call;
    return -1;
  }

  setTaken(call: number, isTaken: boolean): void {
    this.isTaken[call] = isTaken;
  }
}

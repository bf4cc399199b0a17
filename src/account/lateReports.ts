/**
 * Reports to the other browsers which of this browser's turns were used late, so that their calls start later, too.
 * Otherwise these would get 429s: Twilio counts a call when it arrives.
 */

import { Clock } from "../throttle/clock";
import { LimitLog } from "./limitLog";
import { LateTurn, MAX_CALLS_PER_TICKET, MAX_LATE_MS } from "./ticket";

/** A late call may travel longer than the quickest write, from which its arrival is estimated. */
const MARGIN_MS = 20;

/** Later, a report would hardly delay a call that is still to come. */
const KEPT_MS = 2000;

export class LateReports {
  private unreported: (readonly [LateTurn, number])[] = [];
  private isReporting = false;
  private lastNumber = 0;

  constructor(
    private readonly log: LimitLog,
    private readonly sender: string,
    private readonly clock: Clock,
  ) {}

  add([turnMs, lateMs]: LateTurn): void {
    this.unreported.push([[turnMs, Math.min(lateMs + MARGIN_MS, MAX_LATE_MS)], this.clock.now()]);
    void this.report();
  }

  /** Pushes a ticket if others wait. One at a time: a page that is late has little time. */
  async report(): Promise<void> {
    const { log, clock } = this;
    this.unreported = this.unreported.filter(([, usedMs]) => usedMs > clock.now() - KEPT_MS);
    if (this.unreported.length === 0 || this.isReporting || !log.connection.canPush || !log.hasOthersWaiting) return;
    const lateTurns = this.unreported.splice(0, MAX_CALLS_PER_TICKET).map(([turn]) => turn);
    this.lastNumber += 1;
    this.isReporting = true;
    const id = `${this.sender}._${this.lastNumber}`;
    // Without the report, others may get a 429.
    await log.push({ id, sender: this.sender, calls: 0, class: "low", isRetry: false, lateTurns }).catch(() => {});
    this.isReporting = false;
    await this.report();
  }
}

import { performance } from "perf_hooks";

const BURST_SECONDS = 10;

/** A token bucket that holds ten seconds' worth of its rate, as Twilio's page "Sync Limits" has it. */
export class RateMeter {
  private spent = 0;
  private spentAtMs = 0;

  constructor(private readonly now: () => number = () => performance.now()) {}

  /** Takes the cost if it is available. The rate may differ from call to call. */
  take(cost: number, perSecond: number): boolean {
    const nowMs = this.now();
    const spent = Math.max(0, this.spent - ((nowMs - this.spentAtMs) / 1000) * perSecond);
    if (spent + cost > perSecond * BURST_SECONDS) return false;
    this.spent = spent + cost;
    this.spentAtMs = nowMs;
    return true;
  }
}

/** The clock of one page, on a virtual clock that all pages share. */

import { Clock } from "../src/throttle/clock";

export class PageClock implements Clock {
  /** Whether its page is gone, so that its timers no longer fire. */
  isStopped = false;

  /** @param offsetMs how far it is ahead. */
  constructor(
    private readonly clock: Clock,
    private readonly offsetMs = 0,
  ) {}

  now(): number {
    return this.clock.now() + this.offsetMs;
  }

  schedule(callback: () => void, delayMs: number): () => void {
    const fire = () => {
      if (!this.isStopped) callback();
    };
    return this.clock.schedule(fire, delayMs);
  }

  stop(): void {
    this.isStopped = true;
  }
}

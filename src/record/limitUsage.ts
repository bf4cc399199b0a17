/** Recent starts, 429s, rates and cool-downs of one limit. Times are on the throttle's clock. */

import { CountRing } from "./countRing";

/** The time span of the plot in the view. */
const SHOWN_SECONDS = 300;

const MINUTE_MS = 60_000;
const MINUTES = 60;

/** Rates and cool-down from `atMs` until the next state. */
export interface LimitState {
  readonly atMs: number;
  readonly configuredPerSecond: number;
  /** Rounded to one decimal. */
  readonly adaptivePerSecond: number;
  readonly coolDownUntilMs: number;
}

export class LimitUsage {
  private readonly starts = new CountRing(1000, SHOWN_SECONDS);
  private readonly throttledBySecond = new CountRing(1000, SHOWN_SECONDS);
  private readonly throttled = new CountRing(MINUTE_MS, MINUTES);
  private total = 0;
  private recentStates: readonly LimitState[] = [];

  recordStart(nowMs: number): void {
    this.total += 1;
    this.starts.increment(nowMs);
  }

  recordThrottled(nowMs: number): void {
    this.throttled.increment(nowMs);
    this.throttledBySecond.increment(nowMs);
  }

  recordStatus(
    nowMs: number,
    { configuredPerSecond, adaptivePerSecond, coolDownUntilMs }: Omit<LimitState, "atMs">,
  ): void {
    const state = { configuredPerSecond, adaptivePerSecond: Math.round(adaptivePerSecond * 10) / 10, coolDownUntilMs };
    const states = this.recentStates;
    const last = states[states.length - 1];
    if (last && (Object.keys(state) as (keyof typeof state)[]).every((name) => last[name] === state[name])) return;
    const isShown = (_: LimitState, index: number) => !(states[index + 1]?.atMs <= nowMs - SHOWN_SECONDS * 1000);
    this.recentStates = [...states.filter(isShown), { atMs: nowMs, ...state }];
  }

  /** Starts since the page loaded. */
  get calls(): number {
    return this.total;
  }

  /** The states of the last five minutes, oldest first. The first one may have begun earlier. */
  get states(): readonly LimitState[] {
    return this.recentStates;
  }

  /** @returns starts per second for the last five minutes, oldest first. The last second is still running. */
  countStartsBySecond(nowMs: number): readonly number[] {
    return this.starts.read(nowMs);
  }

  /** @returns 429s in the same seconds. */
  countThrottledBySecond(nowMs: number): readonly number[] {
    return this.throttledBySecond.read(nowMs);
  }

  countThrottledInLastHour(nowMs: number): number {
    return this.throttled.sum(nowMs);
  }
}

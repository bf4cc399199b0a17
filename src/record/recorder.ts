/** Records what the throttle does, for admins and support. It only listens, and its memory is bounded. */

import { Throttle, ThrottleEvent } from "../flexThrottle";
import { RATE_LIMIT_IDS, RateLimitId } from "../limits/limits";
import { Settings } from "../settings/readSettings";
import { describe429 } from "./describe429";
import { EventLog, LogEntry } from "./eventLog";
import { Observation, ObservationRecorder } from "./observation";
import { LimitUsage } from "./limitUsage";

export interface RecorderOptions {
  readonly throttle: Throttle;
  readonly settings: () => Settings;
  /** Milliseconds since 1970. */
  readonly wallClock: () => number;
  /** Measurements of an earlier page. */
  readonly previousObservation?: Observation;
}

/** Reading the state of all limits is too slow for every call. */
const SAMPLE_EVERY_MS = 1000;

export class Recorder {
  private sampledAtMs = -Infinity;
  private readonly log = new EventLog();
  private readonly usages: ReadonlyMap<RateLimitId, LimitUsage> = new Map(
    RATE_LIMIT_IDS.map((id) => [id, new LimitUsage()]),
  );
  private observationRecorder: ObservationRecorder | undefined;
  /** Start of the time not yet added to the observation, on the throttle's clock. */
  private observingSinceMs: number | undefined;

  private readonly callNumbers = new WeakMap<object, number>();
  private lastCallNumber = 0;

  constructor(private readonly options: RecorderOptions) {
    const { previousObservation } = this.options;
    if (previousObservation) this.observationRecorder = new ObservationRecorder(previousObservation);
  }

  /** @returns a function that stops recording. */
  start(): () => void {
    this.recordSettingsChange();
    return this.options.throttle.onEvent((event) => this.recordEvent(event));
  }

  /** Number of decisions ever recorded. Unchanged means that nothing was added. */
  get eventCount(): number {
    return this.log.count;
  }

  /** The latest decisions, oldest first. */
  get events(): readonly LogEntry[] {
    return this.log.read();
  }

  getUsage(limit: RateLimitId): LimitUsage {
    return this.usages.get(limit) as LimitUsage;
  }

  /** Records rates and cool-downs. Call this while they are shown: between events nothing else does. */
  recordLimits(): void {
    const { throttle } = this.options;
    this.sampledAtMs = throttle.now();
    for (const status of throttle.limitStatuses()) this.getUsage(status.id).recordStatus(this.sampledAtMs, status);
  }

  /** Measurements of mode `observe`; undefined unless it is or was in use. */
  get observation(): Observation | undefined {
    this.updateMeasuredTime();
    return this.observationRecorder?.read();
  }

  resetObservation(): void {
    this.observationRecorder = undefined;
    this.observingSinceMs = undefined;
    this.recordSettingsChange();
  }

  /** Call this after new settings apply. */
  recordSettingsChange(): void {
    const { throttle, wallClock } = this.options;
    this.updateMeasuredTime();
    this.recordLimits();
    const isObserving = throttle.mode === "observe";
    if (isObserving) this.observationRecorder ??= new ObservationRecorder({ sinceMs: wallClock() });
    this.observingSinceMs = isObserving ? throttle.now() : undefined;
    this.addEntry({ call: "settings", limits: [], outcome: "settings", reason: throttle.mode });
  }

  /** Records that an Action was deferred, or how a deferred Action ended. */
  recordDeferred(action: string, state: "deferred" | "done" | "failed" | "lost"): void {
    this.addEntry({ call: action, limits: [], outcome: state === "deferred" ? state : (`deferred-${state}` as const) });
  }

  private recordEvent(event: ThrottleEvent): void {
    const { name, limits } = event.call;
    const entry = { callNumber: this.numberOf(event.call), call: name, limits };
    switch (event.type) {
      case "sent":
        this.recordSent(event.limits);
        this.addEntry({
          ...entry,
          limits: event.limits,
          outcome: "sent",
          waitMs: Math.round(event.waitedMs),
          attempt: event.attempt,
        });
        break;
      case "throttled":
        this.recordThrottled(event.limits);
        this.addEntry({
          ...entry,
          outcome: event.isRetried ? "retried" : "throttled",
          attempt: event.attempt,
          reason: describe429(event.tooMany),
        });
        break;
      case "dropped":
        // Without an error it was dropped after a 429, which is logged already.
        if (event.error)
          this.addEntry({
            ...entry,
            outcome: "dropped",
            remainingWaitMs: event.error.waitMs && Math.round(event.error.waitMs),
            reason: event.error.name,
          });
        break;
      case "aborted":
        this.addEntry({ ...entry, outcome: "aborted" });
    }
  }

  private numberOf(call: object): number {
    const known = this.callNumbers.get(call);
    if (known !== undefined) return known;
    this.lastCallNumber += 1;
    this.callNumbers.set(call, this.lastCallNumber);
    return this.lastCallNumber;
  }

  private recordSent(limits: readonly RateLimitId[]): void {
    const nowMs = this.options.throttle.now();
    limits.forEach((id) => this.getUsage(id).recordStart(nowMs));
    if (nowMs - this.sampledAtMs >= SAMPLE_EVERY_MS) this.recordLimits();
    if (this.observingSinceMs !== undefined)
      this.observationRecorder?.recordStart(limits, this.options.settings().rates, nowMs);
  }

  private recordThrottled(limits: readonly RateLimitId[]): void {
    const nowMs = this.options.throttle.now();
    limits.forEach((id) => this.getUsage(id).recordThrottled(nowMs));
    this.recordLimits();
    if (this.observingSinceMs !== undefined)
      this.observationRecorder?.recordThrottled(limits, this.options.settings().rates);
  }

  private updateMeasuredTime(): void {
    if (this.observingSinceMs === undefined) return;
    const nowMs = this.options.throttle.now();
    this.observationRecorder?.addMeasuredTime(nowMs - this.observingSinceMs);
    this.observingSinceMs = nowMs;
  }

  private addEntry(entry: Omit<LogEntry, "atMs">): void {
    this.log.add({ atMs: this.options.wallClock(), ...entry });
  }
}

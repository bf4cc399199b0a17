/** Keeps what an admin and support want to know of what the throttle did. Only listens; what it keeps is bounded. */

import { RATE_LIMIT_IDS, RateLimitId } from "../limits/limits";
import { Settings } from "../settings/readSettings";
import { Throttle } from "../throttle/throttle";
import { ThrottleEvent } from "../throttle/throttleEvent";
import { EventLog, LogEntry } from "./eventLog";
import { Observation, Observer } from "./observation";
import { Usage } from "./usage";

export interface RecorderOptions {
  readonly throttle: Throttle;
  readonly settings: () => Settings;
  /** The machine's clock: milliseconds since 1970. */
  readonly wallClock: () => number;
  /** What an earlier page has observed. */
  readonly before?: Observation;
}

export class Recorder {
  private readonly log = new EventLog();
  private readonly usages: ReadonlyMap<RateLimitId, Usage> = new Map(RATE_LIMIT_IDS.map((id) => [id, new Usage()]));
  private observer: Observer | undefined;
  /** Since when, on the throttle's clock, it is observed without a break. */
  private observingSinceMs: number | undefined;

  constructor(private readonly options: RecorderOptions) {
    if (options.before) this.observer = new Observer(options.before.sinceMs, options.before);
  }

  /** @returns ends it. */
  start(): () => void {
    this.settingsChanged();
    return this.options.throttle.onEvent((event) => this.hear(event));
  }

  /** How many decisions there ever were. While it is the same, nothing was added. */
  get version(): number {
    return this.log.count;
  }

  /** The last decisions, oldest first. */
  get events(): readonly LogEntry[] {
    return this.log.read();
  }

  usageOf(limit: RateLimitId): Usage {
    return this.usages.get(limit) as Usage;
  }

  /** What was measured in the mode `observe`, if it ever was. */
  get observation(): Observation | undefined {
    this.countTime();
    return this.observer?.read();
  }

  forgetObservation(): void {
    this.observer = undefined;
    this.observingSinceMs = undefined;
    this.settingsChanged();
  }

  /** To be called when other settings hold. */
  settingsChanged(): void {
    const { throttle, wallClock } = this.options;
    this.countTime();
    const isObserving = throttle.mode === "observe";
    if (isObserving) this.observer ??= new Observer(wallClock());
    this.observingSinceMs = isObserving ? throttle.now() : undefined;
    this.add({ call: "settings", limits: [], outcome: "settings", reason: throttle.mode });
  }

  /** An Action was put off, or it is known what became of one. */
  deferred(action: string, state: "deferred" | "done" | "failed" | "lost"): void {
    this.add({ call: action, limits: [], outcome: state === "deferred" ? state : (`deferred-${state}` as const) });
  }

  private hear(event: ThrottleEvent): void {
    const { call, type } = event;
    const { name, limits } = call;
    switch (type) {
      case "sent":
        this.sent(event.limits);
        this.add({
          call: name,
          limits: event.limits,
          outcome: "sent",
          waitMs: Math.round(event.waitedMs),
          attempt: event.attempt,
        });
        break;
      case "throttled":
        this.refused(event.limits);
        this.add({ call: name, limits, outcome: event.isRetried ? "retried" : "throttled" });
        break;
      case "dropped":
        // That of one which Twilio refused stands there already.
        if (event.error)
          this.add({
            call: name,
            limits,
            outcome: "dropped",
            wouldWaitMs: rounded(event.error.waitMs),
            reason: event.error.name,
          });
        break;
      case "aborted":
        this.add({ call: name, limits, outcome: "aborted" });
    }
  }

  private sent(limits: readonly RateLimitId[]): void {
    const nowMs = this.options.throttle.now();
    limits.forEach((id) => this.usageOf(id).started(nowMs));
    if (this.observingSinceMs !== undefined) this.observer?.started(limits, this.options.settings().rates, nowMs);
  }

  private refused(limits: readonly RateLimitId[]): void {
    const nowMs = this.options.throttle.now();
    limits.forEach((id) => this.usageOf(id).refused(nowMs));
    if (this.observingSinceMs !== undefined) this.observer?.refused(limits, this.options.settings().rates);
  }

  private countTime(): void {
    if (this.observingSinceMs === undefined) return;
    const nowMs = this.options.throttle.now();
    this.observer?.measuredFor(nowMs - this.observingSinceMs);
    this.observingSinceMs = nowMs;
  }

  private add(entry: Omit<LogEntry, "atMs">): void {
    this.log.add({ atMs: this.options.wallClock(), ...entry });
  }
}

function rounded(ms: number | undefined): number | undefined {
  return ms === undefined ? undefined : Math.round(ms);
}

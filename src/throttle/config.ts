import { Mode, ThrottleSettings } from "./settings";

/** The settings in use, shared by all parts of a throttle. */
export class ThrottleConfig<LimitId extends string> {
  /** Set by the circuit breaker. */
  isDisabled = false;

  constructor(public settings: ThrottleSettings<LimitId>) {}

  get mode(): Mode {
    return this.isDisabled ? "off" : this.settings.mode;
  }

  get queue(): ThrottleSettings<LimitId>["queue"] {
    return this.settings.queue;
  }
}

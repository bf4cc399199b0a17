/** The settings of a throttle: its mode, its limits and its queue. */

/** `observe` measures and never delays a call; `off` leaves calls alone. */
export type Mode = "enforce" | "observe" | "off";

export interface RateSetting {
  readonly perSecond: number;
  /** How many calls may start at once. */
  readonly burst: number;
}

export interface ThrottleSettings<LimitId extends string> {
  readonly mode: Mode;
  readonly queue: { readonly maxLength: number; readonly maxWaitMs: number };
  /** The limits, in the order in which they are shown. */
  readonly rates: Readonly<Record<LimitId, RateSetting>>;
}

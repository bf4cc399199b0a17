/** The content of a 429, as the layer that parsed the answer reports it. */
export interface TooManyRequests {
  /** `account`: the whole account is over its limit, not only the limits of the call. */
  readonly scope: "limit" | "account";
  /** How long Twilio asks to wait, in milliseconds. */
  readonly retryAfterMs?: number;
  /** The HTTP status. */
  readonly status?: number;
  /** The error code in the answer. */
  readonly code?: number;
  /** The host that answered. */
  readonly host?: string;
}

/** The 429 because of which a limit cools down. */
export interface CoolDownCause extends TooManyRequests {
  /** The name of the call that got it. */
  readonly call: string;
}

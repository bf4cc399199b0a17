/** The content of a 429, as the layer that parsed the answer reports it. */
export interface TooManyRequests {
  /** `account`: the whole account is over its limit, not only the limits of the call. */
  readonly scope: "limit" | "account";
  /** How long Twilio asks to wait, in milliseconds. */
  readonly retryAfterMs?: number;
}

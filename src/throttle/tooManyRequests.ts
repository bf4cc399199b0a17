/** What a 429 tells the throttle. Whoever reads the answers of a server produces it. */
export interface TooManyRequests {
  /** `account`: the server means every limit of the account, not only those of the call. */
  readonly scope: "limit" | "account";
  /** How long the server asks to wait, in milliseconds. */
  readonly retryAfterMs?: number;
}

import type { TooManyRequests } from "../limits/tooManyRequests";

/** @returns what a 429 says, in the words of HTTP and without customer data: "429, code 45010, flex-api.twilio.com". */
export function describe429({ status = 429, code, host, retryAfterMs, scope }: TooManyRequests): string {
  const parts = [
    status,
    code && `code ${code}`,
    host,
    retryAfterMs !== undefined && `Retry-After ${Math.round(retryAfterMs / 1000)} s`,
    scope === "account" && "whole account",
  ];
  return parts.filter(Boolean).join(", ");
}

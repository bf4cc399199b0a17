import { describe429 } from "./describe429";

test.each([
  [{ scope: "limit" }, "429"],
  [{ scope: "limit", status: 429, code: 45010, host: "flex-api.twilio.com" }, "429, code 45010, flex-api.twilio.com"],
  [
    { scope: "account", status: 429, code: 20429, retryAfterMs: 7000 },
    "429, code 20429, Retry-After 7 s, whole account",
  ],
  [{ scope: "limit", retryAfterMs: 0 }, "429, Retry-After 0 s"],
] as const)("describes %j as %s", (tooMany, expected) => {
  expect(describe429(tooMany)).toBe(expected);
});

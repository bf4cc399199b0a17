import fc from "fast-check";

import { parseRetryAfter, readTooManyRequests } from "./tooManyRequests";

const NOW_MS = Date.UTC(2024, 0, 1, 12, 0, 0);
const TWILIO = "https://flex-api.twilio.com/v1/WebChannels";
const answer = (status: number, body?: unknown, retryAfter?: string | null, url = TWILIO) =>
  readTooManyRequests({ status, body, retryAfter, url, atMs: NOW_MS });
const ofLimit = { scope: "limit" };
const ofAccount = { scope: "account" };

describe("an HTTP answer", () => {
  test.each([45010, 45780, 45719, 50063, 50074, 54009])("429 with code %i applies to the limit", (code) => {
    expect(answer(429, { code })).toMatchObject(ofLimit);
    expect(
      answer(429, JSON.stringify({ code, message: "Too Many Requests", more_info: "https://www.twilio.com" })),
    ).toMatchObject(ofLimit);
  });

  test("429 with code 20429 applies to the whole account", () => {
    expect(answer(429, { code: 20429 })).toMatchObject(ofAccount);
    expect(answer(429, '{"code":20429,"moreInfo":"https://www.twilio.com"}')).toMatchObject(ofAccount);
    expect(answer(429, { code: "20429" })).toMatchObject(ofAccount);
  });

  test.each(['{"code":{"valueOf":1,"toString":1}}', '{"code":[20429]}', '{"code":null}', '{"code":true}'])(
    "429 with the body %s applies to the limit",
    (body) => expect(answer(429, body)).toMatchObject(ofLimit),
  );

  test.each(["https://twilio.com/", "https://api.us1.twilio.com./x", "https://CHAT.TWILIO.COM:443/"])(
    "429 of %s with code 20429 applies to the whole account",
    (url) => expect(answer(429, { code: 20429 }, null, url)).toMatchObject(ofAccount),
  );

  test.each([
    "https://example.twil.io/create-webchat",
    "https://twilio.com.example.org/",
    "https://nottwilio.com/",
    "https://twilio.com@example.org/",
    "https://example.org/@/flex-api.twilio.com/v1",
    "not a URL",
    "",
  ])("429 of %p with code 20429 applies to the limit", (url) => {
    expect(answer(429, { code: 20429, status: 429, more_info: TWILIO }, "5", url)).toMatchObject({
      ...ofLimit,
      retryAfterMs: 5000,
    });
    expect(answer(429, { code: 20429 }, "86400", url)?.retryAfterMs).toBe(10_000);
  });

  test("a host can be declared as Twilio's", () => {
    const url = "http://localhost:3000/@/flex-api.twilio.com/v1";
    const isTwilio = (host: string) => host === "localhost";
    expect(readTooManyRequests({ status: 429, body: { code: 20429 }, url, atMs: 0 }, isTwilio)).toMatchObject(
      ofAccount,
    );
  });

  test("429 says which status, code and host", () => {
    expect(answer(429, { code: 45010 })).toMatchObject({ status: 429, code: 45010, host: "flex-api.twilio.com" });
    expect(answer(429, "<html>")).toMatchObject({ status: 429, code: undefined });
  });

  test.each([undefined, null, "", "<html>Too Many Requests</html>", "null", [], 7, {}, { code: null }, { code: "x" }])(
    "429 with the body %p applies to the limit",
    (body) => expect(answer(429, body)).toMatchObject(ofLimit),
  );

  test.each([200, 201, 400, 401, 403, 404, 409, 500, 503, 0])("%i is not a 429, whatever its body says", (status) => {
    expect(answer(status, { code: 20429 }, "5")).toBeUndefined();
  });

  test("a full count is not retried, because waiting does not help", () => {
    expect(answer(429, { code: 45207 })).toBeUndefined();
    expect(answer(400, { code: 45207 })).toBeUndefined();
  });

  test("reads Retry-After if there is one", () => {
    expect(answer(429, "", "7")?.retryAfterMs).toBe(7000);
    expect(answer(429, "", null)?.retryAfterMs).toBeUndefined();
  });
});

describe("Retry-After", () => {
  test.each([
    ["0", 0],
    ["5", 5000],
    [" 12 ", 12_000],
    ["1.5", 1500],
    ["Mon, 01 Jan 2024 12:00:30 GMT", 30_000],
    ["Mon, 01 Jan 2024 11:59:00 GMT", 0],
    ["Mon, 01 Jan 2024 13:00:30 +0100", 30_000],
    ["Mon Jan  1 12:00:30 2024", 30_000],
    ["Monday, 01-Jan-24 12:00:30 GMT", 30_000],
    ["Saturday, 01-Jan-94 12:00:30 GMT", 0],
    ["5, 7, 6", 7000],
    ["\t5\u00a0", 5000],
    ["0.001", 1],
  ])("%p is %i ms", (value, ms) => expect(parseRetryAfter(value, NOW_MS)).toBe(ms));

  test.each([
    null,
    undefined,
    "",
    "  ",
    "soon",
    "-5",
    "NaN",
    "5 s",
    "Infinity",
    "1e308",
    "0x10",
    "+5",
    "5;",
    "5, soon",
    ",",
    "2024-01-01T12:00:30Z",
    "1 Jan",
    "Mon, 99 Jan 2024 12:00:30 GMT",
  ])("ignores %p", (value) => {
    expect(parseRetryAfter(value, NOW_MS)).toBeUndefined();
  });

  test.each(["86400", "1704110430", "Fri Jan  1 00:00:00 2100", "9".repeat(400), "Fri, 01 Jan 2100 00:00:00 GMT"])(
    "%p is cut to five minutes",
    (value) => expect(parseRetryAfter(value, NOW_MS)).toBe(300_000),
  );
});

test("reads any body and header without throwing", () => {
  fc.assert(fc.property(fc.anything(), fc.option(fc.string()), (body, header) => void answer(429, body, header)));
});

test("reads a Retry-After date without a time zone as UTC, wherever the browser is", () => {
  const parse = jest.spyOn(Date, "parse");
  parseRetryAfter("Mon Jan  1 12:00:30 2024", 0);
  expect(parse.mock.calls.map(([text]) => text)).toEqual(["Mon Jan  1 12:00:30 2024 GMT"]);
  parse.mockRestore();
});

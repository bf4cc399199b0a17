import fc from "fast-check";

import { isServerAnswer, parseRetryAfter, readTooManyRequests, findTooManyRequests } from "./tooManyRequests";

const NOW_MS = Date.UTC(2024, 0, 1, 12, 0, 0);
const answer = (status: number, body?: unknown, retryAfter?: string | null) =>
  readTooManyRequests({ status, body, retryAfter, atMs: NOW_MS });
const error = (value: unknown) => findTooManyRequests(value, NOW_MS);
const refusedLimit = { scope: "limit" };
const refusedAccount = { scope: "account" };

describe("an HTTP answer", () => {
  test.each([45010, 45780, 45719, 50063, 50074, 54009])("of 429 with code %i is a refusal of the limit", (code) => {
    expect(answer(429, { code })).toMatchObject(refusedLimit);
    expect(
      answer(429, JSON.stringify({ code, message: "Too Many Requests", more_info: "https://www.twilio.com" })),
    ).toMatchObject(refusedLimit);
  });

  test("of 429 with code 20429 is a refusal of the whole account", () => {
    expect(answer(429, { code: 20429 })).toMatchObject(refusedAccount);
    expect(answer(429, '{"code":20429,"moreInfo":"https://www.twilio.com"}')).toMatchObject(refusedAccount);
    expect(answer(429, { code: "20429" })).toMatchObject(refusedAccount);
  });

  test.each([undefined, null, "", "<html>Too Many Requests</html>", "null", [], 7, {}, { code: null }, { code: "x" }])(
    "of 429 whose body is %p is a refusal of the limit",
    (body) => expect(answer(429, body)).toMatchObject(refusedLimit),
  );

  test.each([200, 201, 400, 401, 403, 404, 409, 500, 503, 0])("of %i is none, whatever its body says", (status) => {
    expect(answer(status, { code: 20429 }, "5")).toBeUndefined();
  });

  test("of a count that is full is none: waiting does not help", () => {
    expect(answer(429, { code: 45207 })).toBeUndefined();
    expect(answer(400, { code: 45207 })).toBeUndefined();
  });

  test("says how long to wait where it says so", () => {
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
  ])("%p is %i ms", (value, ms) => expect(parseRetryAfter(value, NOW_MS)).toBe(ms));

  test.each([null, undefined, "", "  ", "soon", "-5", "NaN", "5 s", "Infinity"])("%p says nothing", (value) => {
    expect(parseRetryAfter(value, NOW_MS)).toBeUndefined();
  });

  test.each(["86400", "9".repeat(400), "Fri, 01 Jan 2100 00:00:00 GMT"])(
    "%p, by mistake or by a browser's wrong clock, does not stop an agent for more than five minutes",
    (value) => expect(parseRetryAfter(value, NOW_MS)).toBe(300_000),
  );
});

describe("a rejection", () => {
  const wrapped = (original: unknown) =>
    Object.assign(new Error("Action failed"), { content: { wrappedError: original } });
  const axios = (status: number, data: unknown, headers: Record<string, unknown> = {}) =>
    Object.assign(new Error(`Request failed with status code ${status}`), { response: { status, data, headers } });

  const REFUSALS: [what: string, error: unknown, refusal: object][] = [
    [
      "refused in the chat command's response",
      Object.assign(new Error("Too Many Requests"), { code: 429 }),
      refusedLimit,
    ],
    [
      "whose push was refused over HTTP",
      new Error("Can't add command: Too Many Requests (status: 429, code: 20429)"),
      refusedAccount,
    ],
    [
      "whose push was refused over HTTP by a product",
      new Error("Can't add command: Too Many Requests (status: 429, code: 54009)"),
      refusedLimit,
    ],
    [
      "whose push was refused in other words",
      new Error("Can't add command: Slow down (status: 429, code: 0)"),
      refusedLimit,
    ],
    [
      "whose push the transport refused",
      new Error("Can't add command: Transport failure: Too Many Requests (status: 0, code: 0)"),
      refusedLimit,
    ],
    ["with a Twilio code", Object.assign(new Error("no"), { code: 50074 }), refusedLimit],
    ["with the account's code", Object.assign(new Error("no"), { code: 20429, status: 429 }), refusedAccount],
    ["with a status", { status: 429 }, refusedLimit],
    ["of axios", axios(429, { code: 20429 }, { "retry-after": "3" }), { scope: "account", retryAfterMs: 3000 }],
    ["of axios without a body", axios(429, ""), refusedLimit],
  ];

  test.each(REFUSALS)("%s is a refusal", (_what, rejected, refusal) => {
    expect(error(rejected)).toMatchObject(refusal);
  });

  test.each(REFUSALS)("%s is a refusal also within a FlexError", (_what, rejected, refusal) => {
    expect(error(wrapped(rejected))).toMatchObject(refusal);
  });

  test("whose only trace is Flex's copy of the message is a refusal", () => {
    expect(
      error({ message: "Can't add command: Too Many Requests (status: 429, code: 20429)", content: {} }),
    ).toMatchObject(refusedAccount);
  });

  test.each([
    ["nothing", undefined],
    ["null", null],
    ["a text", "Too Many Requests"],
    ["another failure", new Error("Network Error")],
    ["another status", Object.assign(new Error("Conflict"), { code: 409 })],
    ["another status in words", new Error("Can't add command: Forbidden (status: 403, code: 54007)")],
    ["a count that is full", Object.assign(new Error("Too Many Requests"), { code: 45207, status: 429 })],
    ["a count that is full, in words", new Error("Can't add command: Too Many Requests (status: 429, code: 45207)")],
    ["a count that is full, of axios", axios(429, { code: 45207 })],
    ["axios with another status", axios(500, { code: 20429 })],
    ["axios without an answer", Object.assign(new Error("Network Error"), { response: undefined })],
    ["a FlexError around nothing", wrapped(undefined)],
    ["a FlexError around another failure", wrapped(new Error("no"))],
  ])("with %s is none", (_what, rejected) => {
    expect(error(rejected)).toBeUndefined();
  });

  test("that wraps itself is none", () => {
    const loop: { content?: unknown } = {};
    loop.content = { wrappedError: loop };
    expect(error(loop)).toBeUndefined();
    expect(isServerAnswer(loop)).toBe(false);
  });

  const ANSWERS: [what: string, error: unknown][] = [
    ["with a status", Object.assign(new Error("Conflict"), { status: 409 })],
    ["with a code of the chat SDK", Object.assign(new Error("Forbidden"), { code: 403 })],
    ["with a code of Twilio's", Object.assign(new Error("no"), { code: 50400 })],
    ["with a status in words", new Error("Can't add command: Forbidden (status: 403, code: 54007)")],
    ["of axios", axios(500, "")],
  ];

  test.each(ANSWERS)("%s is an answer, also within a FlexError", (_what, rejected) => {
    expect([rejected, wrapped(rejected)].map(isServerAnswer)).toEqual([true, true]);
  });

  test.each([
    ["nothing", undefined],
    ["a text", "500"],
    ["a failure of the network", new TypeError("Failed to fetch")],
    ["the browser's own code", new DOMException("The user aborted a request.", "AbortError")],
    [
      "axios without an answer",
      Object.assign(new Error("Network Error"), { code: "ERR_NETWORK", request: {}, response: undefined }),
    ],
    ["the transport's failure", new Error("Can't add command: Transport failure: Can't connect (status: 0, code: 0)")],
    ["the SDK's own check", new Error("Channel.add requires an <String>identity parameter")],
  ])("with %s may be one without an answer, also within a FlexError", (_what, rejected) => {
    expect([rejected, wrapped(rejected)].map(isServerAnswer)).toEqual([false, false]);
  });

  test("of any shape at all never makes the look at it fail", () => {
    fc.assert(fc.property(fc.anything(), (anything) => void [error(anything), isServerAnswer(anything)]));
    const anyError = fc.record({
      code: fc.anything(),
      status: fc.anything(),
      message: fc.anything(),
      response: fc.anything(),
      content: fc.anything(),
    });
    fc.assert(fc.property(anyError, (anything) => void [error(anything), isServerAnswer(anything)]));
    fc.assert(fc.property(fc.anything(), fc.option(fc.string()), (body, header) => void answer(429, body, header)));
  });

  test("whose fields cannot be read never makes the look at it fail", () => {
    const hostile = new Proxy(
      {},
      {
        get: () => {
          throw new Error("no");
        },
      },
    );
    expect(error(hostile)).toBeUndefined();
  });
});

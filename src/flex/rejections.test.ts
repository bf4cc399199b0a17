import fc from "fast-check";

import { VirtualClock } from "../../testing/virtualClock";
import { MAX_BODY_MS } from "../limits/tooManyRequests";
import { classifyRejection, findTooManyRequests, isServerAnswer } from "./rejections";

const NOW_MS = Date.UTC(2024, 0, 1, 12, 0, 0);
const error = (value: unknown, isFromTwilio = true) => findTooManyRequests(value, { atMs: NOW_MS, isFromTwilio });
const ofLimit = { scope: "limit" };
const ofAccount = { scope: "account" };

describe("a rejection", () => {
  const wrapped = (original: unknown) =>
    Object.assign(new Error("Action failed"), { content: { wrappedError: original } });
  const axios = (status: number, data: unknown, headers: object = {}) =>
    Object.assign(new Error(`Request failed with status code ${status}`), { response: { status, data, headers } });

  const response = (body = "") => new Response(body, { status: 429, headers: { "Retry-After": "7" } });

  const from = (responseURL: string) => ({
    response: { status: 429, data: { code: 20429 } },
    request: { responseURL },
  });

  const THROTTLED: [what: string, error: unknown, found: object][] = [
    ["the chat command's response", Object.assign(new Error("Too Many Requests"), { code: 429 }), ofLimit],
    ["the push, over HTTP", new Error("Can't add command: Too Many Requests (status: 429, code: 20429)"), ofAccount],
    [
      "the push, over HTTP, with a product's code",
      new Error("Can't add command: Too Many Requests (status: 429, code: 54009)"),
      ofLimit,
    ],
    ["the push, in other words", new Error("Can't add command: Slow down (status: 429, code: 0)"), ofLimit],
    [
      "the push, by the transport",
      new Error("Can't add command: Transport failure: Too Many Requests (status: 0, code: 0)"),
      ofLimit,
    ],
    ["a Twilio code", Object.assign(new Error("no"), { code: 50074 }), ofLimit],
    ["the account's code", Object.assign(new Error("no"), { code: 20429, status: 429 }), ofAccount],
    ["a status", { status: 429 }, ofLimit],
    ["axios", axios(429, { code: 20429 }, { "retry-after": "3" }), { scope: "account", retryAfterMs: 3000 }],
    ["axios without a body", axios(429, ""), ofLimit],
    ["axios's message alone", new Error("Request failed with status code 429"), ofLimit],
    ["Twilio's message alone", new Error("Rate Limit Exceeded"), ofLimit],
    ["axios with an object of headers", axios(429, "", new Headers({ "Retry-After": "3" })), { retryAfterMs: 3000 }],
    ["axios with a map of headers", axios(429, "", new Map([["retry-after", "3"]])), { retryAfterMs: 3000 }],
    ["axios with headers as they were sent", axios(429, "", { "Retry-After": 3 }), { retryAfterMs: 3000 }],
    ["a response of fetch", { response: response() }, { scope: "limit", retryAfterMs: 7000 }],
    ["a thrown response of fetch", response(), { scope: "limit", retryAfterMs: 7000 }],
    ["the chat SDK with a body", { status: 429, body: { code: 20429, message: "no" } }, ofAccount],
    ["the chat SDK with a body as text", { status: 429, body: '{"code":20429}' }, ofAccount],
    ["a cause", Object.assign(new Error("Could not create"), { cause: axios(429, { code: 20429 }) }), ofAccount],
    ["an error of axios without its message", { status: 429, headers: { "retry-after": "4" } }, { retryAfterMs: 4000 }],
  ];

  test.each(THROTTLED)("finds a 429 in the shape of %s", (_what, rejected, found) => {
    expect(error(rejected)).toMatchObject(found);
  });

  test.each(THROTTLED)("finds a 429 in the shape of %s within a FlexError", (_what, rejected, found) => {
    expect(error(wrapped(rejected))).toMatchObject(found);
  });

  test("finds a 429 in Flex's copy of the message", () => {
    expect(
      error({ message: "Can't add command: Too Many Requests (status: 429, code: 20429)", content: {} }),
    ).toMatchObject(ofAccount);
  });

  test.each([
    ["nothing", undefined],
    ["null", null],
    ["a text", "Too Many Requests"],
    ["another failure", new Error("Network Error")],
    ["another status", Object.assign(new Error("Conflict"), { code: 409 })],
    ["another status in words", new Error("Can't add command: Forbidden (status: 403, code: 54007)")],
    ["a full count", Object.assign(new Error("Too Many Requests"), { code: 45207, status: 429 })],
    ["a full count, in words", new Error("Can't add command: Too Many Requests (status: 429, code: 45207)")],
    ["a full count, of axios", axios(429, { code: 45207 })],
    ["axios with another status", axios(500, { code: 20429 })],
    ["axios without an answer", Object.assign(new Error("Network Error"), { response: undefined })],
    ["axios's message of another status", new Error("Request failed with status code 500")],
    ["another status, caused by a 429", Object.assign(new Error("no"), { status: 500, cause: { status: 429 } })],
    ["a 429, caused by a full count", { status: 429, cause: { code: 45207 } }],
    ["a FlexError around nothing", wrapped(undefined)],
    ["a FlexError around another failure", wrapped(new Error("no"))],
  ])("finds no 429 in %s", (_what, rejected) => {
    expect(error(rejected)).toBeUndefined();
  });

  test("finds nothing in an error that wraps itself", () => {
    const loop: { content?: unknown } = {};
    loop.content = { wrappedError: loop };
    expect(error(loop)).toBeUndefined();
    expect(isServerAnswer(loop)).toBe(false);
  });

  test.each([
    ["axios", { response: { status: 429, data: { code: 20429 }, config: {} }, config: {} }],
    ["axios, from another host", from("https://example.twil.io/create")],
    ["axios, from a host that looks like Twilio's", from("https://twilio.com.example.org/create")],
    ["a code", { status: 429, code: 20429 }],
  ])("of another plugin does not speak for the account without Twilio's host: %s", (_what, rejected) => {
    expect(error(rejected, false)).toMatchObject({ scope: "limit", code: 20429 });
  });

  test("of another plugin speaks for the account if Twilio answered", () => {
    const url = "https://flex-api.twilio.com/v1/WebChannels";
    expect(error(from(url), false)).toMatchObject({ scope: "account", host: "flex-api.twilio.com" });
    expect(error({ response: { status: 429, data: { code: 20429 } }, config: { url } }, false)).toMatchObject(
      ofAccount,
    );
  });

  test("of Flex does not speak for the account if another host answered", () => {
    expect(error(from("https://example.twil.io/create"))).toMatchObject(ofLimit);
  });

  test("with an unread response is classified by its body, and the response stays unread", async () => {
    const unread = response('{"code":20429}');
    const rejected = Object.assign(new Error("no"), { response: unread });
    expect(await classifyRejection(rejected, new VirtualClock(), true)).toMatchObject({
      scope: "account",
      retryAfterMs: 7000,
    });
    expect(await unread.json()).toEqual({ code: 20429 });
  });

  test("with a response whose body never ends is classified by its headers", async () => {
    const endless = response();
    endless.clone = () => Object.assign(response(), { text: () => new Promise(() => undefined) });
    const clock = new VirtualClock();
    const classified = Promise.resolve(classifyRejection({ response: endless }, clock));
    const onClassified = jest.fn();
    void classified.then(onClassified);
    await clock.run(MAX_BODY_MS - 1);
    expect(onClassified).not.toHaveBeenCalled();
    expect(await clock.until(classified)).toMatchObject({ scope: "limit", retryAfterMs: 7000 });
  });

  const ANSWERS: [what: string, error: unknown][] = [
    ["a status", Object.assign(new Error("Conflict"), { status: 409 })],
    ["a code of the chat SDK", Object.assign(new Error("Forbidden"), { code: 403 })],
    ["a Twilio code", Object.assign(new Error("no"), { code: 50400 })],
    ["a status in words", new Error("Can't add command: Forbidden (status: 403, code: 54007)")],
    ["axios", axios(500, "")],
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
  ])("%s is no answer, also within a FlexError", (_what, rejected) => {
    expect([rejected, wrapped(rejected)].map(isServerAnswer)).toEqual([false, false]);
  });

  test("reads values of any shape without throwing", () => {
    fc.assert(fc.property(fc.anything(), (anything) => void [error(anything), isServerAnswer(anything)]));
    const anyError = fc.record({
      code: fc.anything(),
      status: fc.anything(),
      message: fc.anything(),
      response: fc.anything(),
      content: fc.anything(),
    });
    fc.assert(fc.property(anyError, (anything) => void [error(anything), isServerAnswer(anything)]));
  });

  test("reads errors with throwing getters without throwing", () => {
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

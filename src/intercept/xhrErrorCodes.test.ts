/** Error codes in the body of a 429, whatever the request's `responseType`. */

import { TextDecoder } from "util";

import { tooManyRequests } from "../../testing/httpServer";
import { useInterceptedXhr } from "../../testing/interceptedXhr";
import { ended, until } from "../../testing/virtualTime";

const { server, install, send, withoutPlugin } = useInterceptedXhr();
// jsdom has none.
beforeAll(() => void Object.assign(window, { TextDecoder }));

const TYPES: XMLHttpRequestResponseType[] = ["", "text", "json", "arraybuffer", "blob"];
const withType = (responseType: XMLHttpRequestResponseType) => ({
  prepare: (xhr: XMLHttpRequest) => void (xhr.responseType = responseType),
});
const answerWith = (code: number) => ({ ...tooManyRequests(), body: `{"code":${code}}` });

test.each(TYPES)("does not retry a full count with responseType %p", async (type) => {
  const expected = await withoutPlugin(answerWith(45207), withType(type));
  install();
  server.answers = [answerWith(45207)];
  const { xhr, log, done } = send(withType(type));
  await ended(done);
  expect([xhr.status, xhr.readyState, server.requests.length]).toEqual([429, 4, 1]);
  expect(xhr.response).toBeTruthy();
  expect(log).toEqual(expected.filter((event) => !/ [23]$/.test(event)));
});

test.each(TYPES)("pauses all limits for the account's code with responseType %p", async (type) => {
  const throttle = install();
  server.answers = [answerWith(20429)];
  const { done } = send(withType(type));
  await until(() => throttle.status().retrying === 1);
  const isPaused = throttle.limitStatuses().map(({ coolDownUntilMs }) => coolDownUntilMs > throttle.now());
  expect(isPaused).toEqual(isPaused.map(() => true));
  await ended(done);
  expect(server.requests).toHaveLength(2);
});

test.each<[string, (xhr: XMLHttpRequest) => void, string[]]>([
  ["aborted", (xhr) => xhr.abort(), ["readystatechange 4", "abort 4", "loadend 4"]],
  ["opened again", (xhr) => xhr.open("GET", `${server.url}/other`), []],
])("a request that is %s while the body of its 429 is read ends there", async (_, end, events) => {
  const throttle = install();
  const { log, xhr } = send(withType("blob"));
  const observed = new Promise<void>((resolve) => {
    const { FileReader } = window;
    jest.spyOn(FileReader.prototype, "readAsText").mockImplementationOnce(() => resolve());
  });
  server.answers = [answerWith(45010)];
  await ended(observed);
  log.length = 0;
  end(xhr);
  expect(log).toEqual(events);
  expect(throttle.status().retrying).toBe(0);
  expect(server.requests).toHaveLength(1);
});

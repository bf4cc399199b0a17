/** The events of requests that wait, compared with the same requests without the plugin. */

import { tooManyRequests } from "../../testing/httpServer";
import { LIMIT } from "../../testing/interceptedHttp";
import { EVENTS, SentXhr, useInterceptedXhr, XhrOptions } from "../../testing/interceptedXhr";
import { useUp } from "../../testing/throttles";
import { ended, until } from "../../testing/virtualTime";

const { server, install, send } = useInterceptedXhr();

/** Logs the events of the object and of its upload in one list. */
function sendLogged(options: XhrOptions): SentXhr {
  const log: string[] = [];
  const sent = send({
    ...options,
    prepare: (xhr) => {
      EVENTS.forEach((type) => xhr.addEventListener(type, () => log.push(`${type} ${xhr.readyState}`)));
      EVENTS.forEach((type) => xhr.upload.addEventListener(type, () => log.push(`upload ${type}`)));
      options.prepare?.(xhr);
    },
  });
  return { ...sent, log };
}

describe.each<[string, XhrOptions]>([
  ["with a body", { body: "text" }],
  ["without a body", {}],
])("a request %s", (_, options) => {
  test("that waits fires the browser's events in its order when it is aborted", () => {
    server.answers = [{ never: true }];
    const expected = sendLogged(options);
    expected.xhr.abort();
    useUp(install(), LIMIT);
    const { xhr, log } = sendLogged(options);
    xhr.abort();
    expect(log).toEqual(expected.log);
    expect(xhr.readyState).toBe(expected.xhr.readyState);
  });
});

test("a request that waits fires loadstart once, within send", async () => {
  const expected = sendLogged({ body: "text" });
  await expected.done;
  useUp(install(), LIMIT);
  server.answers = [tooManyRequests()];
  const { log, done } = sendLogged({ body: "text" });
  expect(log).toEqual(["loadstart 1", "upload loadstart"]);
  await ended(done);
  // jsdom orders the upload's events and the object's by chance.
  const isUpload = (event: string) => event.startsWith("upload");
  expect(log.filter(isUpload)).toEqual(expected.log.filter(isUpload));
  expect(log.filter((event) => !isUpload(event))).toEqual(expected.log.filter((event) => !isUpload(event)));
});

test("a request that waits again after a 429 fires no upload events when it is aborted", async () => {
  install();
  server.answers = [tooManyRequests({ "Retry-After": "5" })];
  const { xhr, log } = sendLogged({ body: "text" });
  await until(() => log.includes("upload loadend") && xhr.readyState === 4);
  log.length = 0;
  xhr.abort();
  expect(log).toEqual(["readystatechange 4", "abort 4", "loadend 4"]);
});

test("a request that is aborted in its loadstart handler is not sent", () => {
  const throttle = install();
  useUp(throttle, LIMIT);
  const { log } = sendLogged({ body: "text", prepare: (xhr) => (xhr.onloadstart = () => xhr.abort()) });
  expect(log).toEqual(["loadstart 1", "readystatechange 4", "upload abort", "upload loadend", "abort 4", "loadend 4"]);
  expect(throttle.status().waiting).toEqual([]);
});

test("a request that is rejected fires the browser's events of a network error", async () => {
  const throttle = install({}, "reject");
  useUp(throttle, LIMIT);
  const rejected = sendLogged({ body: "text" });
  await ended(rejected.done);
  expect(rejected.log).toEqual([
    "loadstart 1",
    "upload loadstart",
    "readystatechange 4",
    "upload error",
    "upload loadend",
    "error 4",
    "loadend 4",
  ]);
});

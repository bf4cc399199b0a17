/** Attempts that are sent again, and what the page sees of them. */

import { TextDecoder } from "util";

import { tooManyRequests } from "../../testing/httpServer";
import { LIMIT } from "../../testing/interceptedHttp";
import { EVENTS, useInterceptedXhr } from "../../testing/interceptedXhr";
import { eventsOf, useUp } from "../../testing/throttles";
import { ended } from "../../testing/virtualTime";

const { server, install, send, withoutPlugin } = useInterceptedXhr();
// jsdom has none.
beforeAll(() => void Object.assign(window, { TextDecoder }));

test.each([1, 3])("sends a request again after %d 429s, and the page sees one request", async (times) => {
  const answer = { status: 201, headers: { "X-Answer": "yes" }, body: '{"sid":"CH1"}' };
  const options = { headers: { "X-A": "1", "Content-Type": "application/json" }, body: '{"name":"room"}' };
  const expected = await withoutPlugin(answer, options);
  const throttle = install();
  const events = eventsOf(throttle);
  server.answers = [...Array(times).fill(tooManyRequests()), answer];
  const { xhr, log, done } = send(options);
  await ended(done);
  expect(log).toEqual(expected);
  expect([xhr.status, xhr.responseText, xhr.getResponseHeader("X-Answer")]).toEqual([201, '{"sid":"CH1"}', "yes"]);
  expect(server.requests).toHaveLength(times + 1);
  for (const seen of server.requests) {
    expect(seen).toMatchObject({
      method: "POST",
      body: options.body,
      headers: { "x-a": "1", "content-type": expect.stringContaining("application/json") },
    });
  }
  expect(events.filter(({ type }) => type === "dropped")).toEqual([]);
  expect(throttle.status().retrying).toBe(0);
});

test("hides a throttled attempt from handlers set in any way and at any time", async () => {
  const throttle = install();
  useUp(throttle, LIMIT);
  server.answers = [tooManyRequests(), tooManyRequests()];
  const seen: string[] = [];
  const note = (who: string, xhr: XMLHttpRequest) => () => {
    if (xhr.readyState > 1) seen.push(`${who} ${xhr.status}`);
  };
  const xhr = new XMLHttpRequest();
  xhr.onload = note("onload before open", xhr);
  xhr.onreadystatechange = () => {
    if (xhr.readyState === 4) note("onreadystatechange", xhr)();
  };
  xhr.open("POST", server.url + "/create");
  xhr.addEventListener("load", { handleEvent: note("object", xhr) });
  xhr.addEventListener("load", note("capture", xhr), true);
  xhr.send("first");
  xhr.onloadend = note("onloadend while it waits", xhr);
  xhr.addEventListener("load", note("once", xhr), { once: true });
  await ended(new Promise((resolve) => xhr.addEventListener("loadend", resolve)));
  expect(server.requests).toHaveLength(3);
  expect(seen.sort()).toEqual(
    [
      "capture 200",
      "object 200",
      "once 200",
      "onload before open 200",
      "onloadend while it waits 200",
      "onreadystatechange 200",
    ].sort(),
  );
});

test("fires upload events for the first attempt only", async () => {
  const watchUpload = (log: string[]) => (xhr: XMLHttpRequest) => {
    EVENTS.forEach((type) => xhr.upload.addEventListener(type, () => log.push(type)));
    xhr.upload.onprogress = () => log.push("onprogress");
  };
  const expected: string[] = [];
  await withoutPlugin({}, { body: "first", prepare: watchUpload(expected) });
  expect(expected).toContain("load");
  install();
  server.answers = [tooManyRequests(), tooManyRequests()];
  const log: string[] = [];
  await ended(send({ body: "first", prepare: watchUpload(log) }).done);
  expect(server.requests).toHaveLength(3);
  expect(log).toEqual(expected);
});

test.each([400, 409, 500, 503])("passes a %d to the page at once, like the browser", async (status) => {
  const answer = { status, body: "no" };
  const expected = await withoutPlugin(answer);
  install();
  server.answers = [answer];
  const { xhr, log, done } = send();
  await done;
  expect([xhr.status, xhr.responseText]).toEqual([status, "no"]);
  expect(log).toEqual(expected);
  expect(server.requests).toHaveLength(1);
});

test.each([
  ["when there is no time left to retry", { queue: { maxWaitSeconds: 2 } }, 45010],
  ["when its turn does not come again in time", { queue: { maxWaitSeconds: 2.4 } }, 45010],
  ["when a count is full", {}, 45207],
])("passes a 429 to the page %s, with its events and body", async (_, written, code) => {
  const answer = { ...tooManyRequests({ "X-Answer": "no" }), body: `{"code":${code}}` };
  const expected = await withoutPlugin(answer);
  install(written);
  server.answers = Array(50).fill(answer);
  const { xhr, log, done } = send();
  await ended(done);
  expect([xhr.status, xhr.responseText, xhr.getResponseHeader("X-Answer")]).toEqual([429, `{"code":${code}}`, "no"]);
  // That the page is to have it is known when it is whole: the states on the way there are past.
  expect(log).toEqual(expected.filter((event) => !/ [23]$/.test(event)));
});

test.each<[XMLHttpRequestResponseType, (response: unknown) => unknown]>([
  ["", String],
  ["text", String],
  ["json", (response) => JSON.stringify(response)],
  ["arraybuffer", (response) => Buffer.from(response as ArrayBuffer).toString()],
  ["blob", (response) => `${(response as Blob).size} bytes`],
])("keeps responseType %p for a retry", async (responseType, read) => {
  install();
  const body = '{"sid":"CH1"}';
  server.answers = [tooManyRequests(), { body }];
  const { xhr, done } = send({ prepare: (opened) => (opened.responseType = responseType) });
  await ended(done);
  expect(server.requests).toHaveLength(2);
  expect(read(xhr.response)).toBe(responseType === "blob" ? "13 bytes" : body);
});

test("recognizes a full count in an ArrayBuffer", async () => {
  install();
  server.answers = [{ status: 429, body: '{"code":45207}' }];
  const { xhr, done } = send({ prepare: (opened) => (opened.responseType = "arraybuffer") });
  await ended(done);
  expect(xhr.status).toBe(429);
  expect(server.requests).toHaveLength(1);
});

test("waits for Retry-After", async () => {
  install();
  server.answers = [tooManyRequests({ "Retry-After": "7" })];
  await ended(send().done);
  const [first, second] = server.requests.map(({ atMs }) => atMs);
  expect(second - first).toBeGreaterThanOrEqual(7000);
  expect(second - first).toBeLessThan(9000);
});

describe("the URL of a retry", () => {
  const open = (url: string | URL) => {
    const xhr = new XMLHttpRequest();
    xhr.open("POST", url);
    const done = new Promise((resolve) => xhr.addEventListener("loadend", resolve));
    xhr.send();
    return done;
  };
  const paths = () => server.requests.map(({ path }) => path);

  test("ignores later changes of a URL object", async () => {
    install();
    server.answers = [tooManyRequests()];
    const url = new URL(`${server.url}/create?n=1`);
    const done = open(url);
    url.search = "?n=2";
    await ended(done);
    expect(paths()).toEqual(["/create?n=1", "/create?n=1"]);
  });

  test("ignores a later change of the document's base", async () => {
    install();
    server.answers = [tooManyRequests()];
    const base = document.head.appendChild(document.createElement("base"));
    base.href = `${server.url}/create/tasks/`;
    const done = open("one");
    base.href = `${server.url}/create/teams/`;
    await ended(done);
    base.remove();
    expect(paths()).toEqual(["/create/tasks/one", "/create/tasks/one"]);
  });
});

test("sends a request again after a 429 whose body never ends", async () => {
  const throttle = install();
  server.answers = [
    { status: 429, body: '{"code":', isEndless: true },
    { status: 201, body: "joined" },
  ];
  const { xhr, log, done } = send();
  await ended(done);
  expect([xhr.status, xhr.responseText]).toEqual([201, "joined"]);
  expect(log.filter((event) => event === "loadend 4")).toHaveLength(1);
  expect(log).not.toContain("abort 4");
  expect(server.requests).toHaveLength(2);
  expect(throttle.status().retrying).toBe(0);
});

test("shows the page a 429 whose body never ends when there is no time left to retry", async () => {
  install({ queue: { maxWaitSeconds: 1 } });
  server.answers = [{ status: 429, body: '{"code":', isEndless: true, headers: { "Retry-After": "60" } }];
  const { log, done } = send({ prepare: (each) => void (each.timeout = 5000) });
  await ended(done);
  expect(log.map((event) => event.split(" ")[0])).toContain("timeout");
  expect(server.requests).toHaveLength(1);
});

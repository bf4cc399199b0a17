/** A limited request and its answer stay byte for byte what they were: each is compared with the same one in stock Flex. */

import { createHash } from "crypto";

import type { Exchange, Handler } from "../stand-in/http";
import { closeBrowser, Desk, openBrowser } from "./support/desk";

const ECHO = "https://echo-1234.twil.io/echo";
const PER_SECOND = 200;

/** Answers with what it got. `?refuse=n` refuses the first n tries; `?slow=ms` takes its time. */
function echo(): Handler {
  const tries = new Map<string, number>();
  return (exchange) => {
    if (exchange.host !== "echo-1234.twil.io") return false;
    void answer(exchange, tries);
    return true;
  };
}

async function answer({ request, response, method, path, query }: Exchange, tries: Map<string, number>): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const id = query.get("id") ?? "";
  const tried = (tries.get(id) ?? 0) + 1;
  tries.set(id, tried);
  if (tried <= Number(query.get("refuse"))) {
    response.writeHead(429, { "Content-Type": "application/json" }).end('{"code":45010,"status":429}');
    return;
  }
  await new Promise((resolve) => setTimeout(resolve, Number(query.get("slow"))).unref());
  const { "content-type": type, authorization, "x-own": own, cookie, "content-length": length } = request.headers;
  const body = Buffer.concat(chunks);
  const hash = createHash("sha1")
    .update(type?.startsWith("multipart") ? "" : body)
    .digest("hex");
  const headers = { type: type?.replace(/boundary=.*/, "boundary"), authorization, own, cookie, length };
  response.writeHead(201, { "Content-Type": "application/json", "X-Answer": "yes" });
  response.end(JSON.stringify({ method, path, headers, hash }));
}

/** What a page does with one XMLHttpRequest; runs in the page, so it names nothing of this file. */
const XHR_CASES: [string, (xhr: XMLHttpRequest, open: (method: string) => void) => void][] = [
  [
    "a form with headers and credentials",
    (xhr, open) => {
      open("POST");
      xhr.withCredentials = true;
      xhr.setRequestHeader("Content-Type", "application/x-www-form-urlencoded");
      xhr.setRequestHeader("Authorization", "Basic dG9rZW46eA==");
      xhr.setRequestHeader("X-Own", "one");
      xhr.setRequestHeader("X-Own", "two");
      xhr.send("Identity=alice&Body=%F0%9F%98%80 ä");
    },
  ],
  [
    "bytes that change after sending",
    (xhr, open) => {
      open("POST");
      const bytes = new Uint8Array([1, 2, 3, 0, 255]);
      xhr.send(bytes);
      bytes.fill(9);
    },
  ],
  [
    "a large blob with upload events",
    (xhr, open) => {
      ["loadstart", "load", "loadend"].forEach((type) =>
        xhr.upload.addEventListener(type, () => (xhr as XMLHttpRequest & { log: string[] }).log.push(`upload ${type}`)),
      );
      open("POST");
      xhr.send(new Blob(["x".repeat(300000)], { type: "text/plain" }));
    },
  ],
  [
    "form data",
    (xhr, open) => {
      open("POST");
      const form = new FormData();
      form.append("a", "1");
      form.append("file", new Blob(["content"]), "name.txt");
      xhr.send(form);
    },
  ],
  [
    "an answer as bytes",
    (xhr, open) => {
      open("GET");
      xhr.responseType = "arraybuffer";
      xhr.send();
    },
  ],
  [
    "an answer as JSON",
    (xhr, open) => {
      open("PUT");
      xhr.responseType = "json";
      xhr.send("{}");
    },
  ],
  [
    "an answer as a blob, with a type of its own",
    (xhr, open) => {
      open("DELETE");
      xhr.responseType = "blob";
      xhr.overrideMimeType("text/weird");
      xhr.send();
    },
  ],
  [
    "handlers that are set before it is opened",
    (xhr, open) => {
      xhr.onload = () => (xhr as XMLHttpRequest & { log: string[] }).log.push("onload");
      open("POST");
      xhr.send("x");
    },
  ],
];

const FETCH_CASES: [string, (url: string) => Promise<Response>][] = [
  [
    "an address and options",
    (url) =>
      fetch(url, {
        method: "POST",
        body: "Identity=alice",
        headers: { "Content-Type": "application/x-www-form-urlencoded", "X-Own": "one" },
        credentials: "include",
      }),
  ],
  [
    "a Request with a body",
    (url) =>
      fetch(
        new Request(url, {
          method: "POST",
          body: new Uint8Array([1, 2, 255]),
          headers: new Headers([["X-Own", "two"]]),
        }),
      ),
  ],
  ["a URL object", (url) => fetch(new URL(url))],
  [
    "bytes that change after sending",
    (url) => {
      const bytes = new Uint8Array([5, 6, 7]);
      const sent = fetch(url, { method: "PUT", body: bytes });
      bytes.fill(0);
      return sent;
    },
  ],
  [
    "form data",
    (url) => {
      const form = new FormData();
      form.append("file", new Blob(["content"]), "name.txt");
      return fetch(url, { method: "POST", body: form });
    },
  ],
];

interface Seen {
  log: string[];
  answer: string;
}

/** Runs a case in the page and tells what the page saw: its events in order, and the answer. */
function runXhr(desk: Desk, body: (typeof XHR_CASES)[number][1], url: string): Promise<Seen> {
  return desk.page.evaluate(
    ([source, address]) =>
      new Promise<Seen>((resolve) => {
        const xhr = new XMLHttpRequest() as XMLHttpRequest & { log: string[] };
        xhr.log = [];
        const types = ["readystatechange", "loadstart", "load", "loadend", "error", "abort", "timeout"];
        types.forEach((type) =>
          xhr.addEventListener(type, () => xhr.log.push(`${type} ${xhr.readyState} ${xhr.status}`)),
        );
        xhr.addEventListener("loadend", async () => {
          const { response } = xhr;
          let text = String(response);
          if (response instanceof ArrayBuffer) text = `bytes ${new TextDecoder().decode(response)}`;
          else if (response instanceof Blob) text = `${response.type} ${await response.text()}`;
          else if (typeof response === "object") text = `json ${JSON.stringify(response)}`;
          const answer = [
            text,
            xhr.statusText,
            xhr.getResponseHeader("X-Answer"),
            new URL(xhr.responseURL).pathname,
          ].join(" | ");
          // After every handler of the page has had its turn.
          setTimeout(() => resolve({ log: xhr.log, answer }), 50);
        });
        new Function("xhr", "open", `return (${source})(xhr, open)`)(xhr, (method: string) =>
          xhr.open(method, address),
        );
      }),
    [body.toString(), url] as [string, string],
  );
}

function runFetch(desk: Desk, body: (typeof FETCH_CASES)[number][1], url: string): Promise<Seen> {
  return desk.page.evaluate(
    async ([source, address]) => {
      const response: Response = await new Function("url", `return (${source})(url)`)(address);
      const { status, statusText, ok, redirected, type, headers, bodyUsed } = response;
      const log = [status, statusText, ok, redirected, type, headers.get("X-Answer"), bodyUsed].map(String);
      return { log, answer: `${await response.text()} | ${new URL(response.url).pathname}` };
    },
    [body.toString(), url] as [string, string],
  );
}

let stock: Desk;
let throttled: Desk;

beforeAll(async () => {
  await openBrowser();
  const routes = ["GET", "POST", "PUT", "DELETE"].map((method) => ({
    method,
    url: `${ECHO}*`,
    limits: ["POST /channels"],
  }));
  stock = await Desk.open({ isStock: true });
  throttled = await Desk.open({ flexThrottle: { routes, limits: { "POST /channels": { perSecond: PER_SECOND } } } });
  [stock, throttled].forEach(({ twilio }) => twilio.serve(echo()));
});
afterAll(async () => {
  await Promise.all([stock, throttled].map((desk) => desk.close()));
  await closeBrowser();
});

let requests = 0;
const address = (query = "") => `${ECHO}?id=${(requests += 1)}${query}`;

describe.each([
  ["sent at once", ""],
  ["refused twice and retried", "&refuse=2"],
])("a limited request, %s", (_, query) => {
  test.each(XHR_CASES)("XMLHttpRequest: %s", async (_name, body) => {
    const expected = await runXhr(stock, body, address());
    expect(await runXhr(throttled, body, address(query))).toEqual(expected);
  });

  test.each(FETCH_CASES)("fetch: %s", async (_name, body) => {
    const expected = await runFetch(stock, body, address());
    expect(await runFetch(throttled, body, address(query))).toEqual(expected);
  });
});

test("XMLHttpRequest: a timeout and an abort end it as they do in stock Flex", async () => {
  const timeout = (xhr: XMLHttpRequest, open: (method: string) => void) => {
    open("POST");
    xhr.timeout = 100;
    xhr.send("x");
  };
  const abort = (xhr: XMLHttpRequest, open: (method: string) => void) => {
    open("POST");
    xhr.send("x");
    setTimeout(() => xhr.abort(), 100);
  };
  for (const body of [timeout, abort]) {
    const endings = [];
    for (const desk of [stock, throttled]) {
      endings.push(
        await desk.page.evaluate(
          ([source, url]) =>
            new Promise<string[]>((resolve) => {
              const xhr = new XMLHttpRequest();
              const log: string[] = [];
              ["readystatechange", "loadstart", "load", "error", "abort", "timeout", "loadend"].forEach((type) =>
                xhr.addEventListener(type, () => log.push(`${type} ${xhr.readyState} ${xhr.status}`)),
              );
              xhr.addEventListener("loadend", () =>
                setTimeout(() => resolve([...log, `at last ${xhr.readyState}`]), 50),
              );
              new Function("xhr", "open", `return (${source})(xhr, open)`)(xhr, (method: string) =>
                xhr.open(method, url),
              );
            }),
          [body.toString(), address("&slow=5000")] as [string, string],
        ),
      );
    }
    expect(endings[1]).toEqual(endings[0]);
  }
});

test("a synchronous XMLHttpRequest passes through", async () => {
  const text = await throttled.page.evaluate((url) => {
    const xhr = new XMLHttpRequest();
    xhr.open("POST", url, false);
    xhr.send("sync");
    return `${xhr.status} ${xhr.responseText}`;
  }, address());
  expect(text).toMatch(/^201 .*"method":"POST"/);
});

test("a request on no limit is not touched: the browser's own methods get the page's own arguments", async () => {
  const url = "https://other-1234.twil.io/echo";
  const seen = await throttled.page.evaluate(async (other) => {
    const input = new Request(other, { method: "POST", body: "x" });
    await fetch(input);
    return { bodyUsed: input.bodyUsed };
  }, url);
  expect(seen).toEqual({ bodyUsed: true });
});

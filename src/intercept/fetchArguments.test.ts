/** @jest-environment ./testing/browserEnvironment.js */

/** Requests are sent as they were when `fetch` was called. */

import { tooManyRequests } from "../../testing/httpServer";
import { LIMIT, useInterceptedHttp } from "../../testing/interceptedHttp";
import { useUp } from "../../testing/throttles";
import { ended } from "../../testing/virtualTime";
import { installFetch } from "./fetch";

const originalFetch = window.fetch;
const { server, install } = useInterceptedHttp((gate) => installFetch(window, () => gate), ["GET", "POST", "PUT"]);
afterEach(() => {
  window.fetch = originalFetch;
});

const post = (path = "/create", init: RequestInit = {}) => window.fetch(server.url + path, { method: "POST", ...init });

/** Makes a request that has to wait, lets the test meddle, then lets it go. @returns what the server saw. */
async function meddleWhileItWaits(make: () => Promise<Response>, meddle: () => void) {
  const throttle = install();
  useUp(throttle, LIMIT);
  const response = make();
  expect(throttle.status().waiting).toHaveLength(1);
  meddle();
  await ended(response);
  expect(server.requests).toHaveLength(1);
  return server.requests[0];
}

test("sends a URL object as it was at the call", async () => {
  const url = new URL(server.url + "/create?n=1");
  const seen = await meddleWhileItWaits(
    () => window.fetch(url, { method: "POST" }),
    () => url.searchParams.set("n", "2"),
  );
  expect(seen).toMatchObject({ method: "POST", path: "/create?n=1" });
});

test("resolves a relative URL at the call", async () => {
  const base = document.head.appendChild(document.createElement("base"));
  base.href = `${server.url}/create/tasks/`;
  const seen = await meddleWhileItWaits(
    () => window.fetch("one", { method: "POST" }),
    () => (base.href = `${server.url}/create/teams/`),
  );
  base.remove();
  expect(seen.path).toBe("/create/tasks/one");
});

test("sends headers and a form as they were at the call", async () => {
  const headers = new Headers({ "X-A": "1" });
  const body = new URLSearchParams("name=first");
  const seen = await meddleWhileItWaits(
    () => post("/create", { headers, body }),
    () => {
      headers.set("X-A", "2");
      body.set("name", "second");
    },
  );
  expect(seen.headers).toMatchObject({
    "x-a": "1",
    "content-type": expect.stringContaining("application/x-www-form-urlencoded"),
  });
  expect(seen.body).toBe("name=first");
});

test.each<[string, () => { init: RequestInit; meddle: () => void }]>([
  [
    "its options",
    () => {
      const init: RequestInit = { body: "first", headers: { "X-A": "1" } };
      return { init, meddle: () => Object.assign(init, { body: "second", headers: {}, method: "PUT" }) };
    },
  ],
  [
    "a plain object of headers",
    () => {
      const headers: Record<string, string> = { "X-A": "1" };
      return { init: { headers, body: "first" }, meddle: () => void (headers["X-A"] = "2") };
    },
  ],
  [
    "a list of headers",
    () => {
      const headers: [string, string][] = [["X-A", "1"]];
      return { init: { headers, body: "first" }, meddle: () => void (headers[0][1] = "2") };
    },
  ],
  [
    "a Map of headers",
    () => {
      const headers = new Map([["X-A", "1"]]);
      return {
        init: { headers: headers as unknown as HeadersInit, body: "first" },
        meddle: () => void headers.set("X-A", "2"),
      };
    },
  ],
  [
    "bytes",
    () => {
      const body = Uint8Array.from(Buffer.from("first"));
      return { init: { headers: { "X-A": "1" }, body }, meddle: () => void body.fill(32) };
    },
  ],
  [
    "a part of a buffer",
    () => {
      const whole = Uint8Array.from(Buffer.from("-first-"));
      const body = new DataView(whole.buffer, 1, 5);
      return { init: { headers: { "X-A": "1" }, body }, meddle: () => void whole.fill(32) };
    },
  ],
  [
    "a buffer",
    () => {
      const bytes = Uint8Array.from(Buffer.from("first"));
      return { init: { headers: { "X-A": "1" }, body: bytes.buffer }, meddle: () => void bytes.fill(32) };
    },
  ],
])("ignores later changes of %s", async (_, make) => {
  const { init, meddle } = make();
  const seen = await meddleWhileItWaits(() => post("/create", init), meddle);
  expect(seen).toMatchObject({ method: "POST", body: "first" });
  expect(seen.headers["x-a"]).toBe("1");
});

test("sends form data and files as they were at the call", async () => {
  const body = new FormData();
  body.append("name", "first");
  body.append("file", new Blob(["bytes"]), "a.txt");
  const seen = await meddleWhileItWaits(
    () => post("/create", { body }),
    () => body.set("name", "second"),
  );
  expect(seen.headers["content-type"]).toMatch(/^multipart\/form-data; boundary=/);
  expect(seen.body).toContain("first");
  expect(seen.body).toContain('filename="a.txt"');
  expect(seen.body).not.toContain("second");
});

test("consumes a Request like the browser, and sends it whole on every attempt", async () => {
  const throttle = install();
  useUp(throttle, LIMIT);
  server.answers = [tooManyRequests()];
  const request = new Request(server.url + "/create", { method: "POST", headers: { "X-A": "1" }, body: "first" });
  const response = window.fetch(request);
  expect(request.bodyUsed).toBe(true);
  expect((await ended(response)).status).toBe(200);
  expect(server.requests).toHaveLength(2);
  for (const seen of server.requests)
    expect(seen).toMatchObject({ method: "POST", body: "first", headers: { "x-a": "1" } });
});

test("lets options override a Request", async () => {
  install();
  const request = new Request(server.url + "/create", { headers: { "X-A": "1" } });
  await window.fetch(request, { method: "PUT", headers: { "X-B": "2" }, body: "first" });
  expect(server.requests).toMatchObject([{ method: "PUT", body: "first", headers: { "x-b": "2" } }]);
  expect(server.requests[0].headers["x-a"]).toBeUndefined();
});

test("reads method and headers from a Request passed as options", async () => {
  install();
  await window.fetch(
    server.url + "/create",
    new Request(server.url + "/elsewhere", { method: "PUT", headers: { "X-A": "1" } }),
  );
  expect(server.requests).toMatchObject([{ method: "PUT", path: "/create", headers: { "x-a": "1" } }]);
});

test("sends a stream body whole on every attempt", async () => {
  install();
  server.answers = [tooManyRequests()];
  const body = new ReadableStream({
    start(controller) {
      controller.enqueue(Uint8Array.from(Buffer.from("first")));
      controller.close();
    },
  });
  await ended(post("/create", { body, duplex: "half" } as RequestInit));
  expect(server.requests.map((seen) => seen.body)).toEqual(["first", "first"]);
});

test("rejects invalid arguments like the browser", async () => {
  install();
  const init = { method: "GET", body: "a body that GET may not have" };
  const own = await originalFetch(server.url + "/create", init).catch((error) => error);
  const ours = await window.fetch(server.url + "/create", init).catch((error) => error);
  expect(ours).toEqual(own);
});

test.each<[string, () => Parameters<typeof fetch>]>([
  [
    "an address",
    () => [
      {
        toString: () => {
          throw new Error("no");
        },
      } as unknown as string,
    ],
  ],
  [
    "a method",
    () => [
      server.url + "/create",
      {
        get method(): string {
          throw new Error("no");
        },
      },
    ],
  ],
])("rejects when reading %s throws", async (_, make) => {
  install();
  await expect(window.fetch(...make())).rejects.toThrow("no");
});

test("paces a Request of another realm, such as a frame's", async () => {
  const throttle = install();
  useUp(throttle, LIMIT);
  const { Request: FrameRequest } = window;
  window.Request = class extends FrameRequest {};
  const answer = window.fetch(new FrameRequest(`${server.url}/create`, { method: "POST" }));
  window.Request = FrameRequest;
  expect(throttle.status().waiting).toHaveLength(1);
  expect((await ended(answer)).status).toBe(200);
});

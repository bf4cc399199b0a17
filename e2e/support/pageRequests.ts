/** Requests that a test sends from the page, and what the page sees of them. */

import { Desk, until } from "./desk";

/** What a page does with an XMLHttpRequest. Runs in the page and sees nothing of the test's file. */
export type XhrCase = (xhr: XMLHttpRequest, open: (method: string) => void) => void;

/** Likewise with `fetch`. */
export type FetchCase = (url: string) => Promise<Response>;

/** What the page saw of a request. */
export interface Seen {
  log: string[];
  answer: string;
}

/** Runs a case in the page. @returns the events in order, and the answer. */
export function runXhr(desk: Desk, body: XhrCase, url: string): Promise<Seen> {
  return desk.page.evaluate(
    ([source, address]) =>
      new Promise<Seen>((resolve) => {
        const xhr = new XMLHttpRequest() as XMLHttpRequest & { log: string[] };
        xhr.log = [];
        const types = ["readystatechange", "loadstart", "load", "loadend", "error", "abort", "timeout"];
        types.forEach((type) =>
          xhr.addEventListener(type, () => xhr.log.push(`${type} ${xhr.readyState} ${xhr.status}`)),
        );
        const report = async () => {
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
          // An event that comes too late comes before the answer to another request.
          await fetch(`${address}&later`);
          resolve({ log: xhr.log, answer });
        };
        xhr.addEventListener("loadend", () => void report());
        new Function("xhr", "open", `return (${source})(xhr, open)`)(xhr, (method: string) =>
          xhr.open(method, address),
        );
      }),
    [body.toString(), url] as [string, string],
  );
}

export function runFetch(desk: Desk, body: FetchCase, url: string): Promise<Seen> {
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

interface PageXhr {
  readonly xhr: XMLHttpRequest;
  readonly ended: Promise<string[]>;
}

/** Sends a request that is never answered, and ends it once it has arrived. @returns its events. */
export async function endUnanswered(
  desk: Desk,
  url: string,
  hasArrived: () => boolean,
  end: (xhr: XMLHttpRequest) => void,
): Promise<string[]> {
  await desk.page.evaluate((address) => {
    const xhr = new XMLHttpRequest();
    const log: string[] = [];
    ["readystatechange", "loadstart", "load", "error", "abort", "timeout", "loadend"].forEach((type) =>
      xhr.addEventListener(type, () => log.push(`${type} ${xhr.readyState} ${xhr.status}`)),
    );
    const ended = new Promise<string[]>((resolve) => {
      const report = async () => {
        await fetch(location.href);
        resolve([...log, `finally ${xhr.readyState}`]);
      };
      xhr.addEventListener("loadend", () => void report());
    });
    xhr.open("POST", address);
    xhr.send("x");
    Object.assign(window, { unanswered: { xhr, ended } });
  }, url);
  await until(hasArrived, "the request");
  return desk.page.evaluate((source) => {
    const { xhr, ended } = (window as unknown as { unanswered: PageXhr }).unanswered;
    new Function("xhr", `return (${source})(xhr)`)(xhr);
    return ended;
  }, end.toString());
}

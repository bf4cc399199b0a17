/** A page whose XMLHttpRequests are intercepted, and a server on which `POST /create` spends a limit. */

import { installXhr } from "../src/intercept/xhr";
import type { Answer } from "./httpServer";
import { InterceptedHttp, useInterceptedHttp } from "./interceptedHttp";

export const EVENTS = [
  "readystatechange",
  "loadstart",
  "progress",
  "load",
  "loadend",
  "error",
  "abort",
  "timeout",
] as const;

export interface XhrOptions {
  path?: string;
  method?: string;
  headers?: Record<string, string>;
  body?: XMLHttpRequestBodyInit | null;
  prepare?(xhr: XMLHttpRequest): void;
}

export interface SentXhr {
  readonly xhr: XMLHttpRequest;
  /** What the page has seen: event and state. */
  readonly log: string[];
  readonly done: Promise<XMLHttpRequest>;
}

export interface InterceptedXhr extends InterceptedHttp {
  /** Sends as a page does. */
  send(options?: XhrOptions): SentXhr;
  /** @returns the log of the same request without the plugin. */
  withoutPlugin(answer: Answer, options?: XhrOptions): Promise<string[]>;
}

/** Also checks that uninstalling restores every prototype. */
export function useInterceptedXhr(): InterceptedXhr {
  const prototypes = [XMLHttpRequest.prototype, XMLHttpRequestEventTarget.prototype, EventTarget.prototype];
  const ownProperties = prototypes.map((prototype) => Object.getOwnPropertyDescriptors(prototype));
  beforeAll(() => void jest.spyOn(console, "warn").mockImplementation(() => undefined));
  const page = useInterceptedHttp((gate) => installXhr(XMLHttpRequest.prototype, () => gate), ["POST"]);
  // Registered after the hook that uninstalls.
  afterEach(() =>
    prototypes.forEach((prototype, n) => expect(Object.getOwnPropertyDescriptors(prototype)).toEqual(ownProperties[n])),
  );
  const { server } = page;

  const send: InterceptedXhr["send"] = ({
    path = "/create",
    method = "POST",
    headers = {},
    body = null,
    prepare,
  } = {}) => {
    const xhr = new XMLHttpRequest();
    const log: string[] = [];
    EVENTS.forEach((type) => xhr.addEventListener(type, () => log.push(`${type} ${xhr.readyState}`)));
    const done = new Promise<XMLHttpRequest>((resolve) => xhr.addEventListener("loadend", () => resolve(xhr)));
    xhr.open(method, server.url + path);
    Object.entries(headers).forEach(([name, value]) => xhr.setRequestHeader(name, value));
    prepare?.(xhr);
    xhr.send(body);
    return { xhr, log, done };
  };
  const withoutPlugin: InterceptedXhr["withoutPlugin"] = async (answer, options) => {
    server.answers = [answer];
    const { log, done } = send(options);
    await done;
    server.reset();
    return log;
  };
  return { ...page, send, withoutPlugin };
}

// One HTTP request with its response, as the stand-in's handlers get it.

import type { IncomingMessage, ServerResponse } from "http";

export interface Exchange {
  request: IncomingMessage;
  response: ServerResponse;
  method: string;
  /** The Twilio host that the request is for ("flex-api.twilio.com"), or undefined for the stand-in's own pages. */
  host: string | undefined;
  /** The path on that host, without the query. */
  path: string;
  query: URLSearchParams;
  /** The whole body as text. Can be called more than once. */
  body(): Promise<string>;
}

/** @returns true if it answers the exchange, false to leave it to the next handler. */
export type Handler = (exchange: Exchange) => boolean | Promise<boolean>;

/** desktop/redirect.js sends https://HOST/PATH to /@/HOST/PATH. */
const redirectedPath = /^\/@\/([^/]+)(\/.*)?$/;

export function createExchange(request: IncomingMessage, response: ServerResponse): Exchange {
  const { host, path, query } = parseAddress(request);
  let text: Promise<string> | undefined;
  return {
    request,
    response,
    method: request.method ?? "GET",
    host,
    path,
    query,
    body: () => (text ??= readText(request)),
  };
}

export function parseAddress(request: IncomingMessage): {
  host: string | undefined;
  path: string;
  query: URLSearchParams;
} {
  const url = new URL(request.url ?? "/", "http://127.0.0.1");
  const match = redirectedPath.exec(url.pathname);
  if (!match) return { host: undefined, path: url.pathname, query: url.searchParams };
  return { host: (match[1] ?? "").toLowerCase(), path: match[2] ?? "/", query: url.searchParams };
}

export function sendJson({ response }: Exchange, status: number, body: unknown): true {
  return send(response, status, "application/json", JSON.stringify(body));
}

export function sendText({ response }: Exchange, contentType: string, body: string | Buffer): true {
  return send(response, 200, `${contentType}; charset=utf-8`, body);
}

/** Answers with an error in Twilio's format. */
export function sendError(exchange: Exchange, status: number, code: number, message: string): true {
  return sendJson(exchange, status, errorBody(status, code, message));
}

export function errorBody(status: number, code: number, message: string): object {
  return { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status };
}

function send(response: ServerResponse, status: number, contentType: string, body: string | Buffer): true {
  response.writeHead(status, {
    "Content-Type": contentType,
    "Content-Length": Buffer.byteLength(body),
    "Cache-Control": "no-store",
  });
  response.end(body);
  return true;
}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}

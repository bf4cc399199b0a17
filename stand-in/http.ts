// One HTTP request with its response, as the stand-in's handlers get it.

import type { IncomingMessage, ServerResponse } from "http";

import { ApiError } from "./account";

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

const MAX_BODY_BYTES = 10_000_000;

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

/** @throws ApiError if the request's target is not a path, as in `GET http://host/`. */
export function parseAddress(request: IncomingMessage): {
  host: string | undefined;
  path: string;
  query: URLSearchParams;
} {
  if (!request.url?.startsWith("/")) throw new ApiError(400, 400, "Expected the request's target to be a path");
  // Concatenated, because "//host" would resolve to another host.
  const url = new URL(`http://127.0.0.1${request.url}`);
  const match = redirectedPath.exec(url.pathname);
  if (!match) return { host: undefined, path: url.pathname, query: url.searchParams };
  return { host: (match[1] ?? "").toLowerCase(), path: match[2] ?? "/", query: url.searchParams };
}

export function sendJson({ response }: Pick<Exchange, "response">, status: number, body: unknown): true {
  return send(response, status, "application/json", JSON.stringify(body));
}

export function sendText({ response }: Exchange, contentType: string, body: string | Buffer): true {
  return send(response, 200, `${contentType}; charset=utf-8`, body);
}

/** Answers with an error in Twilio's format. */
export function sendError(exchange: Pick<Exchange, "response">, status: number, code: number, message: string): true {
  return sendJson(exchange, status, errorBody(status, code, message));
}

export function sendApiError(exchange: Pick<Exchange, "response">, { status, code, message }: ApiError): true {
  return sendError(exchange, status, code, message);
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
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MAX_BODY_BYTES) throw new ApiError(413, 413, `The body is larger than ${MAX_BODY_BYTES} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

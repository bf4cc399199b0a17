// How the REST API speaks HTTP: forms in, JSON out, Twilio's errors, and the headers that let a page of another origin read it.

import type { IncomingMessage, ServerResponse } from "http";

const MAX_FORM_BYTES = 1_000_000;

/** Reads a form body. A body of another type is no form: its parameters count as missing, as at Twilio. */
export async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes <= MAX_FORM_BYTES) chunks.push(chunk);
  }
  const isForm = (request.headers["content-type"] ?? "").startsWith("application/x-www-form-urlencoded");
  return new URLSearchParams(isForm ? Buffer.concat(chunks).toString() : "");
}

export function sendJson(response: ServerResponse, status: number, body?: object): void {
  if (body === undefined) {
    response.writeHead(status).end();
    return;
  }
  response.writeHead(status, { "Content-Type": "application/json; charset=utf-8" }).end(JSON.stringify(body));
}

export function sendError(response: ServerResponse, error: { status: number; code: number; message: string }): void {
  const { status, code, message } = error;
  sendJson(response, status, { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status });
}

/** Lets any page call, with its credentials. */
export function allowOrigin(request: IncomingMessage, response: ServerResponse): void {
  const { origin } = request.headers;
  response.setHeader("Access-Control-Allow-Origin", origin ?? "*");
  if (origin === undefined) return;
  response.setHeader("Access-Control-Allow-Credentials", "true");
  response.setHeader("Vary", "Origin");
}

/** Answers the question that a browser asks before a request that is not a simple one. */
export function answerPreflight(request: IncomingMessage, response: ServerResponse): void {
  allowOrigin(request, response);
  response.setHeader("Access-Control-Allow-Methods", "GET, POST, DELETE, OPTIONS");
  response.setHeader("Access-Control-Allow-Headers", request.headers["access-control-request-headers"] ?? "Authorization, Content-Type");
  response.setHeader("Access-Control-Max-Age", "86400");
  response.writeHead(204).end();
}

/**
 * Says when to come again. A page of another origin may read that only if the header is exposed. A page of this origin may always
 * read it, which at Twilio no page is: so while the header is not exposed it is kept from such a page altogether.
 */
export function setRetryAfter(request: IncomingMessage, response: ServerResponse, retryAfter: number | string, exposed: boolean): void {
  if (exposed) response.setHeader("Access-Control-Expose-Headers", "Retry-After");
  else if (request.headers["sec-fetch-site"] === "same-origin") return;
  response.setHeader("Retry-After", String(retryAfter));
}

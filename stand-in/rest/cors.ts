// CORS headers: as at Twilio, pages of other origins may call the REST API.

import type { Exchange } from "../http";

/** Allows any origin, with credentials. */
export function allowOrigin({ request, response }: Exchange): void {
  const { origin } = request.headers;
  response.setHeader("Access-Control-Allow-Origin", origin ?? "*");
  if (origin === undefined) return;
  response.setHeader("Access-Control-Allow-Credentials", "true");
  response.setHeader("Vary", "Origin");
}

/** Answers the preflight request of a browser. */
export function answerPreflight({ request, response }: Exchange): void {
  const headers = request.headers["access-control-request-headers"] ?? "Authorization, Content-Type";
  response.setHeader("Access-Control-Allow-Methods", "GET, POST, DELETE, OPTIONS");
  response.setHeader("Access-Control-Allow-Headers", headers);
  response.setHeader("Access-Control-Max-Age", "86400");
  response.writeHead(204).end();
}

/**
 * Sets Retry-After, readable for pages only if it is exposed. Pages of the stand-in's own origin could always read the
 * header. No page has Twilio's origin, so these pages do not get the header unless it is exposed.
 */
export function setRetryAfter({ request, response }: Exchange, retryAfter: number | string, exposed: boolean): void {
  if (exposed) response.setHeader("Access-Control-Expose-Headers", "Retry-After");
  else if (request.headers["sec-fetch-site"] === "same-origin") return;
  response.setHeader("Retry-After", String(retryAfter));
}

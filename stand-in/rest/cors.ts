// What lets a page of another origin call the REST API and read its answers, as Twilio's hosts do.

import type { Exchange } from "../http";

/** Lets any page call, with its credentials. */
export function allowOrigin({ request, response }: Exchange): void {
  const { origin } = request.headers;
  response.setHeader("Access-Control-Allow-Origin", origin ?? "*");
  if (origin === undefined) return;
  response.setHeader("Access-Control-Allow-Credentials", "true");
  response.setHeader("Vary", "Origin");
}

/** Answers the question that a browser asks before a request that is not a simple one. */
export function answerPreflight({ request, response }: Exchange): void {
  const headers = request.headers["access-control-request-headers"] ?? "Authorization, Content-Type";
  response.setHeader("Access-Control-Allow-Methods", "GET, POST, DELETE, OPTIONS");
  response.setHeader("Access-Control-Allow-Headers", headers);
  response.setHeader("Access-Control-Max-Age", "86400");
  response.writeHead(204).end();
}

/**
 * Says when to come again. A page of another origin may read that only if the header is exposed. A page of this origin may always
 * read it, which at Twilio no page is: so while the header is not exposed it is kept from such a page altogether.
 */
export function setRetryAfter({ request, response }: Exchange, retryAfter: number | string, exposed: boolean): void {
  if (exposed) response.setHeader("Access-Control-Expose-Headers", "Retry-After");
  else if (request.headers["sec-fetch-site"] === "same-origin") return;
  response.setHeader("Retry-After", String(retryAfter));
}

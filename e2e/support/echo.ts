/** A customer's Function on the stand-in that answers with the request it got. */

import { createHash } from "crypto";

import type { Exchange, Handler } from "../../stand-in/http";

const HOST = "echo-1234.twil.io";
export const ECHO = `https://${HOST}/echo`;

export interface Echo {
  readonly handler: Handler;
  /** How many requests with this `id` arrived. */
  count(id: string): number;
}

/** Query: `id` names a request; `throttle=n` answers its first n attempts with 429; `never` does not answer at all. */
export function createEcho(): Echo {
  const attempts = new Map<string, number>();
  return {
    handler: (exchange) => {
      if (exchange.host !== HOST) return false;
      void answer(exchange, attempts);
      return true;
    },
    count: (id) => attempts.get(id) ?? 0,
  };
}

async function answer(
  { request, response, method, path, query }: Exchange,
  attempts: Map<string, number>,
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const id = query.get("id") ?? "";
  const attempt = (attempts.get(id) ?? 0) + 1;
  attempts.set(id, attempt);
  if (query.has("never")) return;
  if (attempt <= Number(query.get("throttle"))) {
    response.writeHead(429, { "Content-Type": "application/json" }).end('{"code":45010,"status":429}');
    return;
  }
  const { "content-type": type, authorization, "x-own": own, cookie, "content-length": length } = request.headers;
  const body = Buffer.concat(chunks);
  // The boundary of a multipart body is random.
  const hash = createHash("sha1")
    .update(type?.startsWith("multipart") ? "" : body)
    .digest("hex");
  const headers = { type: type?.replace(/boundary=.*/, "boundary"), authorization, own, cookie, length };
  response.writeHead(201, { "Content-Type": "application/json", "X-Answer": "yes" });
  response.end(JSON.stringify({ method, path, headers, hash }));
}

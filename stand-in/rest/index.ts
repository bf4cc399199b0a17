// Twilio's REST API over HTTP: the endpoints that the limits count, on the account's state.

import { ApiError, type Account } from "../account";
import { agentOfAuthorization } from "../flex/tokens";
import { httpOperation, splitPath, type Admitted, type Gate } from "../gate";
import { sendError, sendJson, type Exchange } from "../http";
import { allowOrigin, answerPreflight, setRetryAfter } from "./cors";
import type { Answer, Resource } from "./resource";
import { findRoute } from "./routes";

const METHOD_NOT_ALLOWED = 20004;
const INTERNAL_ERROR = 20500;

/** The endpoint that an exchange is for. */
interface Endpoint {
  host: string;
  base: string;
  sids: string[];
  methods: Readonly<Record<string, Resource>>;
}

export class Rest {
  /** Whether a page may read Retry-After. Nobody outside of Twilio knows whether its hosts allow it. */
  exposesRetryAfter = true;

  constructor(private readonly parts: { account: Account; gate: Gate }) {}

  /** Answers the exchange if it is for one of the endpoints; otherwise says false and does nothing. */
  handle(exchange: Exchange): boolean {
    const endpoint = endpointOf(exchange);
    if (!endpoint) return false;
    allowOrigin(exchange);
    if (exchange.method === "OPTIONS") answerPreflight(exchange);
    else void this.answer(exchange, endpoint);
    return true;
  }

  private async answer(exchange: Exchange, { host, base, sids, methods }: Endpoint): Promise<void> {
    const { method, path, query, request } = exchange;
    const resource = methods[method];
    if (!resource) {
      sendError(exchange, 405, METHOD_NOT_ALLOWED, "Method not allowed");
      return;
    }
    const agent = agentOfAuthorization(request.headers.authorization);
    const operation = httpOperation(method, host, path) ?? `${method} ${host}`;
    const verdict = await this.parts.gate.admit({ operation, method, path, agent });
    if (verdict.ok) {
      const asked = { ...this.parts, agent, sids, query, base: `https://${host}${base}` };
      await send(exchange, verdict, async () => resource({ ...asked, form: await readForm(exchange) }));
      return;
    }
    if (verdict.retryAfter !== undefined) setRetryAfter(exchange, verdict.retryAfter, this.exposesRetryAfter);
    sendError(exchange, verdict.status, verdict.code, verdict.message);
  }
}

function endpointOf({ host, path }: Exchange): Endpoint | undefined {
  const split = host === undefined ? undefined : splitPath(host, path);
  if (host === undefined || !split) return undefined;
  const found = findRoute(host, split.resource);
  return found && { host, base: split.base, sids: found.sids, methods: found.route.methods };
}

/** A body of another type is no form: its parameters count as missing, as at Twilio. */
async function readForm(exchange: Exchange): Promise<URLSearchParams> {
  const type = exchange.request.headers["content-type"] ?? "";
  return new URLSearchParams(type.startsWith("application/x-www-form-urlencoded") ? await exchange.body() : "");
}

/** Sends what the resource answers or throws, and tells the gate. */
async function send(exchange: Exchange, admitted: Admitted, answer: () => Promise<Answer>): Promise<void> {
  try {
    const { status, body } = await answer();
    admitted.recordStatus(status);
    if (body === undefined) exchange.response.writeHead(status).end();
    else sendJson(exchange, status, body);
  } catch (error) {
    const refusal = error instanceof ApiError ? error : new ApiError(500, INTERNAL_ERROR, String(error));
    admitted.recordStatus(refusal.status);
    sendError(exchange, refusal.status, refusal.code, refusal.message);
  }
}

// Twilio's REST API: the endpoints that count against the limits.

import { ApiError, type Account } from "../account";
import { agentOfAuthorization } from "../flex/tokens";
import { httpOperation, splitPath, type Admitted, type Gate } from "../gate";
import { sendApiError, sendError, sendJson, type Exchange } from "../http";
import { allowOrigin, answerPreflight, setRetryAfter } from "./cors";
import type { Answer, Resource } from "./resource";
import { findRoute } from "./routes";

const METHOD_NOT_ALLOWED = 20004;
const INTERNAL_ERROR = 20500;

interface Endpoint {
  host: string;
  base: string;
  sids: string[];
  methods: Readonly<Record<string, Resource>>;
}

export class Rest {
  /** Whether pages may read Retry-After. Twilio does not document whether its hosts expose it. */
  exposesRetryAfter = true;

  constructor(private readonly parts: { account: Account; gate: Gate }) {}

  /** @returns false if the request is for none of the endpoints. */
  handle(exchange: Exchange): boolean | Promise<true> {
    const endpoint = endpointOf(exchange);
    if (!endpoint) return false;
    allowOrigin(exchange);
    if (exchange.method !== "OPTIONS") return this.answer(exchange, endpoint);
    answerPreflight(exchange);
    return true;
  }

  private async answer(exchange: Exchange, { host, base, sids, methods }: Endpoint): Promise<true> {
    const { method, path, query, request } = exchange;
    const resource = methods[method];
    if (!resource) return sendError(exchange, 405, METHOD_NOT_ALLOWED, "Method not allowed");
    const agent = agentOfAuthorization(request.headers.authorization);
    const operation = httpOperation(method, host, path) ?? `${method} ${host}`;
    const verdict = await this.parts.gate.admit({ operation, method, path, agent });
    if (verdict.ok) {
      const resourceRequest = { ...this.parts, agent, sids, query, base: `https://${host}${base}` };
      return sendAnswer(exchange, verdict, async () =>
        resource({ ...resourceRequest, form: await readForm(exchange) }),
      );
    }
    if (verdict.retryAfter !== undefined) setRetryAfter(exchange, verdict.retryAfter, this.exposesRetryAfter);
    return sendError(exchange, verdict.status, verdict.code, verdict.message);
  }
}

function endpointOf({ host, path }: Exchange): Endpoint | undefined {
  const split = host === undefined ? undefined : splitPath(host, path);
  if (host === undefined || !split) return undefined;
  const found = findRoute(host, split.resource);
  return found && { host, base: split.base, sids: found.sids, methods: found.route.methods };
}

/** As at Twilio, a body of another type counts as an empty form. */
async function readForm(exchange: Exchange): Promise<URLSearchParams> {
  const type = exchange.request.headers["content-type"] ?? "";
  return new URLSearchParams(type.startsWith("application/x-www-form-urlencoded") ? await exchange.body() : "");
}

/** Sends the resource's answer or error, and records its status. */
async function sendAnswer(exchange: Exchange, admitted: Admitted, answer: () => Promise<Answer>): Promise<true> {
  try {
    const { status, body } = await answer();
    admitted.recordStatus(status);
    if (body !== undefined) return sendJson(exchange, status, body);
    exchange.response.writeHead(status).end();
    return true;
  } catch (error) {
    const apiError = error instanceof ApiError ? error : new ApiError(500, INTERNAL_ERROR, String(error));
    admitted.recordStatus(apiError.status);
    return sendApiError(exchange, apiError);
  }
}

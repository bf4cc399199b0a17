// Twilio's Configuration API, for administrators' tools and Flex. A POST replaces each property in its body as a whole.

import type { Account } from "../account";
import type { Gate } from "../gate";
import { sendError, sendJson, type Exchange, type Handler } from "../http";
import { agentOfAuthorization } from "./tokens";

const PATH = "/v1/Configuration";
const METHODS = ["GET", "POST"];

/** The names of the administrators' calls in the log. */
export const CONFIGURATION_OPERATIONS: readonly string[] = METHODS.map(operationOf);

export function configurationRoutes(account: Account, gate: Gate, configuration: Record<string, unknown>): Handler {
  return async (exchange) => {
    const { host, path, method, request } = exchange;
    if (host !== "flex-api.twilio.com" || path !== PATH || !METHODS.includes(method)) return false;
    const { authorization } = request.headers;
    if (hasAccountCredentials(account, authorization))
      return answerAdministrator(account, gate, configuration, exchange);
    // Flex reads the configuration when it starts.
    if (agentOfAuthorization(authorization) === undefined) return sendError(exchange, 401, 20003, "Authenticate");
    if (method === "GET") return sendJson(exchange, 200, configuration);
    return sendError(exchange, 403, 20403, "Forbidden");
  };
}

/** Whether the header carries the account's auth token or API key. */
export function hasAccountCredentials(
  { sid, credentials: { authToken, apiKey, apiSecret } }: Account,
  authorization: string | undefined,
): boolean {
  const pairs = [`${sid}:${authToken}`, `${apiKey}:${apiSecret}`];
  return pairs.some((pair) => authorization === `Basic ${Buffer.from(pair).toString("base64")}`);
}

async function answerAdministrator(
  account: Account,
  gate: Gate,
  configuration: Record<string, unknown>,
  exchange: Exchange,
): Promise<true> {
  const { method, path } = exchange;
  const verdict = await gate.admit({ operation: operationOf(method), method, path });
  if (!verdict.ok) {
    if (verdict.retryAfter !== undefined) exchange.response.setHeader("Retry-After", String(verdict.retryAfter));
    return sendError(exchange, verdict.status, verdict.code, verdict.message);
  }
  const changes = method === "GET" ? {} : readChanges(account, await exchange.body());
  verdict.recordStatus(changes ? 200 : 400);
  if (!changes)
    return sendError(exchange, 400, 20001, "Expected a JSON object with the account_sid and the properties to change");
  if (method === "POST") Object.assign(configuration, changes, { date_updated: new Date().toISOString() });
  return sendJson(exchange, 200, configuration);
}

function operationOf(method: string): string {
  return `${method} /Configuration`;
}

function readChanges({ sid }: Account, body: string): Record<string, unknown> | undefined {
  try {
    const { account_sid, ...changes } = JSON.parse(body) as Record<string, unknown>;
    return account_sid === sid ? changes : undefined;
  } catch {
    return undefined;
  }
}

// What Flex requests when it starts: the public configuration, login, session, system status and assets.

import type { Account } from "../account";
import { sendError, sendJson, type Exchange, type Handler } from "../http";
import { assetRoutes } from "./assets";
import { issueToken, readToken } from "./tokens";

export function flexRoutes(account: Account, configuration: Record<string, unknown>): Handler {
  return (exchange) => {
    const { host, path } = exchange;
    if (host === "flex-api.twilio.com" && path === "/v1/Configuration/Public")
      return sendJson(exchange, 200, publicConfiguration(configuration));
    if (/\/Tokens\/(validate|refresh)$/i.test(path)) return answerTokens(account, exchange);
    if (host === "flex.twilio.com" && path === "/api/v1/Session") return sendJson(exchange, 200, session);
    if (host === "flex.twilio.com" && path === "/logs/batch") return sendJson(exchange, 200, {});
    if (host === "status.twilio.com") return sendJson(exchange, 200, operationalStatus);
    return assetRoutes(exchange);
  };
}

const session = { features: [], insights_active: false };

const operationalStatus = {
  page: { name: "Twilio" },
  components: [{ name: "FLEX", status: "operational" }],
  incidents: [],
  status: { indicator: "none", description: "All Systems Operational" },
};

function publicConfiguration(configuration: Record<string, unknown>): object {
  const { account_sid, public_attributes, runtime_domain, ui_version } = configuration;
  return { account_sid, public_attributes, runtime_domain, ui_version };
}

async function answerTokens(account: Account, exchange: Exchange): Promise<true> {
  const { token } = JSON.parse(await exchange.body()) as { token: string };
  const claims = readToken(token);
  if (!claims) return sendError(exchange, 401, 20003, "Authenticate");
  if (/refresh$/i.test(exchange.path))
    return sendJson(exchange, 200, issueToken(account, claims.identity, claims.roles));
  return sendJson(exchange, 200, {
    valid: true,
    identity: claims.identity,
    roles: claims.roles,
    expiration: claims.expiration,
    worker_sid: null,
    realm_user_id: claims.identity,
  });
}

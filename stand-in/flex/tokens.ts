// Agents' tokens: JWTs with Twilio's grants. Their signature is not checked; the identity in them names the caller.

import type { Account } from "../account";
import { stableSid } from "../sids";

const lifetimeSeconds = 24 * 60 * 60;

export interface AgentSession {
  token: string;
  identity: string;
  roles: string[];
  /** ISO date. */
  expiration: string;
}

export function workerSid(identity: string): string {
  return stableSid("WK", identity);
}

export function issueToken(account: Account, identity: string, roles: string[]): AgentSession {
  const nowSeconds = Math.floor(Date.now() / 1000);
  const expiresSeconds = nowSeconds + lifetimeSeconds;
  const claims = {
    jti: `${account.sid}-${nowSeconds}`,
    iss: account.sid,
    sub: account.sid,
    nbf: nowSeconds,
    exp: expiresSeconds,
    roles,
    grants: {
      identity,
      task_router: { workspace_sid: account.workspaceSid, worker_sid: workerSid(identity), role: "worker" },
      chat: { service_sid: account.chatServiceSid },
      data_sync: { service_sid: "default" },
    },
  };
  const header = { typ: "JWT", alg: "HS256", cty: "twilio-fpa;v=1" };
  return {
    token: [header, claims].map(encode).join(".") + ".c3RhbmQtaW4",
    identity,
    roles,
    expiration: new Date(expiresSeconds * 1000).toISOString(),
  };
}

export interface TokenClaims {
  identity: string;
  roles: string[];
  expiration: string;
}

/** The claims of a token, or undefined if it is not one of the stand-in's. */
export function readToken(token: string): TokenClaims | undefined {
  try {
    const claims = JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString("utf8")) as {
      exp: number;
      roles: string[];
      grants: { identity: string };
    };
    return {
      identity: claims.grants.identity,
      roles: claims.roles,
      expiration: new Date(claims.exp * 1000).toISOString(),
    };
  } catch {
    return undefined;
  }
}

/** The agent of an Authorization header "Basic base64(token:<token>)", which Flex sends. */
export function agentOfAuthorization(header: string | undefined): string | undefined {
  const credentials = /^Basic (.+)$/i.exec(header ?? "")?.[1];
  if (!credentials) return undefined;
  const password = Buffer.from(credentials, "base64").toString("utf8").split(":").slice(1).join(":");
  return readToken(password)?.identity;
}

function encode(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString("base64url");
}

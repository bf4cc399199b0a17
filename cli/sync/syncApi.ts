/**
 * Twilio's REST API for Sync, and the token that an agent's browser would use.
 *
 * @see https://www.twilio.com/docs/sync/api
 */

import { createHmac } from "crypto";

import { Credentials } from "../credentials";
import { CliError } from "../errors";
import { NotFoundError, ThrottledError, TwilioRequest, TwilioRequests } from "../twilioRequests";
import { connectAgent, SyncAgent } from "./syncAgent";

export interface SyncService {
  readonly sid: string;
  /** Whether agents may only use objects that somebody has granted to them. */
  readonly isAccessControlled: boolean;
}

/** How long the lists of a check exist at most, whatever happens to the command. */
const LIST_TTL_SECONDS = 3600;

/** The list that open desktops read, see src/account/settingsNotices.ts. */
const NOTICES = "flex-throttle.settings";

/** Desktops that connect later read the notice, too. */
const NOTICE_TTL_SECONDS = 24 * 3600;

const TOKEN_LIFETIME_SECONDS = 600;

export class SyncApi {
  constructor(
    private readonly credentials: Credentials,
    private readonly requests: TwilioRequests,
  ) {}

  /** Whether the credentials can sign a token for an agent. An auth token cannot. */
  get canConnectAgents(): boolean {
    return this.credentials.apiKey !== undefined;
  }

  /** @param service a SID, or "default". */
  async readService(service: string): Promise<SyncService> {
    const { sid, acl_enabled } = await this.send<{ sid: string; acl_enabled: boolean }>("GET", `/${service}`);
    return { sid, isAccessControlled: acl_enabled };
  }

  async createList(service: string, name: string): Promise<void> {
    await this.send("POST", `/${service}/Lists`, { UniqueName: name, Ttl: String(LIST_TTL_SECONDS) });
  }

  /** @returns when Sync stored the item, as in its answer. */
  async pushItem(service: string, list: string, data: object, ttlSeconds = LIST_TTL_SECONDS): Promise<string> {
    const path = `/${service}/Lists/${encodeURIComponent(list)}/Items`;
    const { date_updated } = await this.send<{ date_updated: string }>("POST", path, {
      Data: JSON.stringify(data),
      Ttl: String(ttlSeconds),
    });
    return date_updated;
  }

  /**
   * Tells open desktops that the settings were changed.
   *
   * @returns `false` if no desktop of the account has used the account budget.
   */
  async announceSettings(service: string): Promise<boolean> {
    try {
      await this.pushItem(service, NOTICES, { notice: "settings changed" }, NOTICE_TTL_SECONDS);
      return true;
    } catch (error) {
      if (error instanceof NotFoundError) return false;
      throw error;
    }
  }

  /** A list that does not exist is no error. */
  async removeList(service: string, name: string): Promise<void> {
    try {
      await this.send("DELETE", `/${service}/Lists/${encodeURIComponent(name)}`);
    } catch (error) {
      if (!(error instanceof NotFoundError)) throw error;
    }
  }

  /**
   * Opens a list as an agent's browser does, and creates it if necessary.
   *
   * @throws CliError if the credentials cannot sign a token; whatever Sync rejects the connection or the list with.
   */
  async connectAgent(service: string, identity: string, list: string): Promise<SyncAgent> {
    return connectAgent({
      token: this.createToken(service, identity),
      socketUrl: `${this.baseUrl("tsock.us1").replace(/^http/, "ws")}/v3/wsconnect`,
      list,
      listTtlSeconds: LIST_TTL_SECONDS,
    });
  }

  /** @see https://www.twilio.com/docs/iam/access-tokens */
  private createToken(service: string, identity: string): string {
    const { accountSid, apiKey } = this.credentials;
    if (!apiKey) throw new CliError("Only an API key can sign a token.");
    const nowSeconds = Math.floor(Date.now() / 1000);
    const header = { typ: "JWT", alg: "HS256", cty: "twilio-fpa;v=1" };
    const claims = {
      jti: `${apiKey.sid}-${nowSeconds}-${identity}`,
      iss: apiKey.sid,
      sub: accountSid,
      exp: nowSeconds + TOKEN_LIFETIME_SECONDS,
      grants: { identity, data_sync: { service_sid: service } },
    };
    const signed = [header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString("base64url")).join(".");
    return `${signed}.${createHmac("sha256", apiKey.secret).update(signed).digest("base64url")}`;
  }

  private async send<Answer>(
    method: TwilioRequest["method"],
    path: string,
    form?: Record<string, string>,
  ): Promise<Answer> {
    const request = {
      method,
      base: this.baseUrl("sync"),
      path: `/v1/Services${path}`,
      ...(form && { body: new URLSearchParams(form) }),
      notFound: "Sync has no such service (404): check account.service in the settings.",
    };
    const text = await this.requests.send(request).catch((error: unknown) => {
      if (!(error instanceof ThrottledError)) throw error;
      throw new CliError("Twilio throttled a request to Sync (429). Try again in a minute.");
    });
    return (text === "" ? undefined : JSON.parse(text)) as Answer;
  }

  /** The URL of another host of Twilio, or of the same stand-in. */
  private baseUrl(host: string): string {
    const { apiUrl } = this.credentials;
    if (!apiUrl.includes("flex-api.twilio.com"))
      throw new CliError(
        "Sync needs flex-api.twilio.com in FLEX_THROTTLE_API_URL, because its address is derived from that one.",
      );
    return apiUrl.replace("flex-api.twilio.com", `${host}.twilio.com`);
  }
}

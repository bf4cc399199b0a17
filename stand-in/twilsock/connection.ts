// A Twilsock connection: carries the HTTP requests of the chat and Sync SDKs, and notifications to them.

import type { RawData, WebSocket } from "ws";

import { readToken } from "../flex/tokens";
import { newSid } from "../sids";
import { decodeFrame, encodeFrame, type Header } from "./frames";

export interface UpstreamRequest {
  host: string;
  path: string;
  method: string;
  params: Record<string, string>;
  body: string;
  connection: TwilsockConnection;
}

export type UpstreamReply =
  | { status: number; body?: object }
  /** An error of the transport: the request did not become HTTP. */
  | { transportStatus: number; reason: string };

export type Upstream = (request: UpstreamRequest) => Promise<UpstreamReply>;

const reasons: Record<number, string> = {
  200: "OK",
  201: "CREATED",
  204: "NO CONTENT",
  401: "UNAUTHORIZED",
  403: "FORBIDDEN",
  404: "NOT FOUND",
  409: "CONFLICT",
  413: "PAYLOAD TOO LARGE",
  429: "Too Many Requests",
  500: "INTERNAL SERVER ERROR",
  503: "SERVICE UNAVAILABLE",
  504: "GATEWAY TIMEOUT",
};

export interface TwilsockSettings {
  /** Rejects the tokens of plugins' Sync clients. */
  readonly rejectsTokens: boolean;
  /** Ends the new connections of plugins' Sync clients. */
  readonly refusesConnections: boolean;
}

/** The WebSocket's close code. */
const PROTOCOL_ERROR = 1002;

export class TwilsockConnection {
  /** Empty until the client has sent its token. */
  identity = "";
  /** Whether a plugin's Sync client uses the connection. Flex's own SDKs have versions below 1. */
  isPlugin = false;
  /** How often the client has replaced its token. */
  renewals = 0;
  private expiry: NodeJS.Timeout | undefined;

  constructor(
    private readonly socket: WebSocket,
    private readonly upstream: Upstream,
    private readonly settings: TwilsockSettings,
  ) {
    this.onClose(() => clearTimeout(this.expiry));
    socket.on("message", (data) => {
      this.receive(data).catch(() => socket.close(PROTOCOL_ERROR, "Invalid frame"));
    });
  }

  onClose(listener: () => void): void {
    this.socket.on("close", listener);
  }

  notify(messageType: string, payload: object): void {
    this.send({ method: "notification", id: newSid("NO"), message_type: messageType }, payload);
  }

  /** Ends the connection without a word, as a network failure does. */
  disconnect(): void {
    this.socket.terminate();
  }

  /** Asks the client for a new token. */
  announceExpiry(): void {
    this.send({ method: "client_update", id: newSid("TM"), client_update_type: "token_about_to_expire" });
  }

  /** Closes the connection as Twilio does when its token has expired. */
  expire(): void {
    this.send({ method: "close", id: newSid("TM"), status: { code: 410, status: "TOKEN_EXPIRED" } });
  }

  private async receive(data: RawData): Promise<void> {
    const { header, payload } = decodeFrame(data as Buffer);
    switch (header.method) {
      case "init":
        return this.init(header);
      case "message":
        return this.forward(header, payload);
      case "reply":
      case "close":
        return undefined;
      case "update":
        this.renewals += 1;
        return this.reply(header, { status: this.identify(header) ? ok : unauthorized });
      default:
        return this.reply(header, { status: ok });
    }
  }

  private init(header: Header): void {
    const { type, sdkv = "" } = (header.metadata ?? {}) as { type?: string; sdkv?: string };
    this.isPlugin = type === "sync" && !sdkv.startsWith("0.");
    if (this.isPlugin && this.settings.refusesConnections) return this.disconnect();
    if (!this.identify(header)) return this.reply(header, { status: unauthorized });
    this.reply(header, {
      status: ok,
      continuation_token: newSid("CT"),
      continuation_token_status: {
        reissued: true,
        reissue_reason: "MISSING",
        reissue_message: "Client did not provide continuation token",
      },
      capabilities: ["client_update"],
    });
  }

  private identify(header: Header): boolean {
    const claims = readToken(String(header.token));
    this.identity = claims?.identity ?? "";
    if (!claims || (this.isPlugin && this.settings.rejectsTokens)) return false;
    const leftMs = Date.parse(claims.expiration) - Date.now();
    if (leftMs <= 0) return false;
    clearTimeout(this.expiry);
    this.expiry = setTimeout(() => this.expire(), leftMs).unref();
    return true;
  }

  private async forward(header: Header, payload: string): Promise<void> {
    const { host, path, method, params } = header.http_request as Omit<UpstreamRequest, "body" | "connection">;
    const reply = await this.upstream({ host, path, method, params: params ?? {}, body: payload, connection: this });
    if ("transportStatus" in reply) {
      return this.reply(header, { status: { code: reply.transportStatus, status: reply.reason } });
    }
    const httpStatus = { code: reply.status, status: reasons[reply.status] ?? "OK" };
    this.reply(header, { status: ok, http_status: httpStatus, http_headers: {} }, reply.body ?? {});
  }

  private reply(to: Header, fields: object, payload?: object): void {
    this.send({ method: "reply", id: to.id, ...fields }, payload);
  }

  private send(header: Header, payload?: object): void {
    if (this.socket.readyState === this.socket.OPEN) this.socket.send(encodeFrame(header, payload));
  }
}

const unauthorized = { code: 401, status: "UNAUTHORIZED", errorCode: 20104, description: "Token expired or invalid" };

const ok = { code: 200, status: "OK" };

/**
 * The engine over Twilio Sync: one Sync List per limit, in the Sync service that the agent's token names.
 * docs/architecture.md lists the properties of Twilio's SDK that shape this file.
 */

import type { SyncClient, SyncList } from "twilio-sync";

import type { Clock, Random } from "../throttle/clock";
import { EngineError, EngineProblem, LogEngine, LogListener, OpenLog } from "./engine";
import { Connection, SyncLog } from "./syncLog";

/** The agent's token, which the desktop renews from time to time. */
export interface TokenSource {
  token(): string | undefined;
  /** Subscribes to new tokens. Returns the function that unsubscribes. */
  onChange(listener: () => void): () => void;
}

export interface SyncEngineOptions {
  readonly tokens: TokenSource;
  readonly clock: Clock;
  readonly random: Random;
  /** Further options for Twilio's client. */
  readonly clientOptions?: object;
}

/** A connection that the SDK has ended is replaced after one to two of these, unless a new token comes before. */
const REPLACE_MS = 30_000;

/**
 * How the SDK reconnects: after 0.5 to 3.75 seconds, so that the budget is back within 10 seconds after Sync. By default
 * it waits for up to two minutes, and all browsers return at the same time.
 */
const RETRY_POLICY = { min: 1000, max: 2500, randomness: 0.5 };

/** The SDK asks Sync to unsubscribe 100 to 120 ms after a list was closed. */
const UNSUBSCRIBE_MS = 200;

/** The name of the limit's list. Its characters need no encoding in a URL. */
export function listName(limit: string): string {
  return `flex-throttle.${limit.replace(/[^A-Za-z0-9]+/g, ".")}`;
}

/** The SDK is loaded, and connects, when the first log is opened. */
export class SyncEngine implements LogEngine, Connection {
  /** Why there is no connection, if there is none. */
  problem: EngineProblem = "disconnected";
  private starting: Promise<SyncClient> | undefined;
  private client: SyncClient | undefined;
  /** The token that the connection was opened with, or has accepted since. */
  private usedToken: string | undefined;
  private readonly logs = new Set<SyncLog>();
  private lastTurn: Promise<unknown> = Promise.resolve();
  private lastClosedMs = -Infinity;
  private isClosed = false;
  private unsubscribe: () => void = () => undefined;
  private cancelReplacement: () => void = () => undefined;
  /** Rejected when the client is replaced or closed. */
  private replacement: Promise<never> = new Promise(() => undefined);
  private rejectReplacement: (reason: unknown) => void = () => undefined;

  constructor(private readonly options: SyncEngineOptions) {}

  async open(limit: string, listener: LogListener): Promise<OpenLog> {
    const { clock, random } = this.options;
    const onClose = (closed: SyncLog) => void this.logs.delete(closed);
    const log = new SyncLog({ name: listName(limit), listener, clock, random, connection: this, onClose });
    try {
      await log.open();
    } catch (error) {
      log.close();
      throw error;
    }
    this.logs.add(log);
    return log;
  }

  close(): void {
    this.isClosed = true;
    this.unsubscribe();
    this.unsubscribe = () => undefined;
    this.logs.forEach((log) => log.close());
    this.disconnect();
  }

  get connected(): SyncClient | undefined {
    return this.client?.connectionState === "connected" ? this.client : undefined;
  }

  /** A list that is opened while the SDK subscribes to another one may never get its events. */
  inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.lastTurn.then(work, work);
    this.lastTurn = result;
    return result;
  }

  closeList(list: SyncList): void {
    if (this.connected) this.lastClosedMs = this.options.clock.now();
    list.close();
  }

  /** A list that is opened before the SDK has unsubscribed from another one, or from itself, may never get its events. */
  async waitForClosedLists(): Promise<void> {
    const { clock } = this.options;
    const delayMs = this.lastClosedMs + UNSUBSCRIBE_MS - clock.now();
    if (delayMs > 0) await new Promise<void>((resolve) => clock.schedule(resolve, delayMs));
  }

  async connect(): Promise<SyncClient> {
    // A log may have waited for its turn to open.
    if (this.isClosed) throw new EngineError("disconnected", "The engine is closed");
    this.starting ??= this.start().catch((error) => {
      this.starting = undefined;
      throw error;
    });
    const client = await this.starting;
    const { replacement } = this;
    let listener = (): void => undefined;
    const isConnected = new Promise<void>((resolve, reject) => {
      listener = () => {
        if (client.connectionState === "connected") resolve();
        if (client.connectionState === "denied") reject(new EngineError("tokenRejected", "Sync rejected the token"));
      };
      client.on("connectionStateChanged", listener);
      listener();
    });
    try {
      await Promise.race([isConnected, replacement]);
    } finally {
      client.removeListener("connectionStateChanged", listener);
    }
    return client;
  }

  private async start(): Promise<SyncClient> {
    const { tokens, clientOptions } = this.options;
    const token = tokens.token();
    if (!token) throw new EngineError("tokenRejected", "No token");
    this.unsubscribe();
    this.unsubscribe = tokens.onChange(() => void this.useNewToken());
    this.usedToken = token;
    // A plugin is deployed as one file, so the SDK is part of it. It is evaluated only here.
    // oxlint-disable-next-line typescript/no-require-imports
    const sdk = require("twilio-sync") as typeof import("twilio-sync");
    const sync = { enableSessionStorage: false };
    const options = { logLevel: "silent", Sync: sync, retryPolicy: RETRY_POLICY, ...clientOptions };
    const client = new sdk.SyncClient(token, options as object);
    client.on("connectionStateChanged", () => this.onStateChange(client));
    this.client = client;
    this.replacement = new Promise((_, reject) => (this.rejectReplacement = reject));
    this.replacement.catch(() => undefined);
    return client;
  }

  private onStateChange(client: SyncClient): void {
    if (client !== this.client) return;
    this.cancelReplacement();
    const state = client.connectionState;
    if (state === "denied") this.problem = "tokenRejected";
    if (state === "connected") {
      this.problem = "disconnected";
      this.logs.forEach((log) => log.attach());
      return;
    }
    this.logs.forEach((log) => log.setLost(this.problem));
    if (!hasEnded(client)) return;
    const { tokens, clock, random } = this.options;
    const delayMs = tokens.token() === this.usedToken ? REPLACE_MS * (1 + random()) : 0;
    this.cancelReplacement = clock.schedule(() => this.replaceClient(), delayMs);
  }

  private async useNewToken(): Promise<void> {
    const { client } = this;
    const token = this.options.tokens.token();
    if (!token || token === this.usedToken) return;
    // While it connects, the SDK goes on with the old token and may be denied for it.
    if (client?.connectionState !== "connected") return this.replaceClient();
    try {
      await client.updateToken(token);
      this.usedToken = token;
    } catch {
      // The state of the connection says what follows.
    }
  }

  private replaceClient(): void {
    this.disconnect();
    this.logs.forEach((log) => log.detach());
    this.connect().catch(() => undefined);
  }

  private disconnect(): void {
    const { starting } = this;
    this.starting = this.client = undefined;
    this.cancelReplacement();
    this.rejectReplacement(new EngineError(this.problem, "No connection to Sync"));
    starting?.then((client) => client.shutdown()).catch(() => undefined);
  }
}

/** The SDK does not leave these states by itself. */
function hasEnded({ connectionState }: SyncClient): boolean {
  return connectionState === "denied" || connectionState === "disconnected";
}

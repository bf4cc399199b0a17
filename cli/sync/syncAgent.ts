/** A Sync client as in an agent's browser: Twilio's SDK, with a token of an agent. */

import type { SyncClient, SyncList, SyncListItem } from "twilio-sync";

const ANSWER_TIMEOUT_MS = 10_000;

export interface AgentOptions {
  readonly token: string;
  readonly socketUrl: string;
  readonly list: string;
  readonly listTtlSeconds: number;
}

/** An item that another client has added. */
export interface Arrival {
  readonly index: number;
  /** On the clock of `performance.now()`. */
  readonly atMs: number;
}

export interface PushedItem {
  readonly index: number;
  readonly storedAt: Date;
}

export class SyncAgent {
  /** In the order of arrival. */
  readonly arrivals: Arrival[] = [];

  constructor(
    private readonly client: SyncClient,
    private readonly list: SyncList,
  ) {
    list.on("itemAdded", ({ item, isLocal }: { item: SyncListItem; isLocal: boolean }) => {
      if (!isLocal) this.arrivals.push({ index: item.index, atMs: performance.now() });
    });
  }

  /** @throws the SDK's error, with `status` and `code`. */
  async push(data: object): Promise<PushedItem> {
    const { index, dateUpdated } = await withTimeout(this.list.push(data));
    return { index, storedAt: dateUpdated };
  }

  async close(): Promise<void> {
    await this.client.shutdown().catch(() => undefined);
  }
}

export async function connectAgent(options: AgentOptions): Promise<SyncAgent> {
  // The SDK's own choice, ws, ignores proxies, and throws when it is closed while it connects.
  Object.assign(globalThis, { WebSocket: (await import("undici")).WebSocket });
  // Imported only if needed: it would double the start time of every command.
  const { SyncClient } = await import("twilio-sync");
  const client = new SyncClient(options.token, {
    logLevel: "silent",
    twilsock: { uri: options.socketUrl },
    Sync: { enableSessionStorage: false },
  } as object);
  try {
    await withTimeout(waitForConnection(client));
    const list = await withTimeout(
      client.list({ id: options.list, mode: "open_or_create", ttl: options.listTtlSeconds } as never),
    );
    const agent = new SyncAgent(client, list);
    await withTimeout(waitForSubscription(list));
    return agent;
  } catch (error) {
    await client.shutdown().catch(() => undefined);
    throw error;
  }
}

function waitForConnection(client: SyncClient): Promise<void> {
  return new Promise((resolve, reject) => {
    client.on("connectionStateChanged", (state) => {
      if (state === "connected") resolve();
    });
    client.on("connectionError", (error) => {
      const { terminal, message, errorCode } = error as typeof error & { errorCode?: number };
      if (terminal) reject(Object.assign(new Error(message), { code: errorCode }));
    });
    if (client.connectionState === "connected") resolve();
  });
}

/** Before, the list would miss what others add. */
function waitForSubscription(list: SyncList): Promise<void> {
  return new Promise((resolve, reject) => {
    const onState = (state: string) => {
      if (state === "established") resolve();
    };
    (list as unknown as { on(event: string, listener: (value: never) => void): void }).on(
      "_subscriptionStateChanged",
      onState as (value: never) => void,
    );
    list.on("failure", reject);
  });
}

async function withTimeout<T>(promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`no answer within ${ANSWER_TIMEOUT_MS / 1000} seconds`)),
      ANSWER_TIMEOUT_MS,
    );
  });
  try {
    return await Promise.race([promise, timeout]);
  } finally {
    clearTimeout(timer);
  }
}

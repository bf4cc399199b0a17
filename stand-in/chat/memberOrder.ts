// Flex shows the author of a message only if it has loaded the channel's members before the messages. Both are on their
// way at the same time, so the messages wait until the client has read the members.

import type { Account } from "../account";
import type { SyncStore } from "../sync/objects";
import type { TwilsockConnection, UpstreamRequest } from "../twilsock/connection";
import { channelOfMessages } from "./syncNames";

/** For a client that does not read the members. */
const LONGEST_WAIT_MS = 1000;

export class MemberOrder {
  private readonly read = new WeakMap<TwilsockConnection, Set<string /* identity */>>();
  private readonly waits = new Set<() => void>();

  constructor(
    private readonly account: Account,
    private readonly store: SyncStore,
  ) {}

  /** Call this when the client gets a user's name. */
  markRead(connection: TwilsockConnection, identity: string): void {
    this.read.set(connection, (this.read.get(connection) ?? new Set()).add(identity));
    // After that answer.
    setImmediate(() => this.waits.forEach((check) => check()));
  }

  /** If the request reads a channel's messages: resolves once the client has read the channel's other members. */
  async waitForMembers({ path, connection }: UpstreamRequest): Promise<void> {
    const list = /^\/v3\/Lists\/([^/]+)\/Items$/.exec(path)?.[1] ?? "";
    const name = this.store.find("list", decodeURIComponent(list))?.uniqueName ?? "";
    const channel = this.account.findChannel(channelOfMessages(name) ?? "");
    const others = [...(channel?.members.keys() ?? [])].filter((identity) => identity !== connection.identity);
    const isRead = () => others.every((identity) => this.read.get(connection)?.has(identity));
    if (isRead()) return;
    await new Promise<void>((resolve) => {
      const end = () => {
        clearTimeout(timer);
        this.waits.delete(check);
        resolve();
      };
      const timer = setTimeout(end, LONGEST_WAIT_MS).unref();
      const check = () => isRead() && end();
      this.waits.add(check);
    });
  }
}

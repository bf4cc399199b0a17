import type { UpstreamReply } from "../twilsock/connection";
import type { SyncItem, SyncObject } from "./objects";

/** A service behind Sync that handles the lists of one purpose, such as chat sessions behind "com.twilio.rtd.ipmsg". */
export interface ListService {
  purpose: string;
  /** Called after a client has subscribed to the list. */
  onSubscribe(list: SyncObject, identity: string): void;
  /** Handles an item that a client pushed. Resolves to the new item, or to the error that answers the push. */
  push(list: SyncObject, data: unknown, identity: string): Promise<UpstreamReply | SyncItem>;
}

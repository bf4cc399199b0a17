// What stands behind the lists of a purpose, such as the chat sessions behind "com.twilio.rtd.ipmsg".

import type { UpstreamReply } from "../twilsock/connection";
import type { SyncItem, SyncObject } from "./objects";

/** Lists of a purpose belong to a service behind Sync: it hears of every subscription and of every item pushed. */
export interface ListService {
  purpose: string;
  subscribed(list: SyncObject, identity: string): void;
  /** Takes the pushed item, or says how the push is refused. */
  push(list: SyncObject, data: unknown, identity: string): Promise<UpstreamReply | SyncItem>;
}

// The resources of the account: what the REST API, chat and TaskRouter read and change.

export interface Member {
  sid: string;
  channelSid: string;
  identity: string;
  roleSid: string;
  attributes: string /* JSON */;
  dateCreated: string;
  dateUpdated: string;
  lastConsumedMessageIndex: number | null;
  lastConsumptionTimestamp: string | null;
}

export interface Message {
  sid: string;
  index: number;
  from: string;
  body: string;
  attributes: string /* JSON */;
  dateCreated: string;
  dateUpdated: string;
}

export interface Channel {
  sid: string;
  type: "public" | "private";
  friendlyName: string | null;
  uniqueName: string | null;
  attributes: string /* JSON */;
  createdBy: string;
  dateCreated: string;
  dateUpdated: string;
  /** By identity. */
  members: Map<string, Member>;
  /** null on channels that were not created through Flex's API. */
  flexFlowSid: string | null;
  taskSid: string | null;
  /** Identities that have been invited and have not joined. */
  invited: Set<string>;
  messages: Message[];
}

export interface WebChat {
  channelSid: string;
  flexFlowSid: string;
  identity: string;
  status: "ACTIVE" | "INACTIVE";
  dateCreated: string;
  dateUpdated: string;
}

export interface FlexFlow {
  sid: string;
  friendlyName: string;
  channelType: string;
  contactIdentity: string;
  integrationType: string;
  enabled: boolean;
  dateCreated: string;
  dateUpdated: string;
  /** The other parameters of the flow, by their snake_case names in the JSON. */
  other: Record<string, unknown>;
}

export interface NewChannel {
  friendlyName?: string | null;
  uniqueName?: string | null;
  type?: "public" | "private";
  attributes?: string /* JSON */;
  createdBy: string;
  flexFlowSid?: string;
  taskSid?: string | null;
}

export interface User {
  sid: string;
  identity: string;
  friendlyName: string;
  attributes: string /* JSON */;
}

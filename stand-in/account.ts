// The account's state, shared by REST, chat and TaskRouter: channels with their members and messages, webchats, Flex Flows.
//
// Every change is made here, whoever asks for it, and told to the listeners: so a member added over HTTP reaches the
// chat clients of all browsers just as one added by a chat command does.

import { EventEmitter } from "events";

import { newSid, sidOf } from "./sids";

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
  /** Set on channels that Flex's API made; null on those of the chat API. */
  flexFlowSid: string | null;
  taskSid: string | null;
  /** Identities that were invited and have not joined yet. */
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
  /** What else the creator sent, by its snake_case name. */
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

/** What the account refuses, with the HTTP status and the Twilio error code of the refusal. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: number,
    message: string,
  ) {
    super(message);
  }
}

export interface AccountEvents {
  channelCreated: [Channel];
  channelUpdated: [Channel];
  channelDeleted: [Channel];
  memberAdded: [Channel, Member];
  memberUpdated: [Channel, Member];
  memberRemoved: [Channel, Member];
  memberInvited: [Channel, string /* identity */];
  invitationDeclined: [Channel, string /* identity */];
  messageAdded: [Channel, Message];
  messageUpdated: [Channel, Message];
  messageRemoved: [Channel, Message];
  userAdded: [User];
  userUpdated: [User];
}

export interface User {
  sid: string;
  identity: string;
  friendlyName: string;
  attributes: string /* JSON */;
}

export class Account {
  readonly sid = sidOf("AC", "account");
  readonly workspaceSid = sidOf("WS", "workspace");
  readonly chatServiceSid = sidOf("IS", "chat service");
  readonly flexServiceSid = sidOf("GO", "flex instance");
  /** What an administrator's tools authenticate with: the auth token, or the API key and its secret. */
  readonly credentials = {
    authToken: sidOf("", "auth token"),
    apiKey: sidOf("SK", "api key"),
    apiSecret: sidOf("", "api secret"),
  };

  readonly channels = new Map<string, Channel>();
  readonly webChats = new Map<string /* channel sid */, WebChat>();
  readonly flexFlows = new Map<string, FlexFlow>();
  readonly users = new Map<string /* identity */, User>();

  private readonly events = new EventEmitter().setMaxListeners(0);

  on<Name extends keyof AccountEvents>(name: Name, listener: (...what: AccountEvents[Name]) => void): void {
    this.events.on(name, listener as (...what: unknown[]) => void);
  }

  off<Name extends keyof AccountEvents>(name: Name, listener: (...what: AccountEvents[Name]) => void): void {
    this.events.off(name, listener as (...what: unknown[]) => void);
  }

  user(identity: string): User {
    const known = this.users.get(identity);
    if (known) return known;
    const user: User = { sid: sidOf("US", identity), identity, friendlyName: identity, attributes: "{}" };
    this.users.set(identity, user);
    this.emit("userAdded", user);
    return user;
  }

  updateUser(identity: string, changes: Partial<Pick<User, "friendlyName" | "attributes">>): User {
    const user = Object.assign(this.user(identity), changes);
    this.emit("userUpdated", user);
    return user;
  }

  createChannel(wanted: NewChannel): Channel {
    if (wanted.uniqueName && this.findChannel(wanted.uniqueName)) {
      throw new Refusal(409, 50307, "Channel with provided unique name already exists");
    }
    const now = new Date().toISOString();
    const channel: Channel = {
      sid: newSid("CH"),
      type: wanted.type ?? "public",
      friendlyName: wanted.friendlyName ?? null,
      uniqueName: wanted.uniqueName ?? null,
      attributes: wanted.attributes ?? "{}",
      createdBy: wanted.createdBy,
      flexFlowSid: wanted.flexFlowSid ?? null,
      taskSid: wanted.taskSid ?? null,
      dateCreated: now,
      dateUpdated: now,
      members: new Map(),
      invited: new Set(),
      messages: [],
    };
    this.channels.set(channel.sid, channel);
    this.emit("channelCreated", channel);
    return channel;
  }

  findChannel(sidOrUniqueName: string): Channel | undefined {
    const bySid = this.channels.get(sidOrUniqueName);
    if (bySid) return bySid;
    for (const channel of this.channels.values()) if (channel.uniqueName === sidOrUniqueName) return channel;
    return undefined;
  }

  /** The channel, or a Refusal with status 404. */
  channel(sidOrUniqueName: string): Channel {
    const channel = this.findChannel(sidOrUniqueName);
    if (!channel) throw new Refusal(404, 50300, "Channel not found");
    return channel;
  }

  /** The channel, if the user may see it: a private one is for those in it, invited to it, or who made it. */
  visibleChannel(sidOrUniqueName: string, identity: string): Channel {
    const channel = this.channel(sidOrUniqueName);
    const visible =
      channel.type === "public" ||
      channel.members.has(identity) ||
      channel.invited.has(identity) ||
      channel.createdBy === identity;
    if (!visible) throw new Refusal(403, 50107, "User unauthorized for command");
    return channel;
  }

  updateChannel(sid: string, changes: Partial<Pick<Channel, "friendlyName" | "uniqueName" | "attributes">>): Channel {
    const channel = Object.assign(this.channel(sid), changes, { dateUpdated: new Date().toISOString() });
    this.emit("channelUpdated", channel);
    return channel;
  }

  deleteChannel(sid: string): void {
    const channel = this.channel(sid);
    this.channels.delete(channel.sid);
    this.webChats.delete(channel.sid);
    this.emit("channelDeleted", channel);
  }

  addMember(channelSid: string, identity: string, role = "agent"): Member {
    const channel = this.channel(channelSid);
    if (channel.members.has(identity)) throw new Refusal(409, 50404, "Member already exists");
    const now = new Date().toISOString();
    const member: Member = {
      sid: newSid("MB"),
      channelSid: channel.sid,
      identity,
      roleSid: sidOf("RL", role),
      attributes: "{}",
      dateCreated: now,
      dateUpdated: now,
      lastConsumedMessageIndex: null,
      lastConsumptionTimestamp: null,
    };
    channel.members.set(identity, member);
    channel.invited.delete(identity);
    this.emit("memberAdded", channel, member);
    return member;
  }

  /** A member by identity or sid. */
  findMember(channel: Channel, identityOrSid: string): Member | undefined {
    const byIdentity = channel.members.get(identityOrSid);
    if (byIdentity) return byIdentity;
    for (const member of channel.members.values()) if (member.sid === identityOrSid) return member;
    return undefined;
  }

  updateMember(
    channelSid: string,
    identityOrSid: string,
    changes: Partial<Pick<Member, "attributes" | "lastConsumedMessageIndex" | "lastConsumptionTimestamp">>,
  ): Member {
    const { channel, member } = this.memberOf(channelSid, identityOrSid);
    Object.assign(member, changes, { dateUpdated: new Date().toISOString() });
    this.emit("memberUpdated", channel, member);
    return member;
  }

  removeMember(channelSid: string, identityOrSid: string): void {
    const { channel, member } = this.memberOf(channelSid, identityOrSid);
    channel.members.delete(member.identity);
    this.emit("memberRemoved", channel, member);
  }

  invite(channelSid: string, identity: string): void {
    const channel = this.channel(channelSid);
    if (channel.members.has(identity)) throw new Refusal(409, 50404, "Member already exists");
    channel.invited.add(identity);
    this.emit("memberInvited", channel, identity);
  }

  declineInvitation(channelSid: string, identity: string): void {
    const channel = this.channel(channelSid);
    if (channel.invited.delete(identity)) this.emit("invitationDeclined", channel, identity);
  }

  addMessage(channelSid: string, from: string, body: string, attributes = "{}"): Message {
    const channel = this.channel(channelSid);
    const now = new Date().toISOString();
    const last = channel.messages[channel.messages.length - 1];
    const message: Message = {
      sid: newSid("IM"),
      index: last ? last.index + 1 : 0,
      from,
      body,
      attributes,
      dateCreated: now,
      dateUpdated: now,
    };
    channel.messages.push(message);
    this.emit("messageAdded", channel, message);
    return message;
  }

  updateMessage(channelSid: string, index: number, changes: Partial<Pick<Message, "body" | "attributes">>): Message {
    const { channel, message } = this.messageOf(channelSid, index);
    Object.assign(message, changes, { dateUpdated: new Date().toISOString() });
    this.emit("messageUpdated", channel, message);
    return message;
  }

  removeMessage(channelSid: string, index: number): void {
    const { channel, message } = this.messageOf(channelSid, index);
    channel.messages.splice(channel.messages.indexOf(message), 1);
    this.emit("messageRemoved", channel, message);
  }

  private memberOf(channelSid: string, identityOrSid: string): { channel: Channel; member: Member } {
    const channel = this.channel(channelSid);
    const member = this.findMember(channel, identityOrSid);
    if (!member) throw new Refusal(404, 50400, "User not member of channel");
    return { channel, member };
  }

  private messageOf(channelSid: string, index: number): { channel: Channel; message: Message } {
    const channel = this.channel(channelSid);
    const message = channel.messages.find((candidate) => candidate.index === index);
    if (!message) throw new Refusal(404, 50500, "Message not found");
    return { channel, message };
  }

  private emit<Name extends keyof AccountEvents>(name: Name, ...what: AccountEvents[Name]): void {
    this.events.emit(name, ...what);
  }
}

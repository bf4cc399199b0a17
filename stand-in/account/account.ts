// The account's state, shared by the REST API, chat and TaskRouter. Every change emits an event, so a member added over
// HTTP reaches all browsers just as one added in chat does.

import { EventEmitter } from "events";

import { newSid, stableSid } from "../sids";
import { ApiError } from "./apiError";
import type { AccountEvents } from "./events";
import type { Channel, FlexFlow, Member, Message, NewChannel, User, WebChat } from "./resources";

export class Account {
  readonly sid = stableSid("AC", "account");
  readonly workspaceSid = stableSid("WS", "workspace");
  readonly chatServiceSid = stableSid("IS", "chat service");
  readonly flexServiceSid = stableSid("GO", "flex instance");
  /** For administrators' tools: the auth token, or the API key with its secret. */
  readonly credentials = {
    authToken: stableSid("", "auth token"),
    apiKey: stableSid("SK", "api key"),
    apiSecret: stableSid("", "api secret"),
  };

  readonly channels = new Map<string, Channel>();
  readonly webChats = new Map<string /* channel sid */, WebChat>();
  readonly flexFlows = new Map<string, FlexFlow>();
  readonly users = new Map<string /* identity */, User>();

  private readonly events = new EventEmitter().setMaxListeners(0);

  on<Name extends keyof AccountEvents>(name: Name, listener: (...values: AccountEvents[Name]) => void): void {
    this.events.on(name, listener as (...values: unknown[]) => void);
  }

  off<Name extends keyof AccountEvents>(name: Name, listener: (...values: AccountEvents[Name]) => void): void {
    this.events.off(name, listener as (...values: unknown[]) => void);
  }

  /** The user of that identity, created on first use. */
  user(identity: string): User {
    const known = this.users.get(identity);
    if (known) return known;
    const user: User = { sid: stableSid("US", identity), identity, friendlyName: identity, attributes: "{}" };
    this.users.set(identity, user);
    this.emit("userAdded", user);
    return user;
  }

  updateUser(identity: string, changes: Partial<Pick<User, "friendlyName" | "attributes">>): User {
    const user = Object.assign(this.user(identity), changes);
    this.emit("userUpdated", user);
    return user;
  }

  createChannel(options: NewChannel): Channel {
    if (options.uniqueName && this.findChannel(options.uniqueName)) {
      throw new ApiError(409, 50307, "Channel with provided unique name already exists");
    }
    const now = new Date().toISOString();
    const channel: Channel = {
      sid: newSid("CH"),
      type: options.type ?? "public",
      friendlyName: options.friendlyName ?? null,
      uniqueName: options.uniqueName ?? null,
      attributes: options.attributes ?? "{}",
      createdBy: options.createdBy,
      flexFlowSid: options.flexFlowSid ?? null,
      taskSid: options.taskSid ?? null,
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

  /** @throws ApiError 404 if there is none. */
  channel(sidOrUniqueName: string): Channel {
    const channel = this.findChannel(sidOrUniqueName);
    if (!channel) throw new ApiError(404, 50300, "Channel not found");
    return channel;
  }

  /** @throws ApiError 403 for a private channel that the user has not joined, created or been invited to. */
  visibleChannel(sidOrUniqueName: string, identity: string): Channel {
    const channel = this.channel(sidOrUniqueName);
    const isVisible =
      channel.type === "public" ||
      channel.members.has(identity) ||
      channel.invited.has(identity) ||
      channel.createdBy === identity;
    if (!isVisible) throw new ApiError(403, 50107, "User unauthorized for command");
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
    if (channel.members.has(identity)) throw new ApiError(409, 50404, "Member already exists");
    const now = new Date().toISOString();
    const member: Member = {
      sid: newSid("MB"),
      channelSid: channel.sid,
      identity,
      roleSid: stableSid("RL", role),
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
    const { channel, member } = this.requireMember(channelSid, identityOrSid);
    Object.assign(member, changes, { dateUpdated: new Date().toISOString() });
    this.emit("memberUpdated", channel, member);
    return member;
  }

  removeMember(channelSid: string, identityOrSid: string): void {
    const { channel, member } = this.requireMember(channelSid, identityOrSid);
    channel.members.delete(member.identity);
    this.emit("memberRemoved", channel, member);
  }

  invite(channelSid: string, identity: string): void {
    const channel = this.channel(channelSid);
    if (channel.members.has(identity)) throw new ApiError(409, 50404, "Member already exists");
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
    const { channel, message } = this.requireMessage(channelSid, index);
    Object.assign(message, changes, { dateUpdated: new Date().toISOString() });
    this.emit("messageUpdated", channel, message);
    return message;
  }

  removeMessage(channelSid: string, index: number): void {
    const { channel, message } = this.requireMessage(channelSid, index);
    channel.messages.splice(channel.messages.indexOf(message), 1);
    this.emit("messageRemoved", channel, message);
  }

  private requireMember(channelSid: string, identityOrSid: string): { channel: Channel; member: Member } {
    const channel = this.channel(channelSid);
    const member = this.findMember(channel, identityOrSid);
    if (!member) throw new ApiError(404, 50400, "User not member of channel");
    return { channel, member };
  }

  private requireMessage(channelSid: string, index: number): { channel: Channel; message: Message } {
    const channel = this.channel(channelSid);
    const message = channel.messages.find((candidate) => candidate.index === index);
    if (!message) throw new ApiError(404, 50500, "Message not found");
    return { channel, message };
  }

  private emit<Name extends keyof AccountEvents>(name: Name, ...values: AccountEvents[Name]): void {
    this.events.emit(name, ...values);
  }
}

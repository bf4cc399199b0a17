// The REST API of the chat SDK, over Twilsock at hosts "aim…": lists of channels and users, and the typing indicator.

import { ApiError, type Account, type Channel, type User } from "../account";
import { errorBody } from "../http";
import type { TwilsockConnection, UpstreamReply, UpstreamRequest } from "../twilsock/connection";
import type { MemberOrder } from "./memberOrder";
import { channelName, messagesName, rosterName, userName } from "./syncNames";

const typingSeconds = 5;

export class ChatRestApi {
  /** @param connections the open connections of all agents, for the typing indicator. */
  constructor(
    private readonly account: Account,
    private readonly connections: ReadonlySet<TwilsockConnection>,
    private readonly memberOrder: MemberOrder,
  ) {}

  async handle(request: UpstreamRequest): Promise<UpstreamReply> {
    const { identity } = request.connection;
    if (request.path === "/v1/typing") return this.sendTyping(request);
    const [collection, id, part] = request.path.split("/").slice(5).map(decodeURIComponent);
    if (collection === "Users" && part === "SyncList")
      return found({ channels: this.ownChannels(identity).map((channel) => syncListJson(channel, identity)), meta });
    if (collection === "Users" && part === "Channels") return found({ channels: this.listOwnChannels(request), meta });
    if (collection === "Users" && id) {
      this.memberOrder.markRead(request.connection, id);
      return found(userJson(this.account.user(id)));
    }
    if (collection === "Users") return found({ users: this.members(request.params.ChannelSid).map(userJson), meta });
    if (collection === "Channels" && id) return this.fetchChannel(id, identity);
    if (collection === "Channels")
      return found({ channels: this.publicChannels().map((channel) => channelJson(channel, identity)), meta });
    return { status: 404, body: errorBody(404, 20404, "Not found") };
  }

  private ownChannels(identity: string): Channel[] {
    return [...this.account.channels.values()].filter(
      ({ members, invited }) => members.has(identity) || invited.has(identity),
    );
  }

  private listOwnChannels({ params, connection }: UpstreamRequest): object[] {
    const { identity } = connection;
    return this.ownChannels(identity)
      .filter(({ sid }) => params.ChannelSid === undefined || sid === params.ChannelSid)
      .map((channel) => channelJson(channel, identity));
  }

  private publicChannels(): Channel[] {
    return [...this.account.channels.values()].filter(({ type }) => type === "public");
  }

  private members(channelSid: string | undefined): User[] {
    const identities = this.account.findChannel(channelSid ?? "")?.members.keys() ?? [];
    return [...identities].map((identity) => this.account.user(identity));
  }

  private fetchChannel(sidOrUniqueName: string, identity: string): UpstreamReply {
    try {
      return found(channelJson(this.account.visibleChannel(sidOrUniqueName, identity), identity));
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      return { status: error.status, body: errorBody(error.status, error.code, error.message) };
    }
  }

  private sendTyping({ body, connection }: UpstreamRequest): UpstreamReply {
    const channelSid = new URLSearchParams(body).get("ChannelSid") ?? "";
    const members = this.account.findChannel(channelSid)?.members;
    const indicator = { channel_sid: channelSid, identity: connection.identity, typing_timeout: typingSeconds + 1 };
    for (const other of this.connections) {
      if (other.identity === connection.identity || !members?.has(other.identity)) continue;
      other.notify("twilio.ipmsg.typing_indicator", indicator);
    }
    return found({ typing_timeout: typingSeconds });
  }
}

const meta = { previous_token: null, next_token: null };

function found(body: object): UpstreamReply {
  return { status: 200, body };
}

function membershipStatus(channel: Channel, identity: string): string {
  if (channel.members.has(identity)) return "joined";
  return channel.invited.has(identity) ? "invited" : "notParticipating";
}

function syncListJson(channel: Channel, identity: string): object {
  return {
    channel_sid: channel.sid,
    status: membershipStatus(channel, identity),
    channel: channelName(channel),
    messages: messagesName(channel),
    roster: rosterName(channel),
    last_consumed_message_index: channel.members.get(identity)?.lastConsumedMessageIndex ?? null,
    notification_level: "default",
  };
}

function channelJson(channel: Channel, identity: string): object {
  const read = channel.members.get(identity)?.lastConsumedMessageIndex ?? null;
  return {
    sid: channel.sid,
    channel_sid: channel.sid,
    unique_name: channel.uniqueName,
    friendly_name: channel.friendlyName,
    attributes: channel.attributes,
    type: channel.type,
    status: membershipStatus(channel, identity),
    created_by: channel.createdBy,
    date_created: channel.dateCreated,
    date_updated: channel.dateUpdated,
    members_count: channel.members.size,
    messages_count: channel.messages.length,
    last_consumed_message_index: read,
    unread_messages_count: read === null ? null : channel.messages.filter(({ index }) => index > read).length,
    notification_level: "default",
  };
}

function userJson(user: User): object {
  return {
    sid: user.sid,
    identity: user.identity,
    friendly_name: user.friendlyName,
    attributes: user.attributes,
    is_online: true,
    is_notifiable: false,
    sync_unique_name: userName(user),
  };
}

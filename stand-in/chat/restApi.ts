// Chat's REST for its SDK, over Twilsock at the host aim…: lists of channels, users, and the sign that somebody is typing.

import { ApiError, type Account, type Channel, type User } from "../account";
import { errorBody } from "../http";
import type { TwilsockConnection, UpstreamReply, UpstreamRequest } from "../twilsock/connection";
import { channelName, messagesName, rosterName, userName } from "./syncNames";

const typingSeconds = 5;

export function chatRestApi(account: Account, connections: ReadonlySet<TwilsockConnection>) {
  return async (request: UpstreamRequest): Promise<UpstreamReply> => {
    const { identity } = request.connection;
    if (request.path === "/v1/typing") return typing(request);
    const [collection, id, part] = request.path.split("/").slice(5).map(decodeURIComponent);
    if (collection === "Users" && part === "SyncList")
      return found({ channels: mine(identity).map(syncListJson(identity)), meta });
    if (collection === "Users" && part === "Channels") return found({ channels: myChannels(request), meta });
    if (collection === "Users" && id) return found(userJson(account.user(id)));
    if (collection === "Users") return found({ users: members(request.params.ChannelSid).map(userJson), meta });
    if (collection === "Channels" && id) return channel(id, identity);
    if (collection === "Channels") return found({ channels: publicChannels().map(channelJson(identity)), meta });
    return { status: 404, body: errorBody(404, 20404, "Not found") };
  };

  function mine(identity: string): Channel[] {
    return [...account.channels.values()].filter(
      ({ members: joined, invited }) => joined.has(identity) || invited.has(identity),
    );
  }

  function myChannels({ params, connection }: UpstreamRequest): object[] {
    const wanted = params.ChannelSid;
    const { identity } = connection;
    return mine(identity)
      .filter(({ sid }) => wanted === undefined || sid === wanted)
      .map(channelJson(identity));
  }

  function publicChannels(): Channel[] {
    return [...account.channels.values()].filter(({ type }) => type === "public");
  }

  function members(channelSid: string | undefined): User[] {
    const joined = account.findChannel(channelSid ?? "")?.members.keys() ?? [];
    return [...joined].map((identity) => account.user(identity));
  }

  function channel(sidOrUniqueName: string, identity: string): UpstreamReply {
    try {
      return found(channelJson(identity)(account.visibleChannel(sidOrUniqueName, identity)));
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      return { status: error.status, body: errorBody(error.status, error.code, error.message) };
    }
  }

  function typing({ body, connection }: UpstreamRequest): UpstreamReply {
    const channelSid = new URLSearchParams(body).get("ChannelSid") ?? "";
    const joined = account.findChannel(channelSid)?.members;
    for (const other of connections) {
      if (other.identity === connection.identity || !joined?.has(other.identity)) continue;
      const sign = { channel_sid: channelSid, identity: connection.identity, typing_timeout: typingSeconds + 1 };
      other.notify("twilio.ipmsg.typing_indicator", sign);
    }
    return found({ typing_timeout: typingSeconds });
  }
}

const meta = { previous_token: null, next_token: null };

function found(body: object): UpstreamReply {
  return { status: 200, body };
}

function statusOf(channel: Channel, identity: string): string {
  if (channel.members.has(identity)) return "joined";
  return channel.invited.has(identity) ? "invited" : "notParticipating";
}

function syncListJson(identity: string) {
  return (channel: Channel): object => ({
    channel_sid: channel.sid,
    status: statusOf(channel, identity),
    channel: channelName(channel),
    messages: messagesName(channel),
    roster: rosterName(channel),
    last_consumed_message_index: channel.members.get(identity)?.lastConsumedMessageIndex ?? null,
    notification_level: "default",
  });
}

function channelJson(identity: string) {
  return (channel: Channel): object => {
    const read = channel.members.get(identity)?.lastConsumedMessageIndex ?? null;
    return {
      sid: channel.sid,
      channel_sid: channel.sid,
      unique_name: channel.uniqueName,
      friendly_name: channel.friendlyName,
      attributes: channel.attributes,
      type: channel.type,
      status: statusOf(channel, identity),
      created_by: channel.createdBy,
      date_created: channel.dateCreated,
      date_updated: channel.dateUpdated,
      members_count: channel.members.size,
      messages_count: channel.messages.length,
      last_consumed_message_index: read,
      unread_messages_count: read === null ? null : channel.messages.filter(({ index }) => index > read).length,
      notification_level: "default",
    };
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

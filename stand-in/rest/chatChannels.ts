// Channels in the Programmable Chat REST API.

import { invalid, twilioDate, type Resource } from "./resource";
import { listAnswer } from "./lists";
import type { Account, Channel } from "../account";

export const listChatChannels: Resource = ({ account, query, base }) => {
  const types = query.getAll("Type");
  const channels = [...account.channels.values()].filter(({ type }) => types.length === 0 || types.includes(type));
  return listAnswer(
    "channels",
    channels.map((channel) => toJson(channel, account, base)),
    query,
    `${base}/Channels`,
  );
};

export const fetchChatChannel: Resource = ({ account, sids: [sid = ""], base }) => ({
  status: 200,
  body: toJson(account.channel(sid), account, base),
});

export const createChatChannel: Resource = ({ account, agent, form, base }) => {
  const type = form.get("Type") ?? "public";
  if (type !== "public" && type !== "private") throw invalid("Type", type);
  const channel = account.createChannel({
    friendlyName: form.get("FriendlyName"),
    uniqueName: form.get("UniqueName"),
    type,
    attributes: form.get("Attributes") ?? "{}",
    createdBy: form.get("CreatedBy") ?? agent ?? "system",
  });
  return { status: 201, body: toJson(channel, account, base) };
};

export const deleteChatChannel: Resource = ({ account, sids: [sid = ""] }) => {
  account.deleteChannel(account.channel(sid).sid);
  return { status: 204 };
};

function toJson(channel: Channel, account: Account, base: string): object {
  const url = `${base}/Channels/${channel.sid}`;
  return {
    sid: channel.sid,
    account_sid: account.sid,
    service_sid: account.chatServiceSid,
    friendly_name: channel.friendlyName,
    unique_name: channel.uniqueName,
    attributes: channel.attributes,
    type: channel.type,
    date_created: twilioDate(channel.dateCreated),
    date_updated: twilioDate(channel.dateUpdated),
    created_by: channel.createdBy,
    members_count: channel.members.size,
    messages_count: channel.messages.length,
    url,
    links: {
      members: `${url}/Members`,
      messages: `${url}/Messages`,
      invites: `${url}/Invites`,
      webhooks: `${url}/Webhooks`,
      last_message: null,
    },
  };
}

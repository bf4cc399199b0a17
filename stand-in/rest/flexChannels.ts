// Channels of Flex's REST API: what Flex knows of a chat channel, which is less than the chat API tells of the same channel.

import type { Account, Channel } from "../account";
import { listAnswer } from "./lists";
import { notFound, required, requiredSid, twilioDate, type Asked, type Resource } from "./resource";

export const listFlexChannels: Resource = ({ account, query, base }) => {
  const channels = [...account.channels.values()].map((channel) => toJson(channel, account, base));
  return listAnswer("flex_chat_channels", channels, query, `${base}/Channels`);
};

export const fetchFlexChannel: Resource = (asked) => ({
  status: 200,
  body: toJson(findChannel(asked), asked.account, asked.base),
});

export const createFlexChannel: Resource = ({ account, form, base }) => {
  const flexFlowSid = requiredSid(form, "FlexFlowSid", "FO");
  const identity = required(form, "Identity");
  const user = required(form, "ChatUserFriendlyName");
  const channel = account.createChannel({
    friendlyName: required(form, "ChatFriendlyName"),
    uniqueName: form.get("ChatUniqueName"),
    attributes: JSON.stringify({ status: "ACTIVE", from: user, pre_engagement_data: form.get("PreEngagementData") }),
    createdBy: identity,
    flexFlowSid,
    taskSid: form.get("TaskSid"),
  });
  account.updateUser(identity, { friendlyName: user });
  account.addMember(channel.sid, identity, "customer");
  return { status: 201, body: toJson(channel, account, base) };
};

export const deleteFlexChannel: Resource = (asked) => {
  asked.account.deleteChannel(findChannel(asked).sid);
  return { status: 204 };
};

function findChannel({ account, sids: [sid = ""] }: Asked): Channel {
  const channel = account.channels.get(sid);
  if (!channel) throw notFound(`/Channels/${sid}`);
  return channel;
}

function toJson(channel: Channel, account: Account, base: string): object {
  return {
    flex_flow_sid: channel.flexFlowSid,
    account_sid: account.sid,
    sid: channel.sid,
    task_sid: channel.taskSid,
    user_sid: account.user(channel.createdBy).sid,
    date_created: twilioDate(channel.dateCreated),
    date_updated: twilioDate(channel.dateUpdated),
    url: `${base}/Channels/${channel.sid}`,
  };
}

// Channels in Flex's REST API: the same channels as in the chat API, with fewer properties.

import type { Account, Channel } from "../account";
import { listAnswer } from "./lists";
import { notFound, required, requiredSid, twilioDate, type ResourceRequest, type Resource } from "./resource";

export const listFlexChannels: Resource = ({ account, query, base }) => {
  const channels = [...account.channels.values()].map((channel) => toJson(channel, account, base));
  return listAnswer("flex_chat_channels", channels, query, `${base}/Channels`);
};

export const fetchFlexChannel: Resource = (request) => ({
  status: 200,
  body: toJson(findChannel(request), request.account, request.base),
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

export const deleteFlexChannel: Resource = (request) => {
  request.account.deleteChannel(findChannel(request).sid);
  return { status: 204 };
};

function findChannel({ account, sids: [sid = ""] }: ResourceRequest): Channel {
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

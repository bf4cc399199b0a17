// WebChannels in Flex's REST API: webchats, each a chat channel with the customer as its first member.

import type { Account, WebChat } from "../account";
import { listAnswer } from "./lists";
import { notFound, required, requiredSid, twilioDate, type ResourceRequest, type Resource } from "./resource";

export const listWebChannels: Resource = ({ account, query, base }) => {
  const webChats = [...account.webChats.values()].map((webChat) => toJson(webChat, account, base));
  return listAnswer("flex_chat_channels", webChats, query, `${base}/WebChannels`);
};

export const fetchWebChannel: Resource = (request) => ({
  status: 200,
  body: toJson(findWebChat(request), request.account, request.base),
});

export const createWebChannel: Resource = ({ account, form, base }) => {
  const flexFlowSid = requiredSid(form, "FlexFlowSid", "FO");
  const identity = required(form, "Identity");
  const customer = required(form, "CustomerFriendlyName");
  const channel = account.createChannel({
    friendlyName: required(form, "ChatFriendlyName"),
    uniqueName: form.get("ChatUniqueName"),
    attributes: JSON.stringify({
      status: "ACTIVE",
      from: customer,
      pre_engagement_data: form.get("PreEngagementData"),
    }),
    createdBy: identity,
    flexFlowSid,
  });
  account.updateUser(identity, { friendlyName: customer });
  account.addMember(channel.sid, identity, "customer");
  const { sid: channelSid, dateCreated, dateUpdated } = channel;
  const webChat: WebChat = { channelSid, flexFlowSid, identity, status: "ACTIVE", dateCreated, dateUpdated };
  account.webChats.set(channelSid, webChat);
  return { status: 201, body: toJson(webChat, account, base) };
};

/** Writes the status to the channel's attributes too, where Flex and the webchat widget read it. */
export const updateWebChannel: Resource = (request) => {
  const { account, form, base } = request;
  const webChat = findWebChat(request);
  const attributes: Record<string, unknown> = JSON.parse(account.channel(webChat.channelSid).attributes);
  if (form.get("ChatStatus") === "inactive") {
    webChat.status = "INACTIVE";
    attributes.status = "INACTIVE";
  }
  const postEngagementData = form.get("PostEngagementData");
  if (postEngagementData !== null) attributes.post_engagement_data = postEngagementData;
  account.updateChannel(webChat.channelSid, { attributes: JSON.stringify(attributes) });
  webChat.dateUpdated = new Date().toISOString();
  return { status: 200, body: toJson(webChat, account, base) };
};

export const deleteWebChannel: Resource = (request) => {
  request.account.deleteChannel(findWebChat(request).channelSid);
  return { status: 204 };
};

function findWebChat({ account, sids: [sid = ""] }: ResourceRequest): WebChat {
  const webChat = account.webChats.get(sid);
  if (!webChat) throw notFound(`/WebChannels/${sid}`);
  return webChat;
}

function toJson(webChat: WebChat, account: Account, base: string): object {
  return {
    flex_flow_sid: webChat.flexFlowSid,
    account_sid: account.sid,
    sid: webChat.channelSid,
    date_created: twilioDate(webChat.dateCreated),
    date_updated: twilioDate(webChat.dateUpdated),
    url: `${base}/WebChannels/${webChat.channelSid}`,
  };
}

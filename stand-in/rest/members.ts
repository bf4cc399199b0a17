// Adding a member to a channel. Three endpoints do so, and they share one limit.

import type { Account, Member } from "../account";
import { required, twilioDate, type Resource } from "./resource";

/** POST …/Channels/{CH}/Roles/{role}/Users: Flex adds the agent to an accepted chat. */
export const addUserInRole: Resource = ({ account, form, sids: [channelSid = "", role = "agent"] }) =>
  flexAnswer(account, account.addMember(channelSid, required(form, "Identity"), role));

/** POST …/WebChannels/Users: Flex before 1.28 adds the agent. */
export const addUserToWebChannel: Resource = ({ account, form }) =>
  flexAnswer(account, account.addMember(required(form, "ChatChannelSid"), required(form, "Identity")));

/** POST …/Channels/{CH}/Members in the chat API. */
export const addChatMember: Resource = ({ account, form, sids: [channelSid = ""], base }) => {
  const member = account.addMember(channelSid, required(form, "Identity"), "channel user");
  const attributes = form.get("Attributes");
  if (attributes !== null) account.updateMember(member.channelSid, member.sid, { attributes });
  return {
    status: 201,
    body: {
      sid: member.sid,
      account_sid: account.sid,
      channel_sid: member.channelSid,
      service_sid: account.chatServiceSid,
      identity: member.identity,
      role_sid: member.roleSid,
      last_consumed_message_index: member.lastConsumedMessageIndex,
      last_consumption_timestamp: member.lastConsumptionTimestamp,
      date_created: twilioDate(member.dateCreated),
      date_updated: twilioDate(member.dateUpdated),
      attributes: member.attributes,
      url: `${base}/Channels/${member.channelSid}/Members/${member.sid}`,
    },
  };
};

/** The body is not documented, and Flex reads the status only. */
function flexAnswer(account: Account, member: Member): { status: number; body: object } {
  return {
    status: 201,
    body: {
      account_sid: account.sid,
      chat_channel_sid: member.channelSid,
      user_sid: account.user(member.identity).sid,
      identity: member.identity,
      date_created: twilioDate(member.dateCreated),
      date_updated: twilioDate(member.dateUpdated),
    },
  };
}

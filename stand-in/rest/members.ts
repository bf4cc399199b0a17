// Adding a member to a channel. Three addresses do it, and Twilio counts them all as one limit.

import type { Account, Member } from "../account";
import { required, twilioDate, type Resource } from "./resource";

/** POST …/Channels/{CH}/Roles/{role}/Users: Flex adds the agent to the chat that was accepted. */
export const addUserInRole: Resource = ({ account, form, sids: [channelSid = "", role = "agent"] }) =>
  added(account, account.addMember(channelSid, required(form, "Identity"), role));

/** POST …/WebChannels/Users: the same in Flex before 1.28. */
export const addUserToWebChannel: Resource = ({ account, form }) =>
  added(account, account.addMember(required(form, "ChatChannelSid"), required(form, "Identity")));

/** POST …/Channels/{CH}/Members of the chat API. */
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

/** What Flex's addresses answer is not documented, and Flex looks at the status only. */
function added(account: Account, member: Member): { status: number; body: object } {
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

import type { Channel, Member, Message, User } from "./resources";

/** The changes that `Account` emits, with the arguments of their listeners. */
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

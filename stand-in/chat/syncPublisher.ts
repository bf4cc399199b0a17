// Publishes the account's channels, members, messages and users as the Sync objects that chat clients subscribe to.

import type { Account, Channel, Member, Message, User } from "../account";
import type { SyncStore } from "../sync/objects";
import { channelName, messagesName, rosterName, userChannelsName, userName } from "./syncNames";

export function publishChat(account: Account, store: SyncStore): void {
  publishChannels(account, store);
  publishMembers(account, store);
  publishMessages(account, store);
  account.on("userAdded", (user) => {
    store.ensure("map", userChannelsName(user));
    setUser(store, user);
  });
  account.on("userUpdated", (user) => setUser(store, user));
}

function publishChannels(account: Account, store: SyncStore): void {
  account.on("channelCreated", (channel) => {
    setChannel(store, channel);
    store.ensure("map", rosterName(channel));
    store.ensure("list", messagesName(channel));
  });
  account.on("channelUpdated", (channel) => setChannel(store, channel));
  account.on("channelDeleted", (channel) => {
    for (const identity of [...channel.members.keys(), ...channel.invited]) {
      store.ensure("map", userChannelsName(account.user(identity))).removeItem(channel.sid);
    }
    store.remove(store.ensure("document", channelName(channel)));
    store.remove(store.ensure("map", rosterName(channel)));
    store.remove(store.ensure("list", messagesName(channel)));
  });
}

function publishMembers(account: Account, store: SyncStore): void {
  const userChannels = (identity: string) => store.ensure("map", userChannelsName(account.user(identity)));
  const setUserChannel = (channel: Channel, identity: string, status: "joined" | "invited") =>
    userChannels(identity).setItem(channel.sid, userChannelData(channel, identity, status));
  const setMember = (channel: Channel, member: Member): void => {
    store.ensure("map", rosterName(channel)).setItem(member.sid, memberData(account.user(member.identity), member));
    setUserChannel(channel, member.identity, "joined");
  };
  account.on("memberAdded", setMember);
  account.on("memberUpdated", setMember);
  account.on("memberRemoved", (channel, member) => {
    store.ensure("map", rosterName(channel)).removeItem(member.sid);
    userChannels(member.identity).removeItem(channel.sid);
  });
  account.on("memberInvited", (channel, identity) => void setUserChannel(channel, identity, "invited"));
  account.on("invitationDeclined", (channel, identity) => userChannels(identity).removeItem(channel.sid));
}

function publishMessages(account: Account, store: SyncStore): void {
  const messages = (channel: Channel) => store.ensure("list", messagesName(channel));
  account.on("messageAdded", (channel, message) => {
    messages(channel).setItem(String(message.index), messageData(channel, message));
    setChannel(store, channel);
  });
  account.on("messageUpdated", (channel, message) => {
    messages(channel).setItem(String(message.index), messageData(channel, message));
  });
  account.on("messageRemoved", (channel, message) => messages(channel).removeItem(String(message.index)));
}

function setChannel(store: SyncStore, channel: Channel): void {
  store.ensure("document", channelName(channel)).setData(channelData(channel));
}

function setUser(store: SyncStore, user: User): void {
  const map = store.ensure("map", userName(user));
  map.setItem("friendlyName", { value: user.friendlyName });
  map.setItem("attributes", { value: user.attributes });
  map.setItem("reachability", { online: true, notifiable: false });
}

function channelData(channel: Channel): object {
  const last = channel.messages[channel.messages.length - 1];
  return {
    sid: channel.sid,
    type: channel.type,
    friendlyName: channel.friendlyName,
    uniqueName: channel.uniqueName,
    attributes: channel.attributes,
    createdBy: channel.createdBy,
    dateCreated: channel.dateCreated,
    dateUpdated: channel.dateUpdated,
    messages: messagesName(channel),
    roster: rosterName(channel),
    ...(last ? { lastMessage: { index: last.index, timestamp: last.dateCreated } } : {}),
  };
}

function userChannelData(channel: Channel, identity: string, status: "joined" | "invited"): object {
  return {
    sid: channel.sid,
    status,
    channel: channelName(channel),
    messages: messagesName(channel),
    roster: rosterName(channel),
    type: channel.type,
    friendlyName: channel.friendlyName,
    uniqueName: channel.uniqueName,
    attributes: channel.attributes,
    createdBy: channel.createdBy,
    dateCreated: channel.dateCreated,
    dateUpdated: channel.dateUpdated,
    notificationLevel: "default",
    lastConsumedMessageIndex: channel.members.get(identity)?.lastConsumedMessageIndex ?? null,
  };
}

function memberData(user: User, member: Member): object {
  const {
    identity,
    roleSid,
    attributes,
    dateCreated,
    dateUpdated,
    lastConsumedMessageIndex,
    lastConsumptionTimestamp,
  } = member;
  return {
    identity,
    roleSid,
    attributes,
    dateCreated,
    dateUpdated,
    lastConsumedMessageIndex,
    lastConsumptionTimestamp,
    type: "chat",
    userInfo: userName(user),
  };
}

function messageData(channel: Channel, message: Message): object {
  return {
    sid: message.sid,
    author: message.from,
    text: message.body,
    type: "text",
    attributes: message.attributes,
    timestamp: message.dateCreated,
    dateUpdated: message.dateUpdated,
    lastUpdatedBy: message.from,
    memberSid: channel.members.get(message.from)?.sid ?? null,
  };
}

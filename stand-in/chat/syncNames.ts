// The names of the Sync objects that hold the state of chat.

import type { Channel, User } from "../account";

export const channelName = (channel: Channel): string => `${channel.sid}.channel`;
export const rosterName = (channel: Channel): string => `${channel.sid}.roster`;
/** The sid of the channel whose messages are in the list of that name; undefined for other lists. */
export const channelOfMessages = (name: string): string | undefined => /^(.+)\.messages$/.exec(name)?.[1];
export const messagesName = (channel: Channel): string => `${channel.sid}.messages`;
export const userName = (user: User): string => `${user.sid}.info`;
export const userChannelsName = (user: User): string => `${user.sid}.channels`;

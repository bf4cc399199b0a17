// The chat SDK's commands and their effect on the account.

import { ApiError, type Account } from "../account";

export interface CommandRequest {
  action: string;
  [parameter: string]: unknown;
}

type Command = (account: Account, identity: string, request: CommandRequest) => object | void;

/**
 * @returns the fields of the response besides its status.
 * @throws ApiError if the command fails.
 */
export function runCommand(account: Account, identity: string, request: CommandRequest): object {
  const command = commands[request.action];
  if (!command) throw new ApiError(400, 50001, `Unsupported command ${request.action}`);
  if (typeof request.channelSid === "string") account.visibleChannel(request.channelSid, identity);
  return command(account, identity, request) ?? {};
}

const commands: Record<string, Command> = {
  createChannel(account, identity, request) {
    const channel = account.createChannel({
      friendlyName: optionalText(request.friendlyName),
      uniqueName: optionalText(request.uniqueName),
      type: request.type === "private" ? "private" : "public",
      attributes: text(request.attributes),
      createdBy: identity,
    });
    return { channelSid: channel.sid, channel: `${channel.sid}.channel` };
  },
  destroyChannel: (account, _identity, request) => account.deleteChannel(text(request.channelSid)),
  editAttributes(account, _identity, request) {
    account.updateChannel(text(request.channelSid), { attributes: text(request.attributes) });
  },
  editFriendlyName(account, _identity, request) {
    account.updateChannel(text(request.channelSid), { friendlyName: text(request.friendlyName) });
  },
  editUniqueName(account, _identity, request) {
    account.updateChannel(text(request.channelSid), { uniqueName: text(request.uniqueName) || null });
  },
  /** No effect: the stand-in sends no push notifications. */
  editNotificationLevel: () => undefined,

  joinChannelV2: (account, identity, request) =>
    void account.addMember(text(request.channelSid), identity, "channel user"),
  leaveChannel: (account, identity, request) => account.removeMember(text(request.channelSid), identity),
  addMemberV2(account, _identity, request) {
    account.addMember(text(request.channelSid), text(request.username), "channel user");
  },
  inviteMember: (account, _identity, request) => account.invite(text(request.channelSid), text(request.username)),
  declineInvitation: (account, identity, request) => account.declineInvitation(text(request.channelSid), identity),
  removeMember: (account, _identity, request) =>
    account.removeMember(text(request.channelSid), text(request.memberSid ?? request.username)),
  editMemberAttributes(account, _identity, request) {
    account.updateMember(text(request.channelSid), text(request.memberSid), { attributes: text(request.attributes) });
  },

  sendMessage(account, identity, request) {
    if (!account.channel(text(request.channelSid)).members.has(identity))
      throw new ApiError(403, 50400, "User not member of channel");
    const message = account.addMessage(
      text(request.channelSid),
      identity,
      text(request.text),
      text(request.attributes ?? "{}"),
    );
    return { messageSid: message.sid, messageId: String(message.index) };
  },
  editMessage(account, _identity, request) {
    account.updateMessage(text(request.channelSid), Number(request.messageIdx), { body: text(request.text) });
  },
  editMessageAttributes(account, _identity, request) {
    account.updateMessage(text(request.channelSid), Number(request.messageIdx), {
      attributes: text(request.attributes),
    });
  },
  deleteMessage: (account, _identity, request) =>
    account.removeMessage(text(request.channelSid), Number(request.messageIdx)),
  consumptionReportV2(account, identity, request) {
    const reports = request.report as { channelSid: string; messageIdx: number | null }[];
    return { report: reports.map((report) => setConsumed(account, identity, report.channelSid, report.messageIdx)) };
  },

  editUserAttributes(account, _identity, request) {
    account.updateUser(text(request.username), { attributes: text(request.attributes) });
  },
  editUserFriendlyName(account, _identity, request) {
    account.updateUser(text(request.username), { friendlyName: text(request.friendlyName) });
  },
};

/** The names of all commands. */
export const chatCommands: readonly string[] = Object.keys(commands);

/** Ignores a report on a channel that the user has left in the meantime. */
function setConsumed(account: Account, identity: string, channelSid: string, index: number | null): object {
  const channel = account.findChannel(channelSid);
  if (!channel?.members.has(identity)) return { channelSid, unreadMessagesCount: null };
  account.updateMember(channelSid, identity, {
    lastConsumedMessageIndex: index,
    lastConsumptionTimestamp: new Date().toISOString(),
  });
  return {
    channelSid,
    unreadMessagesCount: channel.messages.filter((message) => message.index > (index ?? -1)).length,
  };
}

function text(value: unknown): string {
  if (typeof value !== "string") throw new ApiError(400, 50000, `Expected a string, got ${JSON.stringify(value)}`);
  return value;
}

function optionalText(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}

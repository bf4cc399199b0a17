// Chat sessions: each chat client has a Sync list. Its context names the client's Sync objects. Each item that the
// client pushes is a command, answered by updating the item with a response.

import { ApiError, type Account } from "../account";
import { chatOperation, type Admitted, type Chat429Location, type Failed, type Gate, type Verdict } from "../gate";
import { errorBody } from "../http";
import type { SyncItem, SyncObject } from "../sync/objects";
import type { ListService } from "../sync/listService";
import type { UpstreamReply } from "../twilsock/connection";
import { runCommand, type CommandRequest } from "./commands";
import { userChannelsName, userName } from "./syncNames";

interface PushedCommand {
  commandId: string;
  request: CommandRequest;
}

export class ChatSessions implements ListService {
  readonly purpose = "com.twilio.rtd.ipmsg";

  constructor(
    private readonly account: Account,
    private readonly gate: Gate,
    private readonly default429Location: () => Chat429Location,
  ) {}

  /** Sets the context only now: the SDK reads it from an update event and ignores the initial one. */
  onSubscribe(list: SyncObject, identity: string): void {
    const start = { operation: "chat start", method: "CHAT", path: "start", agent: identity };
    void this.gate.admit(start).then((verdict) => {
      if (!verdict.ok) return;
      list.setContext(sessionContext(this.account, identity));
      verdict.recordStatus(200);
    });
  }

  async push(list: SyncObject, data: unknown, identity: string): Promise<UpstreamReply | SyncItem> {
    const command = data as PushedCommand;
    const admission = this.gate.admit({
      operation: chatOperation(command.request.action),
      method: "CHAT",
      path: commandPath(command.request),
      agent: identity,
    });
    // Only an immediate verdict can fail the push itself: a delayed one comes after the push was answered.
    const immediate = await Promise.race([
      admission,
      new Promise<undefined>((resolve) => setImmediate(() => resolve(undefined))),
    ]);
    if (immediate && !immediate.ok) {
      const reply = pushError(immediate, immediate.location ?? this.default429Location());
      if (reply) return reply;
    }
    const item = list.addItem(command);
    void admission.then((verdict) => this.respond(list, item, command, identity, verdict));
    return item;
  }

  private respond(list: SyncObject, item: SyncItem, command: PushedCommand, identity: string, verdict: Verdict): void {
    const response = verdict.ok
      ? this.run(command, identity, verdict)
      : { status: verdict.status, statusText: verdict.message, code: verdict.code };
    // After the answer to the push: the SDK looks up the command only when its item changes later.
    setImmediate(() => list.setItem(item.key, { ...command, response }));
  }

  private run(command: PushedCommand, identity: string, admitted: Admitted): object {
    try {
      const result = runCommand(this.account, identity, command.request);
      admitted.recordStatus(200);
      return { status: 200, statusText: "OK", ...result };
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      admitted.recordStatus(error.status);
      return { status: error.status, statusText: error.message, code: error.code };
    }
  }
}

/** The failed push, or undefined if the error belongs in the command's response. */
function pushError(failed: Failed, location: Chat429Location): UpstreamReply | undefined {
  if (location === "push-http")
    return { status: failed.status, body: errorBody(failed.status, failed.code, failed.message) };
  if (location === "push-transport") return { transportStatus: failed.status, reason: failed.message };
  return undefined;
}

function commandPath({ action, channelSid }: CommandRequest): string {
  return typeof channelSid === "string" ? `${channelSid} ${action}` : action;
}

function sessionContext(account: Account, identity: string): object {
  const user = account.user(identity);
  const base = `/Client/v1/Services/${account.chatServiceSid}`;
  const userBase = `${base}/Users/${user.sid}`;
  return {
    type: "IpMsgSession",
    apiVersion: "3",
    identity,
    userInfo: userName(user),
    myChannels: userChannelsName(user),
    channels: `${account.chatServiceSid}.channels`,
    reachabilityEnabled: false,
    consumptionReportInterval: "PT5S",
    httpCacheInterval: "PT5S",
    userInfosToSubscribe: 100,
    links: {
      myChannelsUrl: `${userBase}/Channels`,
      syncListUrl: `${userBase}/SyncList`,
      usersUrl: `${base}/Users`,
      publicChannelsUrl: `${base}/Channels`,
      mediaServiceUrl: `https://mcs.us1.twilio.com/v1/Services/${account.chatServiceSid}/Media`,
      typingUrl: "/v1/typing",
    },
  };
}

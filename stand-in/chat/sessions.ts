// Chat sessions: a Sync list per chat client. Its context tells the client where its things are; each item that the
// client pushes is a command, answered by updating the item with a response.

import { ApiError, type Account } from "../account";
import { chatOperation, type Gate, type Failed, type Chat429Location, type Verdict } from "../gate";
import { errorBody } from "../http";
import type { SyncItem, SyncObject } from "../sync/objects";
import type { ListService } from "../sync/listService";
import { nextIndex } from "../sync/requests";
import type { UpstreamReply } from "../twilsock/connection";
import { runCommand, type CommandRequest } from "./commands";
import { userChannelsName, userName } from "./syncNames";

interface PushedCommand {
  commandId: string;
  request: CommandRequest;
}

export function chatSessions(account: Account, gate: Gate, refusalWay: () => Chat429Location): ListService {
  return {
    purpose: "com.twilio.rtd.ipmsg",
    // Only an update makes the client take the context: one that it finds from the start it does not look at.
    subscribed: (list, identity) => list.setContext(sessionContext(account, identity)),
    push: (list, data, identity) => push(list, data as PushedCommand, identity),
  };

  async function push(list: SyncObject, command: PushedCommand, identity: string): Promise<UpstreamReply | SyncItem> {
    const admission = gate.admit({
      operation: chatOperation(command.request.action),
      method: "CHAT",
      path: commandPath(command.request),
      agent: identity,
    });
    // A refusal of the push itself has to come with its answer; whatever takes time happens after the push was taken.
    const early = await Promise.race([
      admission,
      new Promise<undefined>((resolve) => setImmediate(() => resolve(undefined))),
    ]);
    if (early && !early.ok) {
      const refused = refusePush(early, early.location ?? refusalWay());
      if (refused) return refused;
    }
    const item = list.setItem(nextIndex(list), command);
    void admission.then((verdict) => respond(list, item, command, identity, verdict));
    return item;
  }

  function respond(list: SyncObject, item: SyncItem, command: PushedCommand, identity: string, verdict: Verdict): void {
    const response = verdict.ok
      ? run(command, identity, verdict.recordStatus)
      : { status: verdict.status, statusText: verdict.message, code: verdict.code };
    // The item is answered after its push: the SDK looks for the command once the list tells of a change.
    setImmediate(() => list.setItem(item.key, { ...command, response }));
  }

  function run(command: PushedCommand, identity: string, done: (status: number) => void): object {
    try {
      const result = runCommand(account, identity, command.request);
      done(200);
      return { status: 200, statusText: "OK", ...result };
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      done(error.status);
      return { status: error.status, statusText: error.message, code: error.code };
    }
  }
}

function refusePush(refused: Failed, way: Chat429Location): UpstreamReply | undefined {
  if (way === "push-http")
    return { status: refused.status, body: errorBody(refused.status, refused.code, refused.message) };
  if (way === "push-transport") return { transportStatus: refused.status, reason: refused.message };
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

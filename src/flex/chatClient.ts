/**
 * Writes of the chat client (twilio-chat): they are items pushed to a Sync list over a WebSocket, so only its methods
 * can be caught.
 */

import { ADD_MEMBER, CREATE_CHANNEL } from "../limits/limits";
import { patchMethod, Uninstall } from "../patch";
import { Call } from "../throttle/call";
import { CallCoalescer } from "../throttle/coalescing";
import { Throttle } from "../throttle/throttle";
import { classifyOutcome } from "./rejections";

type AsyncMethod = (...args: unknown[]) => Promise<unknown>;

/** What is used of a channel. */
interface Channel {
  add: AsyncMethod;
  invite: AsyncMethod;
  join: AsyncMethod;
}

/** What is used of the client; a degraded one has none of the methods. */
export interface ChatClient {
  createChannel?: AsyncMethod;
  getChannelBySid?: AsyncMethod;
  getChannelByUniqueName?: AsyncMethod;
  getSubscribedChannels?: AsyncMethod;
  getLocalChannels?: () => Promise<unknown>;
  on?(event: string, listener: (channel: unknown) => void): void;
  removeListener?(event: string, listener: (channel: unknown) => void): void;
}

const CHANNEL_METHODS = ["add", "invite", "join"] as const;

/** The calls and events through which a page comes by a channel. */
const GETTERS = ["getChannelBySid", "getChannelByUniqueName", "getSubscribedChannels"] as const;
const EVENTS = ["channelAdded", "channelJoined", "channelInvited", "channelUpdated"] as const;

export interface ChatClientOptions {
  readonly throttle: Throttle;
  /** As the settings of the moment say. */
  readonly onBurst: () => "queue" | "reject";
  /** Told of a failure of the plugin itself; the client goes on without it. */
  readonly report: (error: unknown) => void;
}

export function installChatClient(
  client: ChatClient | undefined,
  { throttle, onBurst, report }: ChatClientOptions,
): Uninstall {
  const uninstalls: Uninstall[] = [];
  if (!client || typeof client.createChannel !== "function") return () => undefined;

  const equalCalls = new CallCoalescer(throttle);
  const inTurn = (
    name: string,
    limits: Call["limits"],
    original: AsyncMethod,
    equalTo: typeof equalMembership = () => undefined,
  ): AsyncMethod =>
    function callInTurn(this: unknown, ...args: unknown[]) {
      if (throttle.mode === "off") return original.apply(this, args);
      return equalCalls.run({
        call: { limits, name, onBurst: onBurst() },
        coalescingKey: equalTo(name, this, args),
        send: () => original.apply(this, args),
        classify: classifyOutcome,
      });
    };

  // The class of channels is the SDK's own; it is met with the first channel.
  let isWaitingForChannel = true;
  const meet = (channel: unknown) => {
    try {
      if (isWaitingForChannel && isChannel(channel)) patchClassOf(channel);
    } catch (error) {
      report(error);
    }
  };
  const patchClassOf = (channel: Channel) => {
    isWaitingForChannel = false;
    const prototype = Object.getPrototypeOf(channel) as Channel;
    for (const name of CHANNEL_METHODS) {
      uninstalls.push(
        patchMethod(prototype, name, (original) => inTurn(`channel.${name}`, [ADD_MEMBER], original, equalMembership)),
      );
    }
  };
  const meetResult = (method: AsyncMethod): AsyncMethod =>
    async function meetingChannels(this: unknown, ...args: unknown[]) {
      const result = await method.apply(this, args);
      channelsIn(result).forEach(meet);
      return result;
    };

  const watched = client as ChatClient & Required<Pick<ChatClient, "createChannel" | (typeof GETTERS)[number]>>;
  uninstalls.push(
    patchMethod(watched, "createChannel", (original) =>
      meetResult(inTurn("createChannel", [CREATE_CHANNEL], original)),
    ),
  );
  for (const name of GETTERS) {
    if (typeof client[name] === "function") uninstalls.push(patchMethod(watched, name, meetResult));
  }
  EVENTS.forEach((event) => client.on?.(event, meet));
  uninstalls.push(() => EVENTS.forEach((event) => client.removeListener?.(event, meet)));
  // Rejects while the list is not fetched yet; the events tell of those channels.
  client.getLocalChannels?.().then(
    (channels) => channelsIn(channels).forEach(meet),
    () => undefined,
  );
  return () => {
    // A call that is under way may bring a channel yet.
    isWaitingForChannel = false;
    uninstalls.reverse().forEach((uninstall) => uninstall());
  };
}

/** Numbers channels, so that two are the same only where they are the very same object: a join resolves to its own. */
const numbers = new WeakMap<object, number>();
let lastNumber = 0;

/** Who is in a channel is in it once, however often asked. Two creations, by contrast, are two channels. */
function equalMembership(name: string, channel: unknown, args: readonly unknown[]): string | undefined {
  if (typeof channel !== "object" || channel === null || !args.every((each) => typeof each === "string"))
    return undefined;
  const number = numbers.get(channel) ?? (lastNumber += 1);
  numbers.set(channel, number);
  return JSON.stringify([name, number, ...args]);
}

/** A channel, a list of them, or a page of them. */
function channelsIn(result: unknown): unknown[] {
  if (Array.isArray(result)) return result;
  const items = (result as { items?: unknown } | null | undefined)?.items;
  return Array.isArray(items) ? items : [result];
}

function isChannel(value: unknown): value is Channel {
  return (
    typeof value === "object" &&
    value !== null &&
    CHANNEL_METHODS.every((name) => typeof (value as Channel)[name] === "function")
  );
}

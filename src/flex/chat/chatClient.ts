/**
 * Intercepts the writes of the chat client (twilio-chat). They are not HTTP requests but items pushed to a Sync list over a
 * WebSocket, so its methods are patched.
 */

import { Call } from "../../flexThrottle";
import { tryTo } from "../../helpers/tryTo";
import { Interceptor, InterceptorContext } from "../../interceptor";
import { ADD_MEMBER, CREATE_CHANNEL, RateLimitId } from "../../limits/limits";
import { patchMethod, Uninstall } from "../../patch";
import { CallCoalescer } from "../../throttle/coalescing";
import { createOutcomeClassifier } from "../rejections";
import { Channel, CHANNEL_METHODS, channelsIn, isChannel, membershipKey } from "./channels";

type AsyncMethod = (...args: unknown[]) => Promise<unknown>;

/** The part of the client that is used. A degraded client has none of the methods. */
export interface ChatClient {
  /** The agent's token; Flex refreshes it. */
  readonly token?: string;
  createChannel?: AsyncMethod;
  getChannelBySid?: AsyncMethod;
  getChannelByUniqueName?: AsyncMethod;
  getSubscribedChannels?: AsyncMethod;
  getLocalChannels?: () => Promise<unknown>;
  on?(event: string, listener: (channel: unknown) => void): void;
  removeListener?(event: string, listener: (channel: unknown) => void): void;
}

/** Methods and events that give a page its channels. */
const GETTERS = ["getChannelBySid", "getChannelByUniqueName", "getSubscribedChannels"] as const;
const EVENTS = ["channelAdded", "channelJoined", "channelInvited", "channelUpdated"] as const;

type PatchedClient = ChatClient & Required<Pick<ChatClient, "createChannel" | (typeof GETTERS)[number]>>;

export interface ChatClientContext extends InterceptorContext {
  /** The over-limit policy in use. */
  readonly onBurst: () => "queue" | "reject";
}

export const installChatClient: Interceptor<ChatClient | undefined, ChatClientContext> = (client, context) => {
  if (!client || typeof client.createChannel !== "function") return () => undefined;
  const patches = new ChatPatches(context);
  patches.install(client as PatchedClient);
  return () => patches.uninstall();
};

class ChatPatches {
  private readonly uninstalls: Uninstall[] = [];
  private readonly coalescer: CallCoalescer<RateLimitId>;
  /** The SDK does not export the class of its channels: it is patched when the first channel appears. */
  private isClassNeeded = true;

  constructor(private readonly context: ChatClientContext) {
    this.coalescer = new CallCoalescer(this.context.throttle, this.context.report);
  }

  install(client: PatchedClient): void {
    this.uninstalls.push(
      patchMethod(client, "createChannel", (original) =>
        this.watchResult(this.sendInTurn("createChannel", [CREATE_CHANNEL], original)),
      ),
    );
    for (const name of GETTERS) {
      if (typeof client[name] === "function")
        this.uninstalls.push(patchMethod(client, name, (original) => this.watchResult(original)));
    }
    EVENTS.forEach((event) => client.on?.(event, this.onChannel));
    this.uninstalls.push(() => EVENTS.forEach((event) => client.removeListener?.(event, this.onChannel)));
    // Rejects if the client has not loaded its channels yet; then the events deliver them.
    client.getLocalChannels?.().then(
      (channels) => channelsIn(channels).forEach(this.onChannel),
      () => undefined,
    );
  }

  uninstall(): void {
    // A getter in progress may still deliver a channel.
    this.isClassNeeded = false;
    this.uninstalls.reverse().forEach((uninstall) => uninstall());
  }

  private readonly onChannel = (channel: unknown): void => {
    tryTo(() => {
      if (this.isClassNeeded && isChannel(channel)) this.patchClassOf(channel);
    }, this.context.report);
  };

  private patchClassOf(channel: Channel): void {
    this.isClassNeeded = false;
    const prototype = Object.getPrototypeOf(channel) as Channel;
    for (const name of CHANNEL_METHODS) {
      this.uninstalls.push(
        patchMethod(prototype, name, (original) =>
          this.sendInTurn(`channel.${name}`, [ADD_MEMBER], original, membershipKey),
        ),
      );
    }
  }

  private sendInTurn(
    name: string,
    limits: Call["limits"],
    original: AsyncMethod,
    keyOf?: typeof membershipKey,
  ): AsyncMethod {
    const { coalescer } = this;
    const { throttle, onBurst } = this.context;
    const classify = createOutcomeClassifier(throttle);
    return function sendInTurn(this: unknown, ...args: unknown[]) {
      if (throttle.mode === "off") return original.apply(this, args);
      return coalescer.run({
        call: { limits, name, onBurst: onBurst(), answersForAccount: true },
        coalescingKey: keyOf?.(name, this, args),
        send: () => original.apply(this, args),
        classify,
      });
    };
  }

  private watchResult(method: AsyncMethod): AsyncMethod {
    const { onChannel } = this;
    return async function watchResult(this: unknown, ...args: unknown[]) {
      const result = await method.apply(this, args);
      channelsIn(result).forEach(onChannel);
      return result;
    };
  }
}

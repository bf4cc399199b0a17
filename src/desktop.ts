/**
 * What the plugin needs of the agent desktop that it runs in, free of the desktop's own types. `src/flex` implements it
 * for Flex UI 1.x. Another desktop is another directory that implements it.
 */

import type { AdminServices } from "./components/services";
import type { InterceptorContext } from "./interceptor";
import type { DesktopConfiguration } from "./page/liveSettings";
import type { Uninstall } from "./patch";
import type { Settings } from "./settings/readSettings";
import type { DeferredAction, ThrottleAction } from "./state/slice";

/** Installs one part of the plugin. */
export type Install = () => Uninstall;

/** The desktop's Redux store. */
export interface DesktopStore {
  dispatch(action: ThrottleAction): unknown;
  getState(): unknown;
  subscribe(listener: () => void): () => void;
  addReducer(namespace: string, reducer: unknown): void;
}

/** How a join ended: `failed` is not retried; `ended` has no chat to join any more, or is not paced. */
export type JoinState = "started" | "succeeded" | "failed" | "ended";

/** @param chat the sid of the chat's channel. */
export type JoinListener = (chat: string, state: JoinState) => void;

/** @param sendAgain invokes an Action again that ran and failed. */
export type DeferredListener = (outcome: DeferredAction, sendAgain?: () => void) => void;

export interface CallContext extends InterceptorContext {
  readonly settings: () => Settings;
  /** The over-limit policy for calls that cannot be deferred. */
  readonly onBurst: () => "queue" | "reject";
  readonly onDeferred: DeferredListener;
  readonly onJoin: JoinListener;
  /** The agent has a chat to accept. May be called often. @param limits what the accept will spend. */
  readonly onChatOffered: (limits: readonly string[]) => void;
}

export interface Desktop {
  /** The account's sid. */
  readonly account: string;
  /** The agent's sid; `undefined` before the agent has signed in. */
  agentSid(): string | undefined;
  /** Version of the desktop. */
  readonly version: string;
  readonly store: DesktopStore;
  /** The agent's roles, such as "admin". */
  readonly roles: readonly string[];
  /** The agent's token for Twilio's client SDKs. */
  readonly tokens: {
    /** `undefined` after the agent has signed out. */
    token(): string | undefined;
    /** Calls the listener when there is a new token. */
    onChange(listener: () => void): Uninstall;
  };
  /** The configuration in use; a new object only after a change. */
  configuration(): DesktopConfiguration;
  /** The settings as the account stores them, without what the page overrides. */
  storedSettings(): unknown;
  /** Changes the mode in use to "off" if the account's settings say so now. Rejects if they cannot be read. */
  followSwitchOff(): Promise<void>;
  /** The account's own texts, by key. */
  strings(): Record<string, unknown> | undefined;
  /** The language of the desktop, if it has one. */
  language(): string | undefined;
  /** The chats of the agent's tasks, by the sids of their channels. */
  chats(): readonly string[];
  customerOf(chat: string): string | undefined;
  /** Adds the agent to a chat again, as after an accept. The join reports its own outcome. */
  joinAgain(chat: string): void;
  /** Joins accepted chats whose join was lost, for example by a reload. Each chat is checked once. */
  joinLostChats(isOn: () => boolean, onResumed: () => void): Promise<void>;
  /** Sends counts with the vendor's telemetry of plugins. */
  sendTelemetry(name: string, counts: Readonly<Record<string, string>>): void;
  /** Interceptors of the desktop's own calls. */
  interceptors(context: CallContext): readonly Install[];
  /** What agents, supervisors and admins see. */
  screens(services: AdminServices): readonly Install[];
}

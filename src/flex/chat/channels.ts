/** Channels of the chat client: how to recognize them, and which of their calls are equal. */

import { isObject } from "../../helpers/isObject";

type AsyncMethod = (...args: unknown[]) => Promise<unknown>;

/** Methods that add a member. */
export const CHANNEL_METHODS = ["add", "invite", "join"] as const;

export type Channel = Record<(typeof CHANNEL_METHODS)[number], AsyncMethod>;

export function isChannel(value: unknown): value is Channel {
  return isObject(value) && CHANNEL_METHODS.every((name) => typeof (value as Channel)[name] === "function");
}

/** @param result a channel, a list of channels, or a page of them. */
export function channelsIn(result: unknown): unknown[] {
  if (Array.isArray(result)) return result;
  const items = (result as { items?: unknown } | null | undefined)?.items;
  return Array.isArray(items) ? items : [result];
}

/** By object instead of by sid, because a join resolves to its own channel object. */
const channelNumbers = new WeakMap<object, number>();
let lastNumber = 0;

/** @returns equal keys for calls that add the same member to the same channel; one of them is enough. */
export function membershipKey(name: string, channel: unknown, args: readonly unknown[]): string | undefined {
  if (!isObject(channel) || !args.every((each) => typeof each === "string")) return undefined;
  const number = channelNumbers.get(channel) ?? (lastNumber += 1);
  channelNumbers.set(channel, number);
  return JSON.stringify([name, number, ...args]);
}

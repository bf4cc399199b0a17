/**
 * Follows Flex's chat client. Flex starts without one when it takes longer than 20 s, and sets it when it has arrived; a
 * new login sets a new one.
 */

import type { Uninstall } from "../../patch";
import { watchValue } from "../watchValue";
import type { ChatClient } from "./chatClient";

export interface FollowOptions {
  /** Reports listeners that throw. */
  readonly store: { subscribe(listener: () => void): () => void };
  /** The client of the moment. */
  readonly client: () => ChatClient | undefined;
  readonly install: (client: ChatClient | undefined) => Uninstall;
  /** Called after the interceptor was installed on another client. */
  readonly onReplaced: () => void;
}

export function followChatClient({ store, client, install, onReplaced }: FollowOptions): Uninstall {
  let uninstall = install(client());
  const unsubscribe = watchValue(store, client, (next) => {
    uninstall();
    uninstall = () => undefined;
    uninstall = install(next);
    onReplaced();
  });
  return () => {
    unsubscribe();
    uninstall();
  };
}

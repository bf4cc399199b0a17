/** The agent's token, which Flex renews while the page is open. */

import type * as Flex from "@twilio/flex-ui";

import type { Desktop, DesktopStore } from "../desktop";
import { tryTo } from "../helpers/tryTo";
import { watchValue } from "./watchValue";

export function createTokens(manager: Flex.Manager, store: DesktopStore): Desktop["tokens"] {
  // Flex's getter throws after the agent has signed out.
  const token = () => tryTo(() => manager.user.token);
  return {
    token,
    onChange: (listener) =>
      watchValue(store, token, (current) => {
        if (current) listener();
      }),
  };
}

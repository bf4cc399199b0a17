/** The agent's token, which Flex renews while the page is open. */

import type * as Flex from "@twilio/flex-ui";

import type { Desktop, DesktopStore } from "../desktop";
import { tryTo } from "../helpers/tryTo";

export function createTokens(manager: Flex.Manager, store: DesktopStore): Desktop["tokens"] {
  // Flex's getter throws after the agent has signed out.
  const token = () => tryTo(() => manager.user.token);
  return {
    token,
    // Flex puts each new token into its store.
    onChange: (listener) => {
      let known = token();
      return store.subscribe(() => {
        const current = token();
        if (current === known) return;
        known = current;
        if (current) listener();
      });
    },
  };
}

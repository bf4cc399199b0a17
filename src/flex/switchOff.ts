/** Follows an admin who has switched the plugin off while this page was open. */

import type * as Flex from "@twilio/flex-ui";

/** Flex reads the same address when it starts. */
const CONFIGURATION_URL = "https://flex-api.twilio.com/v1/Configuration";

interface StoredConfiguration {
  readonly ui_attributes: { readonly flexThrottle?: { readonly mode?: unknown } };
}

/** Switches the plugin off if the account's settings say so now. Rejects if they cannot be read. */
export async function followSwitchOff(manager: Flex.Manager): Promise<void> {
  const headers = { Authorization: `Basic ${btoa(`token:${manager.user.token}`)}` };
  const { ui_attributes } = (await (await fetch(CONFIGURATION_URL, { headers })).json()) as StoredConfiguration;
  // Absent from Twilio's error messages, so that this throws for one.
  if (ui_attributes.flexThrottle?.mode !== "off") return;
  const { flexThrottle } = manager.configuration as { flexThrottle?: object };
  manager.updateConfig({ flexThrottle: { ...flexThrottle, mode: "off" } } as Flex.Config);
}

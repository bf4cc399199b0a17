// Twilio's table "Flex Messaging Limits". The stand-in plays Twilio, so it does not share the plugin's table;
// scripts/limitTables.test.ts compares both with the documentation.

export interface Limit {
  /** The row as Twilio's page names it: method and path, or another name. */
  readonly id: string;
  /** "rate": calls per second of the whole account. "capacity": how many may exist. */
  readonly kind: "rate" | "capacity";
  /** Calls per second of a rate, or the count of a capacity. */
  readonly default: number;
}

/** Source: "Flex Messaging Limits" in Twilio's documentation for Flex UI 1.x. */
export const limits: readonly Limit[] = [
  { id: "GET /FlexFlows", kind: "rate", default: 10 },
  { id: "GET /FlexFlows/FOxx", kind: "rate", default: 2 },
  { id: "POST /FlexFlows", kind: "rate", default: 2 },
  { id: "POST /FlexFlows/FOxx", kind: "rate", default: 1 },
  { id: "DELETE /FlexFlows/FOxx", kind: "rate", default: 2 },
  { id: "GET /WebChannels", kind: "rate", default: 1 },
  { id: "GET /WebChannels/CHxx", kind: "rate", default: 1 },
  { id: "POST /WebChannels", kind: "rate", default: 5 },
  { id: "POST /WebChannels/CHxx", kind: "rate", default: 1 },
  { id: "DELETE /WebChannels/CHxx", kind: "rate", default: 1 },
  { id: "POST /WebChannels/Users", kind: "rate", default: 10 },
  { id: "GET /channels", kind: "rate", default: 5 },
  { id: "GET /channels/CHxx", kind: "rate", default: 3 },
  { id: "POST /channels", kind: "rate", default: 10 },
  { id: "DELETE /channels/CHxx", kind: "rate", default: 10 },
  { id: "Proxy Out-of-Session callbacks", kind: "rate", default: 10 },
  { id: "Flex Flows", kind: "capacity", default: 2500 },
];

/**
 * Twilio's page "Flex Messaging Limits" as one table: every row of the page, with the id an admin reads there.
 *
 * The rates count requests per second for the whole account. "Flex Flows" is a count: waiting never helps.
 */

interface RateRow {
  readonly kind: "rate";
  /** Requests per second that the account may make by default. */
  readonly perSecond: number;
}

interface CapacityRow {
  readonly kind: "capacity";
  /** How many of them the account may have by default. */
  readonly max: number;
}

const rate = (perSecond: number): RateRow => ({ kind: "rate", perSecond });
const capacity = (max: number): CapacityRow => ({ kind: "capacity", max });

/** Source of every number: Twilio's page "Flex Messaging Limits" (Flex UI 1.x, Programmable Chat and Proxy). */
export const LIMITS = {
  "GET /FlexFlows": rate(10),
  "GET /FlexFlows/FOxx": rate(2),
  "POST /FlexFlows": rate(2),
  "POST /FlexFlows/FOxx": rate(1),
  "DELETE /FlexFlows/FOxx": rate(2),
  "GET /WebChannels": rate(1),
  "GET /WebChannels/CHxx": rate(1),
  "POST /WebChannels": rate(5),
  "POST /WebChannels/CHxx": rate(1),
  "DELETE /WebChannels/CHxx": rate(1),
  "POST /WebChannels/Users": rate(10),
  "GET /channels": rate(5),
  "GET /channels/CHxx": rate(3),
  "POST /channels": rate(10),
  "DELETE /channels/CHxx": rate(10),
  "Proxy Out-of-Session callbacks": rate(10),
  "Flex Flows": capacity(2500),
} as const;

export type LimitId = keyof typeof LIMITS;

type IdsOfKind<Kind> = { [Id in LimitId]: (typeof LIMITS)[Id]["kind"] extends Kind ? Id : never }[LimitId];

/** A limit that counts requests per second. */
export type RateLimitId = IdsOfKind<"rate">;

/** A limit that counts what there is, never a rate. */
export type CapacityLimitId = IdsOfKind<"capacity">;

export const RATE_LIMIT_IDS = (Object.keys(LIMITS) as LimitId[]).filter(
  (id): id is RateLimitId => LIMITS[id].kind === "rate",
);

/** The limit that adding a member spends, whichever way the member is added. */
export const ADD_MEMBER: RateLimitId = "POST /WebChannels/Users";

/** The limit that creating a chat channel spends. */
export const CREATE_CHANNEL: RateLimitId = "POST /channels";

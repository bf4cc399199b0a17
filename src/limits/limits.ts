/**
 * The table of Twilio's page "Flex Messaging Limits", for Flex UI 1.x, Programmable Chat and Proxy.
 */

export const LIMITS_PAGE = "https://www.twilio.com/docs/flex/developer/messaging/limits";

interface RateLimit {
  readonly kind: "rate";
  /** Requests per second of the whole account. */
  readonly perSecond: number;
}

interface CapacityLimit {
  readonly kind: "capacity";
  /** How many may exist in the account. Waiting does not help when this number is reached. */
  readonly max: number;
}

const rate = (perSecond: number): RateLimit => ({ kind: "rate", perSecond });
const capacity = (max: number): CapacityLimit => ({ kind: "capacity", max });

/**
 * Twilio's defaults. An id that consists of a method and a path is also the route of the requests that spend the limit
 * (see routes.ts); `FOxx` and `CHxx` in it stand for any sid.
 */
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

/** The id of a limit that counts requests per second. */
export type RateLimitId = IdsOfKind<"rate">;

/** The id of a limit that counts what exists. */
export type CapacityLimitId = IdsOfKind<"capacity">;

export const RATE_LIMIT_IDS = (Object.keys(LIMITS) as LimitId[]).filter(
  (id): id is RateLimitId => LIMITS[id].kind === "rate",
);

/** The limit that adding a member to a chat spends, by whatever request. */
export const ADD_MEMBER: RateLimitId = "POST /WebChannels/Users";

/** The limit that creating a chat channel spends. */
export const CREATE_CHANNEL: RateLimitId = "POST /channels";

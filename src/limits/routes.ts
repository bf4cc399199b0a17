/** Finds the limits that an HTTP request spends, by its method and its absolute URL. */

import { ADD_MEMBER, RATE_LIMIT_IDS, RateLimitId } from "./limits";

/** What a successful request says about the number of Flex Flows in the account. */
export type CapacityEffect = "list" | "create" | "delete";

export interface RouteMatch {
  readonly limits: readonly RateLimitId[];
  /** The sid of the channel or webchat in the URL. Another layer that sees the same call recognizes it by this key. */
  readonly key?: string;
  /** Present if the request lists, creates or deletes Flex Flows. */
  readonly capacityEffect?: CapacityEffect;
}

/** A route in the settings. */
export interface CustomRoute {
  /** The HTTP method. */
  readonly method: string;
  /** Absolute URL without query; `*` matches any characters. */
  readonly url: string;
  /** The limits that each of its requests spends. */
  readonly limits: readonly RateLimitId[];
}

export type RouteMatcher = (method: string, url: string) => RouteMatch | undefined;

/** The base URLs of Twilio's APIs, as patterns. */
const TWILIO_BASES = [
  "https://flex-api.twilio.com/v1",
  "https://preview.twilio.com/Flex",
  "https://chat.twilio.com/v2/Services/[^/]+",
];

/** A method, and a path below one of the bases in which `FOxx`, `CHxx` and `xx` match any segment. */
type Route = readonly [methodAndPath: string, limit: RateLimitId];

/** Each limit whose id is a method and a path, and the other ways to add a member. */
const TWILIO_ROUTES: readonly Route[] = [
  ...RATE_LIMIT_IDS.filter((id) => id.includes(" /")).map((id): Route => [id, id]),
  ["POST /Channels/CHxx/Roles/xx/Users", ADD_MEMBER],
  ["POST /Channels/CHxx/Members", ADD_MEMBER],
];

const CAPACITY_EFFECTS: { readonly [Id in RateLimitId]?: CapacityEffect } = {
  "GET /FlexFlows": "list",
  "POST /FlexFlows": "create",
  "DELETE /FlexFlows/FOxx": "delete",
};

interface CompiledRoute {
  readonly method: string;
  /** Matches a URL without query. The first group, if any, is the key. */
  readonly url: { exec(url: string): ArrayLike<string> | null };
  readonly match: Omit<RouteMatch, "key">;
}

/**
 * @param customRoutes routes in the settings. Their limits take precedence over Twilio's routes; the key and the capacity
 * effect of Twilio's routes still apply.
 * @param orchestrationUrl `chatOrchestrationServiceUrl` of the Flex configuration, with which Flex adds the agent to a
 * chat. If it ends with `/Channels` or `/WebChannels`, the URL before that is a further base of Twilio's routes.
 */
export function createRouteMatcher(customRoutes: readonly CustomRoute[] = [], orchestrationUrl?: string): RouteMatcher {
  const orchestration = orchestrationUrl ? withoutSlash(withoutQuery(orchestrationUrl)) : undefined;
  const bases = [...TWILIO_BASES, ...(orchestration ? baseOfCollection(orchestration) : [])];
  const custom = customRoutes.map(compileCustomRoute);
  const twilio = [...compileTwilioRoutes(bases), ...(orchestration ? compileJoinRoutes(orchestration) : [])];
  return (method, url) => {
    const upperMethod = method.toUpperCase();
    const bareUrl = withoutQuery(url);
    const twilioMatch = findMatch(twilio, upperMethod, bareUrl);
    const customMatch = findMatch(custom, upperMethod, bareUrl);
    return twilioMatch && customMatch ? { ...twilioMatch, limits: customMatch.limits } : (twilioMatch ?? customMatch);
  };
}

function findMatch(routes: readonly CompiledRoute[], method: string, url: string): RouteMatch | undefined {
  for (const route of routes) {
    const found = route.method === method ? route.url.exec(url) : null;
    if (found) return { ...route.match, key: found[1] };
  }
  return undefined;
}

/** Routes without a sid come first: `/WebChannels/Users` also matches `/WebChannels/CHxx`. */
function compileTwilioRoutes(bases: readonly string[]): CompiledRoute[] {
  const hasSid = ([methodAndPath]: Route) => Number(/xx\b/.test(methodAndPath));
  return TWILIO_ROUTES.slice()
    .sort((a, b) => hasSid(a) - hasSid(b))
    .map(([methodAndPath, limit]) => {
      const [method, path] = methodAndPath.split(" ");
      const pattern = path.replace(/\bCHxx\b/, "([^/]+)").replace(/\b(FO)?xx\b/, "[^/]+");
      const url = new RegExp(`^(?:${bases.join("|")})${pattern}/?$`, "i");
      return { method, url, match: { limits: [limit], capacityEffect: CAPACITY_EFFECTS[limit] } };
    });
}

function compileCustomRoute({ method, url, limits }: CustomRoute): CompiledRoute {
  const parts = withoutSlash(url.toLowerCase()).split("*");
  const exec = (candidate: string) => (matchesParts(withoutSlash(candidate.toLowerCase()), parts) ? [candidate] : null);
  return { method: method.toUpperCase(), url: { exec }, match: { limits } };
}

/** Whether a text consists of these parts with anything between them. Linear in time, unlike a regular expression. */
function matchesParts(text: string, [first, ...rest]: readonly string[]): boolean {
  const last = rest.pop();
  if (last === undefined) return text === first;
  if (!text.startsWith(first)) return false;
  let from = first.length;
  for (const part of rest) {
    const index = text.indexOf(part, from);
    if (index < 0) return false;
    from = index + part.length;
  }
  return text.length - last.length >= from && text.endsWith(last);
}

/** @returns the base of a collection's URL, as a pattern; nothing for a URL of anything else. */
function baseOfCollection(url: string): string[] {
  const base = url.replace(/\/(Web)?Channels$/i, "");
  return base === url ? [] : [escapeForRegExp(base)];
}

/** Flex UI 1.28 and later appends `/{CH}/Roles/{role}/Users` to the orchestration URL, earlier versions `/Users`. */
function compileJoinRoutes(orchestrationUrl: string): CompiledRoute[] {
  const base = escapeForRegExp(orchestrationUrl);
  const match = { limits: [ADD_MEMBER] };
  return [
    { method: "POST", url: new RegExp(`^${base}/([^/]+)/Roles/[^/]+/Users/?$`, "i"), match },
    { method: "POST", url: new RegExp(`^${base}/Users/?$`, "i"), match },
  ];
}

function withoutQuery(url: string): string {
  return url.split(/[?#]/, 1)[0];
}

function withoutSlash(url: string): string {
  return url.replace(/\/$/, "");
}

function escapeForRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

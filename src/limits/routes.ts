/**
 * Which HTTP request spends which limits: one table for Twilio's own addresses, to which an admin's `routes` are added.
 *
 * Pure: a method and an absolute URL go in, what they spend comes out.
 */

import { ADD_MEMBER, RateLimitId } from "./limits";

/** What a request does to the number of Flex Flows in the account, as far as its answer tells. */
export type CapacityEffect = "list" | "create" | "delete";

export interface RouteMatch {
  readonly limits: readonly RateLimitId[];
  /** Names the one thing that the call is about (a channel's sid), so that another layer's sight of it can be told. */
  readonly key?: string;
  /** Present where the request lists, creates or deletes Flex Flows. */
  readonly capacityEffect?: CapacityEffect;
}

export interface CustomRoute {
  readonly method: string;
  /** Absolute URL without its query; `*` stands for any run of characters. */
  readonly url: string;
  readonly limits: readonly RateLimitId[];
}

export type RouteMatcher = (method: string, url: string) => RouteMatch | undefined;

/** Where Twilio serves the rows of its table. */
const TWILIO_BASES = [
  "https://flex-api.twilio.com/v1",
  "https://preview.twilio.com/Flex",
  "https://chat.twilio.com/v2/Services/[^/]+",
];

interface TwilioRoute {
  readonly method: string;
  /** A pattern below a base; its first group, if any, is the key. */
  readonly path: string;
  readonly limits: readonly RateLimitId[];
  readonly capacityEffect?: CapacityEffect;
}

const FLEX_FLOW = "/FlexFlows/[^/]+";
const WEB_CHANNEL = "/WebChannels/([^/]+)";
const CHANNEL = "/Channels/([^/]+)";

/** The first that matches counts, so that `/WebChannels/Users` is not taken for a webchat of that name. */
const TWILIO_ROUTES: readonly TwilioRoute[] = [
  { method: "POST", path: `${CHANNEL}/Roles/[^/]+/Users`, limits: [ADD_MEMBER] },
  { method: "POST", path: `${CHANNEL}/Members`, limits: [ADD_MEMBER] },
  { method: "POST", path: "/WebChannels/Users", limits: [ADD_MEMBER] },

  { method: "GET", path: "/FlexFlows", limits: ["GET /FlexFlows"], capacityEffect: "list" },
  { method: "POST", path: "/FlexFlows", limits: ["POST /FlexFlows"], capacityEffect: "create" },
  { method: "GET", path: FLEX_FLOW, limits: ["GET /FlexFlows/FOxx"] },
  { method: "POST", path: FLEX_FLOW, limits: ["POST /FlexFlows/FOxx"] },
  { method: "DELETE", path: FLEX_FLOW, limits: ["DELETE /FlexFlows/FOxx"], capacityEffect: "delete" },

  { method: "GET", path: "/WebChannels", limits: ["GET /WebChannels"] },
  { method: "POST", path: "/WebChannels", limits: ["POST /WebChannels"] },
  { method: "GET", path: WEB_CHANNEL, limits: ["GET /WebChannels/CHxx"] },
  { method: "POST", path: WEB_CHANNEL, limits: ["POST /WebChannels/CHxx"] },
  { method: "DELETE", path: WEB_CHANNEL, limits: ["DELETE /WebChannels/CHxx"] },

  { method: "GET", path: "/Channels", limits: ["GET /channels"] },
  { method: "POST", path: "/Channels", limits: ["POST /channels"] },
  { method: "GET", path: CHANNEL, limits: ["GET /channels/CHxx"] },
  { method: "DELETE", path: CHANNEL, limits: ["DELETE /channels/CHxx"] },
];

interface CompiledRoute {
  readonly method: string;
  /** What a URL without its query must be like; the first group, if any, is the key. */
  readonly url: { exec(url: string): ArrayLike<string> | null };
  readonly match: Omit<RouteMatch, "key">;
}

/**
 * @param customRoutes an admin's routes. Their limits come before Twilio's own; what else Twilio's table tells of the same
 * address (whom a join is about, what becomes of the Flex Flows) still holds.
 * @param orchestrationUrl `chatOrchestrationServiceUrl` of the Flex configuration, where Flex itself adds the agent to a
 * chat. Where it names a collection, `…/Channels` or `…/WebChannels`, Twilio's whole table is served beside that.
 */
export function createRouteMatcher(customRoutes: readonly CustomRoute[] = [], orchestrationUrl?: string): RouteMatcher {
  const orchestration = orchestrationUrl ? withoutSlash(withoutQuery(orchestrationUrl)) : undefined;
  const bases = [...TWILIO_BASES, ...(orchestration ? baseOfCollection(orchestration) : [])];
  const custom = customRoutes.map(compileCustomRoute);
  const twilio = [
    ...TWILIO_ROUTES.map((route) => compileTwilioRoute(route, bases)),
    ...(orchestration ? compileJoinRoutes(orchestration) : []),
  ];
  return (method, url) => {
    const wanted = method.toUpperCase();
    const bare = withoutQuery(url);
    const known = firstMatch(twilio, wanted, bare);
    const chosen = firstMatch(custom, wanted, bare);
    return known && chosen ? { ...known, limits: chosen.limits } : (known ?? chosen);
  };
}

function firstMatch(routes: readonly CompiledRoute[], method: string, url: string): RouteMatch | undefined {
  for (const route of routes) {
    const found = route.method === method ? route.url.exec(url) : null;
    if (found) return { ...route.match, key: found[1] };
  }
  return undefined;
}

function compileTwilioRoute(
  { method, path, limits, capacityEffect }: TwilioRoute,
  bases: readonly string[],
): CompiledRoute {
  const url = new RegExp(`^(?:${bases.join("|")})${path}/?$`, "i");
  return { method, url, match: { limits, capacityEffect } };
}

function compileCustomRoute({ method, url, limits }: CustomRoute): CompiledRoute {
  const pattern = withoutSlash(url.toLowerCase()).split("*");
  const exec = (wanted: string) => (isLike(withoutSlash(wanted.toLowerCase()), pattern) ? [wanted] : null);
  return { method: method.toUpperCase(), url: { exec }, match: { limits } };
}

/**
 * Whether a text consists of these parts with anything between them. Each inner part is taken where it comes first:
 * no admin's pattern can make a look at an address slow, as it could a regular expression.
 */
function isLike(text: string, [first, ...rest]: readonly string[]): boolean {
  const last = rest.pop();
  if (last === undefined) return text === first;
  if (!text.startsWith(first)) return false;
  let from = first.length;
  for (const part of rest) {
    const at = text.indexOf(part, from);
    if (at < 0) return false;
    from = at + part.length;
  }
  return text.length - last.length >= from && text.endsWith(last);
}

/** @returns what the address of a collection stands below, as a pattern; none for another address. */
function baseOfCollection(url: string): string[] {
  const base = url.replace(/\/(Web)?Channels$/i, "");
  return base === url ? [] : [escapeForRegExp(base)];
}

/** Flex appends to the address that it is given: `/{CH}/Roles/{role}/Users` from 1.28 on, `/Users` before. */
function compileJoinRoutes(orchestrationUrl: string): CompiledRoute[] {
  const base = escapeForRegExp(orchestrationUrl);
  const limits = [ADD_MEMBER];
  return [
    { method: "POST", url: new RegExp(`^${base}/([^/]+)/Roles/[^/]+/Users/?$`, "i"), match: { limits } },
    { method: "POST", url: new RegExp(`^${base}/Users/?$`, "i"), match: { limits } },
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

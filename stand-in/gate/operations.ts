// Maps HTTP requests and chat commands to the limits that they spend.

import type { OperationId } from "./gate";

const proxyHost = "proxy.twilio.com";

/** The path prefix of each host. */
const bases: readonly { host: string; base: RegExp }[] = [
  { host: "flex-api.twilio.com", base: /^\/v1(?=\/)/i },
  { host: "preview.twilio.com", base: /^\/Flex(?=\/)/i },
  { host: "chat.twilio.com", base: /^\/v2\/Services\/[^/]+(?=\/)/i },
  { host: proxyHost, base: /^\/v1\/Services\/[^/]+(?=\/)/i },
];

/** Paths below the prefix, case-insensitive. The first match counts. */
const resources: readonly { path: RegExp; methods: Record<string, OperationId> }[] = [
  { path: /^\/FlexFlows$/i, methods: { GET: "GET /FlexFlows", POST: "POST /FlexFlows" } },
  {
    path: /^\/FlexFlows\/[^/]+$/i,
    methods: { GET: "GET /FlexFlows/FOxx", POST: "POST /FlexFlows/FOxx", DELETE: "DELETE /FlexFlows/FOxx" },
  },
  { path: /^\/WebChannels\/Users$/i, methods: { POST: "POST /WebChannels/Users" } },
  { path: /^\/WebChannels$/i, methods: { GET: "GET /WebChannels", POST: "POST /WebChannels" } },
  {
    path: /^\/WebChannels\/[^/]+$/i,
    methods: { GET: "GET /WebChannels/CHxx", POST: "POST /WebChannels/CHxx", DELETE: "DELETE /WebChannels/CHxx" },
  },
  { path: /^\/Channels$/i, methods: { GET: "GET /channels", POST: "POST /channels" } },
  { path: /^\/Channels\/[^/]+$/i, methods: { GET: "GET /channels/CHxx", DELETE: "DELETE /channels/CHxx" } },
  { path: /^\/Channels\/[^/]+\/Members$/i, methods: { POST: "POST /WebChannels/Users" } },
  { path: /^\/Channels\/[^/]+\/Roles\/[^/]+\/Users$/i, methods: { POST: "POST /WebChannels/Users" } },
];

/** Splits a path into the prefix of its host and the rest: "/v1" and "/FlexFlows". */
export function splitPath(host: string, path: string): { base: string; resource: string } | undefined {
  const known = bases.find((candidate) => candidate.host === host.toLowerCase());
  const base = known && known.base.exec(path)?.[0];
  if (base === undefined) return undefined;
  return { base, resource: path.slice(base.length).replace(/\/$/, "") };
}

/** The limit that an HTTP request spends, if any. The path has no query. */
export function httpOperation(method: string, host: string, path: string): OperationId | undefined {
  const verb = method.toUpperCase();
  const resource = splitPath(host, path)?.resource;
  if (resource === undefined) return undefined;
  if (host.toLowerCase() === proxyHost) return proxyOperation(verb, resource);
  return resources.find((candidate) => candidate.path.test(resource))?.methods[verb];
}

/** Out-of-session callbacks have no endpoint of their own, so the stand-in counts created Proxy sessions instead. */
function proxyOperation(verb: string, resource: string): OperationId | undefined {
  return verb === "POST" && /^\/Sessions$/i.test(resource) ? "Proxy Out-of-Session callbacks" : undefined;
}

/** The limit that a command of the chat SDK spends; without a limit, the command's own name: "chat sendMessage". */
export function chatOperation(action: string): OperationId {
  switch (action) {
    case "createChannel":
      return "POST /channels";
    case "addMember":
    case "addMemberV2":
    case "inviteMember":
    case "joinChannel":
    case "joinChannelV2":
      return "POST /WebChannels/Users";
    default:
      return `chat ${action}`;
  }
}

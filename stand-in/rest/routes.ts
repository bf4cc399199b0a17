// Maps hosts, paths and methods to resources.

import { createChatChannel, deleteChatChannel, fetchChatChannel, listChatChannels } from "./chatChannels";
import { createFlexChannel, deleteFlexChannel, fetchFlexChannel, listFlexChannels } from "./flexChannels";
import { createFlexFlow, deleteFlexFlow, fetchFlexFlow, listFlexFlows, updateFlexFlow } from "./flexFlows";
import { addChatMember, addUserInRole, addUserToWebChannel } from "./members";
import { createProxySession } from "./proxySessions";
import type { Resource } from "./resource";
import { createWebChannel, deleteWebChannel, fetchWebChannel, listWebChannels, updateWebChannel } from "./webChannels";

export interface Route {
  /** The path below the host's prefix, case-insensitive. Its groups are the sids. */
  readonly path: RegExp;
  readonly methods: Readonly<Record<string, Resource>>;
}

const flexRoutes: readonly Route[] = [
  { path: /^\/FlexFlows$/i, methods: { GET: listFlexFlows, POST: createFlexFlow } },
  { path: /^\/FlexFlows\/([^/]+)$/i, methods: { GET: fetchFlexFlow, POST: updateFlexFlow, DELETE: deleteFlexFlow } },
  { path: /^\/WebChannels$/i, methods: { GET: listWebChannels, POST: createWebChannel } },
  { path: /^\/WebChannels\/Users$/i, methods: { POST: addUserToWebChannel } },
  {
    path: /^\/WebChannels\/([^/]+)$/i,
    methods: { GET: fetchWebChannel, POST: updateWebChannel, DELETE: deleteWebChannel },
  },
  { path: /^\/Channels$/i, methods: { GET: listFlexChannels, POST: createFlexChannel } },
  { path: /^\/Channels\/([^/]+)$/i, methods: { GET: fetchFlexChannel, DELETE: deleteFlexChannel } },
  { path: /^\/Channels\/([^/]+)\/Roles\/([^/]+)\/Users$/i, methods: { POST: addUserInRole } },
];

const chatRoutes: readonly Route[] = [
  { path: /^\/Channels$/i, methods: { GET: listChatChannels, POST: createChatChannel } },
  { path: /^\/Channels\/([^/]+)$/i, methods: { GET: fetchChatChannel, DELETE: deleteChatChannel } },
  { path: /^\/Channels\/([^/]+)\/Members$/i, methods: { POST: addChatMember } },
];

const proxyRoutes: readonly Route[] = [{ path: /^\/Sessions$/i, methods: { POST: createProxySession } }];

const routesByHost: Readonly<Record<string, readonly Route[]>> = {
  "flex-api.twilio.com": flexRoutes,
  "preview.twilio.com": flexRoutes,
  "chat.twilio.com": chatRoutes,
  "proxy.twilio.com": proxyRoutes,
};

/** The route of a path for any method, and the sids in the path. */
export function findRoute(host: string, resource: string): { route: Route; sids: string[] } | undefined {
  for (const route of routesByHost[host.toLowerCase()] ?? []) {
    const match = route.path.exec(resource);
    if (match) return { route, sids: match.slice(1).map(decode) };
  }
  return undefined;
}

/** Invalid encoding stays as it is and leads to a 404. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

// Which address and method is which resource.

import { createChatChannel, deleteChatChannel, fetchChatChannel, listChatChannels } from "./chatChannels";
import { createFlexChannel, deleteFlexChannel, fetchFlexChannel, listFlexChannels } from "./flexChannels";
import { createFlexFlow, deleteFlexFlow, fetchFlexFlow, listFlexFlows, updateFlexFlow } from "./flexFlows";
import { addChatMember, addUserInRole, addUserToWebChannel } from "./members";
import { createProxySession } from "./proxySessions";
import type { Resource } from "./resource";
import { createWebChannel, deleteWebChannel, fetchWebChannel, listWebChannels, updateWebChannel } from "./webChannels";

export interface Route {
  /** Beneath what the host puts before it, whatever its case. Groups are the sids. */
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

/** The route of an address, whatever the method, and the sids in it. */
export function findRoute(host: string, resource: string): { route: Route; sids: string[] } | undefined {
  for (const route of routesByHost[host.toLowerCase()] ?? []) {
    const match = route.path.exec(resource);
    if (match) return { route, sids: match.slice(1).map(decoded) };
  }
  return undefined;
}

/** A text that is not rightly encoded stands for itself: no resource has that name. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

// Twilio's back end on one local port: enough for the real Flex UI to boot and for an agent to work.

import type { WebSocket } from "ws";

import { Account } from "./account";
import { ChatSessions } from "./chat/sessions";
import { publishChat } from "./chat/syncPublisher";
import { Customers, type ChatOptions, type ChatTask, type VoiceTask } from "./customers";
import { desktopPath, type DesktopOptions } from "./desktop/address";
import type { FlexBundle } from "./desktop/page";
import { desktopRoutes, type ReactBuild } from "./desktop/routes";
import { defaultConfiguration } from "./flex/configuration";
import { configurationRoutes } from "./flex/configurationApi";
import { pluginRoutes, type ServedPlugin } from "./flex/plugins";
import { flexRoutes } from "./flex/routes";
import { Gate, type Chat429Location } from "./gate";
import type { Handler } from "./http";
import { Rest } from "./rest";
import { StandInServer } from "./server";
import { Sockets } from "./sockets";
import type { SyncFaults } from "./sync/faults";
import { SyncStore } from "./sync/objects";
import { syncRestRoutes } from "./sync/restApi";
import { publishConferences } from "./taskrouter/conferences";
import { EventBridge, eventBridgeRoute } from "./taskrouter/eventBridge";
import { publishEmptyStatistics } from "./taskrouter/statistics";
import { TaskRouter, type ExternalEndStatus } from "./taskrouter/taskRouter";
import { TunnelledRest } from "./taskrouter/tunnelledRest";
import { workspaceRoutes } from "./taskrouter/workspaceRoutes";
import type { TwilsockConnection } from "./twilsock/connection";
import { createUpstream } from "./upstream";

export type { ChatOptions, ChatTask, DesktopOptions, ExternalEndStatus, FlexBundle, ServedPlugin, VoiceTask };

export interface StandInOptions {
  /** Default: 0, any free port. */
  port?: number;
  /** The plugins that Flex can load. */
  plugins?: ServedPlugin[];
  /** Default: "production". */
  react?: ReactBuild;
  /** Default: "unbundled". */
  flexBundle?: FlexBundle;
}

export interface StandIn {
  /** http://127.0.0.1:PORT */
  readonly url: string;
  readonly gate: Gate;
  readonly account: Account;
  readonly taskRouter: TaskRouter;
  readonly rest: Rest;
  /** Limits and faults of Sync, for plugins' Sync clients. */
  readonly sync: SyncFaults;
  /** The account's Sync objects. */
  readonly syncStore: SyncStore;
  /** The open connections of plugins' Sync clients. */
  readonly syncConnections: readonly TwilsockConnection[];
  /** The Flex configuration, with `ui_attributes`. Changes apply to the next request. */
  readonly configuration: Record<string, unknown>;
  /** Which message carries the 429 of a chat command, unless its fault names another one. Default: "response". */
  chat429Location: Chat429Location;
  /** Environment variables that direct the command `flex-throttle` to this stand-in's account. */
  readonly settingsEnvironment: Readonly<
    Record<"FLEX_THROTTLE_API_URL" | "TWILIO_ACCOUNT_SID" | "TWILIO_AUTH_TOKEN", string>
  >;
  /** The URL of an agent's desktop. */
  agentUrl(name: string, options?: DesktopOptions): string;
  /** Whether a desktop of the agent is connected. */
  isDesktopOpen(agent: string): boolean;
  /** Sends chats of new customers to the agent, all at once. */
  sendChats(agent: string, count: number, options?: ChatOptions): ChatTask[];
  /** Sends an incoming voice call to the agent. */
  sendVoiceTask(agent: string): VoiceTask;
  /** Adds a message of the chat's customer. */
  sendCustomerMessage(channelSid: string, text: string): void;
  /** Ends a reservation without the agent: canceled, rescinded or timed out. */
  endReservation(reservationSid: string, status: ExternalEndStatus): void;
  /** Adds a handler for HTTP requests that no earlier handler answers. */
  serve(handler: Handler): void;
  /** Adds a listener for WebSockets to a path. */
  serveSocket(path: string, connect: (webSocket: WebSocket) => void): void;
  /** Ends all WebSockets, as a proxy or a sleeping machine does. Clients connect again. */
  dropSockets(): void;
  /** Stops the server and ends all its connections immediately. */
  close(): Promise<void>;
}

/** Rejects if the port is in use. */
export async function startStandIn(options: StandInOptions = {}): Promise<StandIn> {
  const services = createServices();
  const { account, gate, taskRouter, rest, configuration, customers, eventBridge } = services;
  const sockets = createSockets(services, () => standIn.chat429Location);
  const handlers = createHandlers(services, options);
  const server = new StandInServer(handlers);
  sockets.attach(server.http);
  const url = await server.listen(options.port ?? 0);

  const standIn: StandIn = {
    url,
    gate,
    account,
    taskRouter,
    rest,
    sync: services.store.faults,
    syncStore: services.store,
    get syncConnections() {
      return sockets.pluginConnections;
    },
    configuration,
    chat429Location: "response",
    settingsEnvironment: {
      FLEX_THROTTLE_API_URL: `${url}/@/flex-api.twilio.com`,
      TWILIO_ACCOUNT_SID: account.sid,
      TWILIO_AUTH_TOKEN: account.credentials.authToken,
    },
    agentUrl: (name, desktop) => url + desktopPath(name, desktop),
    isDesktopOpen: (agent) => eventBridge.isConnected(agent),
    sendChats: (agent, count, chat = {}) => Array.from({ length: count }, () => customers.startChat(agent, chat)),
    sendVoiceTask: (agent) => customers.startCall(agent),
    sendCustomerMessage: (channelSid, text) => customers.sendMessage(channelSid, text),
    endReservation: (sid, status) => taskRouter.changeStatus(taskRouter.reservation(sid), status),
    serve: (handler) => void handlers.push(handler),
    serveSocket: (path, connect) => void sockets.own.set(path, connect),
    dropSockets: () => sockets.drop(),
    close: async () => {
      sockets.close();
      eventBridge.close();
      taskRouter.close();
      await server.close();
    },
  };
  return standIn;
}

type Services = ReturnType<typeof createServices>;

function createServices() {
  const account = new Account();
  const gate = new Gate();
  const store = new SyncStore();
  const taskRouter = new TaskRouter(account);
  publishChat(account, store);
  publishConferences(taskRouter, store);
  publishEmptyStatistics(store);
  return {
    account,
    gate,
    store,
    taskRouter,
    eventBridge: new EventBridge(taskRouter),
    customers: new Customers(account, taskRouter),
    rest: new Rest({ account, gate }),
    configuration: defaultConfiguration(account),
  };
}

function createSockets(
  { account, gate, store, taskRouter, eventBridge }: Services,
  chat429Location: () => Chat429Location,
): Sockets {
  const chatSessions = new ChatSessions(account, gate, chat429Location);
  return new Sockets({
    eventBridge,
    upstreamFor: (connections) => createUpstream({ account, taskRouter, store, chatSessions, connections }),
    onClose: (connection) => store.unsubscribe(connection),
    twilsockSettings: store.faults.settings,
  });
}

/** In order: the first handler that answers a request wins. */
function createHandlers(
  { account, gate, store, taskRouter, rest, configuration }: Services,
  { react = "production", flexBundle = "unbundled", plugins = [] }: StandInOptions,
): Handler[] {
  return [
    desktopRoutes(account, react, flexBundle),
    pluginRoutes(plugins),
    configurationRoutes(account, gate, configuration),
    flexRoutes(account, configuration),
    eventBridgeRoute(new TunnelledRest(taskRouter, gate)),
    workspaceRoutes,
    syncRestRoutes(account, gate, store),
    (exchange) => rest.handle(exchange),
  ];
}

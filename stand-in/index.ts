// Twilio's back end on one local port: enough of it for the real Flex UI to boot and for an agent to work.

import { createServer, type IncomingMessage, type Server, type ServerResponse } from "http";
import type { AddressInfo, Socket } from "net";
import type { WebSocket } from "ws";

import { Account } from "./account";
import { publishChat } from "./chat/syncPublisher";
import { chatSessions } from "./chat/sessions";
import { Customers, type ChatOptions, type ChatTask, type VoiceTask } from "./customers";
import { desktopPath, type DesktopOptions } from "./desktop/address";
import type { FlexBundle } from "./desktop/page";
import { desktopRoutes, type ReactBuild } from "./desktop/routes";
import { defaultConfiguration } from "./flex/configuration";
import { configurationRoutes } from "./flex/configurationApi";
import { pluginRoutes, type ServedPlugin } from "./flex/plugins";
import { flexRoutes } from "./flex/routes";
import { Gate, type Chat429Location } from "./gate";
import { sendError, createExchange, type Handler } from "./http";
import { Rest } from "./rest";
import { Sockets } from "./sockets";
import { SyncStore } from "./sync/objects";
import { publishConferences } from "./taskrouter/conferences";
import { EventBridge, eventBridgeRoute } from "./taskrouter/eventBridge";
import { publishEmptyStatistics } from "./taskrouter/statistics";
import { TaskRouter, type ExternalEndStatus } from "./taskrouter/taskRouter";
import { tunnelledRest } from "./taskrouter/tunnelledRest";
import { workspaceRoutes } from "./taskrouter/workspaceRoutes";
import { createUpstream } from "./upstream";

export type { ChatOptions, ChatTask, DesktopOptions, ExternalEndStatus, FlexBundle, ServedPlugin, VoiceTask };

export interface StandInOptions {
  /** 0, unless told: any free port. */
  port?: number;
  /** The plugins that Flex can load. */
  plugins?: ServedPlugin[];
  /** "production" unless told. */
  react?: ReactBuild;
  /** "unbundled" unless told. */
  flexBundle?: FlexBundle;
}

export interface StandIn {
  /** http://127.0.0.1:PORT */
  url: string;
  gate: Gate;
  account: Account;
  taskRouter: TaskRouter;
  rest: Rest;
  /** ui_attributes and the other parts of the Flex configuration, served as they are at that moment. */
  configuration: Record<string, unknown>;
  /** Where the chat SDK's commands over the limit are refused, unless a fault says it otherwise. "response" at the start. */
  chat429Location: Chat429Location;
  /** What sends the command line `flex-throttle` here, as this account: the variables of its environment. */
  settingsEnvironment: Readonly<Record<"FLEX_THROTTLE_API_URL" | "TWILIO_ACCOUNT_SID" | "TWILIO_AUTH_TOKEN", string>>;
  /** The address of an agent's desktop. */
  agentUrl(name: string, options?: DesktopOptions): string;
  /** Customers' chats arrive at the agent's desktop, all at once. */
  sendChats(agent: string, count: number, options?: ChatOptions): ChatTask[];
  /** A customer's call arrives at the agent's desktop. */
  sendVoiceTask(agent: string): VoiceTask;
  /** The customer writes into the chat. */
  sendCustomerMessage(channelSid: string, text: string): void;
  /** Ends a reservation from outside. */
  endReservation(reservationSid: string, how: ExternalEndStatus): void;
  /** Serves something more on the same port, such as a page to control all this. Later handlers come after earlier ones. */
  serve(handler: Handler): void;
  /** Likewise for the WebSockets that are opened to a path. */
  serveSocket(path: string, connect: (webSocket: WebSocket) => void): void;
  /** Ends the server and all its connections at once. */
  close(): Promise<void>;
}

export async function startStandIn(options: StandInOptions = {}): Promise<StandIn> {
  const account = new Account();
  const gate = new Gate();
  const store = new SyncStore();
  const taskRouter = new TaskRouter(account);
  const eventBridge = new EventBridge(taskRouter);
  const customers = new Customers(account, taskRouter);
  const rest = new Rest({ account, gate });
  const configuration = defaultConfiguration(account);
  publishChat(account, store);
  publishConferences(taskRouter, store);
  publishEmptyStatistics(store);

  const sessions = chatSessions(account, gate, () => standIn.chat429Location);
  const upstream = createUpstream({
    account,
    taskRouter,
    store,
    chatSessions: sessions,
    connections: () => sockets.twilsock,
  });
  const sockets: Sockets = new Sockets({ eventBridge, upstream, closed: (connection) => store.forget(connection) });
  const handlers: Handler[] = [
    desktopRoutes(account, options.react ?? "production", options.flexBundle ?? "unbundled"),
    pluginRoutes(options.plugins ?? []),
    configurationRoutes(account, gate, configuration),
    flexRoutes(account, configuration),
    eventBridgeRoute(tunnelledRest(taskRouter, gate)),
    workspaceRoutes,
    (exchange) => rest.handle(exchange),
  ];
  const server = createServer((request, response) => void answer(handlers, request, response));
  const end = closerOf(server);
  sockets.attach(server);
  await listen(server, options.port ?? 0);

  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const standIn: StandIn = {
    url,
    gate,
    account,
    taskRouter,
    rest,
    configuration,
    chat429Location: "response",
    settingsEnvironment: {
      FLEX_THROTTLE_API_URL: `${url}/@/flex-api.twilio.com`,
      TWILIO_ACCOUNT_SID: account.sid,
      TWILIO_AUTH_TOKEN: account.credentials.authToken,
    },
    agentUrl: (name, desktop) => url + desktopPath(name, desktop),
    sendChats: (agent, count, chat = {}) => Array.from({ length: count }, () => customers.startChat(agent, chat)),
    sendVoiceTask: (agent) => customers.call(agent),
    sendCustomerMessage: (channelSid, text) => customers.say(channelSid, text),
    endReservation: (sid, how) => taskRouter.changeStatus(taskRouter.reservation(sid), how),
    serve: (handler) => void handlers.push(handler),
    serveSocket: (path, connect) => void sockets.own.set(path, connect),
    close: async () => {
      sockets.close();
      eventBridge.close();
      taskRouter.close();
      await end();
    },
  };
  return standIn;
}

async function answer(handlers: readonly Handler[], request: IncomingMessage, response: ServerResponse): Promise<void> {
  const exchange = createExchange(request, response);
  try {
    for (const handler of handlers) if (await handler(exchange)) return;
    sendError(exchange, 404, 20404, `The requested resource ${exchange.path} was not found`);
  } catch (error) {
    if (!response.headersSent) sendError(exchange, 500, 20500, String(error));
    else response.destroy();
  }
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => resolve());
  });
}

/** Ends the server with what is still connected: a browser keeps its connections open. */
function closerOf(server: Server): () => Promise<void> {
  const open = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    open.add(socket);
    socket.on("close", () => open.delete(socket));
  });
  return () =>
    new Promise((resolve) => {
      server.close(() => resolve());
      for (const socket of open) socket.destroy();
    });
}

// TaskRouter's event bridge: a WebSocket per desktop for the worker's events, and REST calls tunnelled through POST.

import type { IncomingMessage } from "http";
import type { WebSocket } from "ws";

import { readToken } from "../flex/tokens";
import { sendError, sendJson, type Handler } from "../http";
import { reservationJson, taskJson, workerJson } from "./json";
import type { TaskRouter, Worker, WorkerEvent } from "./taskRouter";
import type { TunnelledRest } from "./tunnelledRest";

const heartbeatMs = 20_000;
/** As at Twilio, the event of a change arrives after the answer to the call that made it. */
const eventDelayMs = 20;
const tokenLifetimeMs = 24 * 60 * 60 * 1000;

export class EventBridge {
  private readonly sockets = new Map<WebSocket, Worker>();
  private readonly heartbeat: NodeJS.Timeout;

  constructor(private readonly taskRouter: TaskRouter) {
    taskRouter.on((event) => this.send(event));
    this.heartbeat = setInterval(() => this.sendHeartbeat(), heartbeatMs).unref();
  }

  /** @param socket a WebSocket that was opened to event-bridge.twilio.com. */
  connect(socket: WebSocket, request: IncomingMessage): void {
    const token = new URL(request.url ?? "/", "http://127.0.0.1").searchParams.get("token") ?? "";
    const claims = readToken(token);
    if (!claims) return socket.close(1008, "Invalid token");
    const worker = this.taskRouter.worker(claims.identity);
    worker.attributes = { ...worker.attributes, roles: claims.roles };
    this.sockets.set(socket, worker);
    socket.on("close", () => this.sockets.delete(socket));
    const { account } = this.taskRouter;
    send(socket, "init", {
      channel_id: worker.sid,
      account_sid: account.sid,
      workspace_sid: account.workspaceSid,
      token_lifetime: tokenLifetimeMs,
    });
  }

  /** Whether a desktop of the worker of that name is connected. */
  isConnected(name: string): boolean {
    return [...this.sockets.values()].some((worker) => worker.name === name);
  }

  close(): void {
    clearInterval(this.heartbeat);
  }

  private send(event: WorkerEvent): void {
    const payload = this.payloadOf(event);
    const sendToWorker = (): void => {
      for (const [socket, worker] of this.sockets) if (worker === event.worker) send(socket, event.type, payload);
    };
    setTimeout(sendToWorker, eventDelayMs).unref();
  }

  private payloadOf(event: WorkerEvent): object {
    const { account } = this.taskRouter;
    if ("reservation" in event) return reservationJson(account, event.reservation);
    if ("task" in event) return taskJson(account, event.task);
    return workerJson(account, event.worker);
  }

  private sendHeartbeat(): void {
    for (const socket of this.sockets.keys()) socket.send(" ");
  }
}

function send(socket: WebSocket, eventType: string, payload: object): void {
  socket.send(JSON.stringify({ event_type: eventType, payload }));
}

export function isEventBridge(host: string | undefined): boolean {
  return host?.startsWith("event-bridge") ?? false;
}

/** POST /v1/wschannels: the body is {url, method, params, token}, the answer {payload}. */
export function eventBridgeRoute(rest: TunnelledRest): Handler {
  return async (exchange) => {
    if (!isEventBridge(exchange.host) || exchange.method !== "POST") return false;
    const { url, method, params, token } = JSON.parse(await exchange.body()) as {
      url: string;
      method: "GET" | "POST";
      params: Record<string, string>;
      token: string;
    };
    const claims = readToken(token);
    if (!claims) return sendError(exchange, 401, 20003, "Authenticate");
    return sendJson(exchange, 200, {
      payload: await rest.handle({ path: url, method, params, agent: claims.identity }),
    });
  };
}

// The WebSockets that a desktop opens: to the event bridge, and Twilsock for chat and Sync.

import type { IncomingMessage, Server } from "http";
import type { Socket } from "net";
import { WebSocketServer, type WebSocket } from "ws";

import { parseAddress } from "./http";
import { isEventBridge, type EventBridge } from "./taskrouter/eventBridge";
import { TwilsockConnection, type Upstream } from "./twilsock/connection";

export class Sockets {
  readonly twilsock = new Set<TwilsockConnection>();
  /** What takes the WebSockets opened to a path of the stand-in's own. */
  readonly own = new Map<string, (webSocket: WebSocket) => void>();
  private readonly webSockets = new WebSocketServer({ noServer: true });

  constructor(
    private readonly parts: {
      eventBridge: EventBridge;
      upstream: Upstream;
      closed: (connection: TwilsockConnection) => void;
    },
  ) {}

  attach(server: Server): void {
    server.on("upgrade", (request: IncomingMessage, socket: Socket, head: Buffer) => {
      const { host, path } = parseAddress(request);
      const own = host === undefined ? this.own.get(path) : undefined;
      if (own) return this.upgrade(request, socket, head, own);
      if (isEventBridge(host))
        return this.upgrade(request, socket, head, (webSocket) => this.parts.eventBridge.connect(webSocket, request));
      if (host?.startsWith("tsock"))
        return this.upgrade(request, socket, head, (webSocket) => this.connectTwilsock(webSocket));
      socket.end("HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n");
    });
  }

  /** Ends all of them at once. */
  close(): void {
    for (const webSocket of this.webSockets.clients) webSocket.terminate();
    this.webSockets.close();
  }

  private upgrade(request: IncomingMessage, socket: Socket, head: Buffer, take: (webSocket: WebSocket) => void): void {
    this.webSockets.handleUpgrade(request, socket, head, take);
  }

  private connectTwilsock(webSocket: WebSocket): void {
    const connection = new TwilsockConnection(webSocket, this.parts.upstream);
    this.twilsock.add(connection);
    connection.onClose(() => {
      this.twilsock.delete(connection);
      this.parts.closed(connection);
    });
  }
}

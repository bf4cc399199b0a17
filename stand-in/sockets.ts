// WebSockets: the event bridge, Twilsock for chat and Sync, and the stand-in's own paths.

import type { IncomingMessage, Server } from "http";
import type { Socket } from "net";
import { WebSocketServer, type WebSocket } from "ws";

import { parseAddress } from "./http";
import { assertOwnBrowser } from "./ownBrowser";
import { isEventBridge, type EventBridge } from "./taskrouter/eventBridge";
import { TwilsockConnection, type TwilsockSettings, type Upstream } from "./twilsock/connection";

interface SocketServices {
  eventBridge: EventBridge;
  /** @param connections all open Twilsock connections. */
  upstreamFor: (connections: ReadonlySet<TwilsockConnection>) => Upstream;
  onClose: (connection: TwilsockConnection) => void;
  twilsockSettings: TwilsockSettings;
}

export class Sockets {
  /** The listeners for WebSockets to the stand-in's own paths. */
  readonly own = new Map<string, (webSocket: WebSocket) => void>();
  private readonly twilsock = new Set<TwilsockConnection>();
  private readonly webSockets = new WebSocketServer({ noServer: true });
  private readonly upstream: Upstream;

  constructor(private readonly services: SocketServices) {
    this.upstream = services.upstreamFor(this.twilsock);
  }

  attach(server: Server): void {
    server.on("upgrade", (request: IncomingMessage, socket: Socket, head: Buffer) => {
      // Without a listener, the error of a client that has gone would end the process.
      socket.on("error", () => socket.destroy());
      let address;
      try {
        assertOwnBrowser(request);
        address = parseAddress(request);
      } catch {
        return socket.end("HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n");
      }
      const { host, path } = address;
      const own = host === undefined ? this.own.get(path) : undefined;
      if (own) return this.upgrade(request, socket, head, own);
      if (isEventBridge(host))
        return this.upgrade(request, socket, head, (webSocket) =>
          this.services.eventBridge.connect(webSocket, request),
        );
      if (host?.startsWith("tsock"))
        return this.upgrade(request, socket, head, (webSocket) => this.connectTwilsock(webSocket));
      socket.end("HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n");
    });
  }

  /** The Twilsock connections of plugins' Sync clients. */
  get pluginConnections(): TwilsockConnection[] {
    return [...this.twilsock].filter((connection) => connection.isPlugin);
  }

  /** Ends all WebSockets immediately. */
  drop(): void {
    for (const webSocket of this.webSockets.clients) webSocket.terminate();
  }

  close(): void {
    this.drop();
    this.webSockets.close();
  }

  private upgrade(
    request: IncomingMessage,
    socket: Socket,
    head: Buffer,
    connect: (webSocket: WebSocket) => void,
  ): void {
    this.webSockets.handleUpgrade(request, socket, head, (webSocket) => {
      // Invalid bytes.
      webSocket.on("error", () => webSocket.terminate());
      connect(webSocket);
    });
  }

  private connectTwilsock(webSocket: WebSocket): void {
    const connection = new TwilsockConnection(webSocket, this.upstream, this.services.twilsockSettings);
    this.twilsock.add(connection);
    connection.onClose(() => {
      this.twilsock.delete(connection);
      this.services.onClose(connection);
    });
  }
}

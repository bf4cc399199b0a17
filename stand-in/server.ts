// The HTTP server of the stand-in: passes each request to the first handler that answers it.

import { createServer, type IncomingMessage, type Server, type ServerResponse } from "http";
import type { AddressInfo, Socket } from "net";

import { ApiError } from "./account";
import { createExchange, sendApiError, sendError, type Handler } from "./http";
import { assertOwnBrowser } from "./ownBrowser";

export class StandInServer {
  readonly http: Server;
  private readonly connections = new Set<Socket>();

  /** @param handlers in order; handlers can be added while the server runs. */
  constructor(private readonly handlers: readonly Handler[]) {
    this.http = createServer((request, response) => void this.answer(request, response));
    this.http.on("connection", (socket: Socket) => {
      this.connections.add(socket);
      socket.on("close", () => this.connections.delete(socket));
    });
  }

  /** Resolves to the server's URL. Rejects if the port is in use. */
  listen(port: number): Promise<string> {
    return new Promise((resolve, reject) => {
      this.http.once("error", reject);
      this.http.listen(port, "127.0.0.1", () => {
        resolve(`http://127.0.0.1:${(this.http.address() as AddressInfo).port}`);
      });
    });
  }

  /** Ends open connections too: a browser would keep its connections open and the server running. */
  close(): Promise<void> {
    return new Promise((resolve) => {
      this.http.close(() => resolve());
      for (const socket of this.connections) socket.destroy();
    });
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      assertOwnBrowser(request);
      const exchange = createExchange(request, response);
      for (const handler of this.handlers) if (await handler(exchange)) return;
      sendError(exchange, 404, 20404, `The requested resource ${exchange.path} was not found`);
    } catch (error) {
      if (response.headersSent) response.destroy();
      else sendApiError({ response }, error instanceof ApiError ? error : new ApiError(500, 20500, String(error)));
    }
  }
}

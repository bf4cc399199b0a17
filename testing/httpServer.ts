/** A real HTTP server on the loopback interface that any page may call. Each test sets its answers. */

import { createServer, IncomingMessage, ServerResponse } from "http";
import { AddressInfo } from "net";

export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
  /** `performance.now()` when the whole request had arrived. */
  readonly atMs: number;
}

export interface Answer {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  readonly body?: string;
  /** The request is never answered. */
  readonly never?: boolean;
  /** Sends the body and leaves the response open. */
  readonly isEndless?: boolean;
}

export interface HttpServer {
  readonly url: string;
  /** Excludes the preflights that the browser sends. */
  readonly requests: SeenRequest[];
  readonly preflights: SeenRequest[];
  /** The next answers, one per request. Without one, the server answers 200 with the request's number. */
  answers: Answer[];
  /** Drops open responses, and forgets requests and answers. */
  reset(): void;
  close(): Promise<void>;
}

export const tooManyRequests = (headers: Record<string, string> = {}): Answer => ({
  status: 429,
  headers: { "Content-Type": "application/json", ...headers },
  body: '{"code":45010,"message":"Too Many Requests"}',
});

export async function startHttpServer(): Promise<HttpServer> {
  const server = new TestServer();
  await server.listen();
  return server;
}

class TestServer implements HttpServer {
  url = "";
  readonly requests: SeenRequest[] = [];
  readonly preflights: SeenRequest[] = [];
  answers: Answer[] = [];
  /** Responses that a test keeps open. */
  private readonly open = new Set<ServerResponse>();
  private readonly server = createServer((request, response) => void this.receive(request, response));

  async listen(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
    this.url = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  reset(): void {
    this.destroyOpen();
    this.answers = [];
    this.requests.length = 0;
    this.preflights.length = 0;
  }

  close(): Promise<void> {
    this.destroyOpen();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }

  private destroyOpen(): void {
    this.open.forEach((response) => response.destroy());
    this.open.clear();
  }

  private receive(request: IncomingMessage, response: ServerResponse): void {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const { method = "", url = "", headers } = request;
      const isPreflight = method === "OPTIONS";
      const list = isPreflight ? this.preflights : this.requests;
      list.push({ method, path: url, headers, body: Buffer.concat(chunks).toString(), atMs: performance.now() });
      const next = () => this.answers.shift() ?? { body: `{"number":${list.length}}` };
      this.send(response, isPreflight ? { body: "" } : next(), headers.origin);
    });
  }

  private send(response: ServerResponse, answer: Answer, origin = "*"): void {
    const { status = 200, headers = {}, body = "", never, isEndless } = answer;
    if (never || isEndless) this.open.add(response);
    if (never) return;
    response.writeHead(status, {
      "Access-Control-Allow-Origin": origin,
      "Access-Control-Allow-Credentials": "true",
      "Access-Control-Allow-Headers": "authorization, content-type, x-a, x-b",
      "Access-Control-Allow-Methods": "GET, POST, DELETE",
      "Access-Control-Expose-Headers": "Retry-After, X-Answer",
      "Content-Type": "application/json",
      ...(!isEndless && { "Content-Length": Buffer.byteLength(body) }),
      Connection: "close",
      ...headers,
    });
    response.write(body);
    if (!isEndless) response.end();
  }
}

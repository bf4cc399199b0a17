/** A small real HTTP server on the loopback, which any page may call, with what each test wants it to answer. */

import { createServer, IncomingMessage, ServerResponse } from "http";
import { AddressInfo } from "net";

export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
  /** On the test's clock. */
  readonly atMs: number;
}

export interface Answer {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  readonly body?: string;
  /** Never answers. */
  readonly never?: boolean;
  /** Never comes to the end of its body. */
  readonly isEndless?: boolean;
}

export interface HttpServer {
  readonly url: string;
  /** Without the browser's own preflights. */
  readonly requests: SeenRequest[];
  readonly preflights: SeenRequest[];
  /** The next answers, one each; when they are used up, 200 with the request's number. */
  answers: Answer[];
  reset(): void;
  close(): Promise<void>;
}

export const refused = (headers: Record<string, string> = {}): Answer => ({
  status: 429,
  headers: { "Content-Type": "application/json", ...headers },
  body: '{"code":45010,"message":"Too Many Requests"}',
});

export async function startHttpServer(): Promise<HttpServer> {
  const seen = { requests: [] as SeenRequest[], preflights: [] as SeenRequest[] };
  const held = new Set<ServerResponse>();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const { method = "", url = "", headers } = request;
      const isPreflight = method === "OPTIONS";
      const list = isPreflight ? seen.preflights : seen.requests;
      list.push({ method, path: url, headers, body: Buffer.concat(chunks).toString(), atMs: performance.now() });
      if (isPreflight) send(response, { body: "" }, headers.origin);
      else send(response, handle.answers.shift() ?? { body: `{"number":${list.length}}` }, headers.origin);
    });
  });
  const send = (
    response: ServerResponse,
    { status = 200, headers = {}, body = "", never, isEndless }: Answer,
    origin = "*",
  ) => {
    if (never || isEndless) held.add(response);
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
  };
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const handle: HttpServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ...seen,
    answers: [],
    reset() {
      held.forEach((response) => response.destroy());
      held.clear();
      handle.answers = [];
      seen.requests.length = 0;
      seen.preflights.length = 0;
    },
    close: () => {
      held.forEach((response) => response.destroy());
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
  return handle;
}

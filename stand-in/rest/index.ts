// Twilio's REST API over HTTP, served under /@/HOST/PATH: the endpoints that the limits count, on the account's state.

import type { IncomingMessage, ServerResponse } from "http";

import { Refusal, type Account } from "../account";
import { httpOperation, splitPath, type Admitted, type Gate } from "../gate";
import { callerOf } from "./caller";
import { allowOrigin, answerPreflight, readForm, sendError, sendJson, setRetryAfter } from "./http";
import type { Answer, Handler } from "./resource";
import { findRoute } from "./routes";

const METHOD_NOT_ALLOWED = 20004;
const INTERNAL_ERROR = 20500;

/** A request whose address is one of the endpoints, taken apart. */
interface Addressed {
  host: string;
  path: string;
  query: URLSearchParams;
  base: string;
  sids: string[];
  methods: Readonly<Record<string, Handler>>;
}

export class Rest {
  /** Whether a page may read Retry-After. Nobody outside of Twilio knows whether its hosts allow it. */
  exposesRetryAfter = true;

  constructor(private readonly parts: { account: Account; gate: Gate }) {}

  /** Answers the request if its address is one of the endpoints; otherwise says false and does nothing. */
  handle(request: IncomingMessage, response: ServerResponse): boolean {
    const addressed = takeApart(request.url ?? "");
    if (!addressed) return false;
    if (request.method === "OPTIONS") answerPreflight(request, response);
    else void this.answer(addressed, request, response);
    return true;
  }

  private async answer(addressed: Addressed, request: IncomingMessage, response: ServerResponse): Promise<void> {
    allowOrigin(request, response);
    const method = request.method ?? "GET";
    const handler = addressed.methods[method];
    if (!handler) {
      sendError(response, { status: 405, code: METHOD_NOT_ALLOWED, message: "Method not allowed" });
      return;
    }
    const { host, path } = addressed;
    const agent = callerOf(request.headers.authorization);
    const operation = httpOperation(method, host, path) ?? `${method} ${host}`;
    const verdict = await this.parts.gate.admit({ operation, method, path, agent });
    if (verdict.ok) {
      const answer = () => this.callHandler(handler, addressed, request, agent);
      await send(response, verdict, answer);
      return;
    }
    if (verdict.retryAfter !== undefined) setRetryAfter(request, response, verdict.retryAfter, this.exposesRetryAfter);
    sendError(response, verdict);
  }

  private async callHandler(handler: Handler, addressed: Addressed, request: IncomingMessage, agent?: string): Promise<Answer> {
    const { host, base, sids, query } = addressed;
    const form = await readForm(request);
    return handler({ ...this.parts, agent, sids, form, query, base: `https://${host}${base}` });
  }
}

/** Sends what the handler answers or throws, and tells the gate. */
async function send(response: ServerResponse, admitted: Admitted, answer: () => Promise<Answer>): Promise<void> {
  try {
    const { status, body } = await answer();
    admitted.done(status);
    sendJson(response, status, body);
  } catch (error) {
    const refusal = error instanceof Refusal ? error : new Refusal(500, INTERNAL_ERROR, String(error));
    admitted.done(refusal.status);
    sendError(response, refusal);
  }
}

function takeApart(url: string): Addressed | undefined {
  const [, host, path, query] = /^\/@\/([^/?]+)(\/[^?]*)(?:\?(.*))?$/.exec(url) ?? [];
  if (host === undefined || path === undefined) return undefined;
  const split = splitPath(host, path);
  const found = split && findRoute(host, split.resource);
  if (!found) return undefined;
  const { route, sids } = found;
  return { host: host.toLowerCase(), path, query: new URLSearchParams(query), base: split.base, sids, methods: route.methods };
}

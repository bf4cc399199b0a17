/** Requests to Twilio's REST API, with errors that say what to do. */

import { parseRetryAfter } from "../src/limits/tooManyRequests";
import { Credentials } from "./credentials";
import { CliError, reasonOf, UnknownOutcomeError } from "./errors";

const ANSWER_TIMEOUT_MS = 30_000;

export interface TwilioRequest {
  readonly method: "GET" | "POST" | "DELETE";
  /** The base URL of the API, without a trailing slash. */
  readonly base: string;
  readonly path: string;
  /** A form, or JSON text. */
  readonly body?: URLSearchParams | string;
  /** The error for an answer of 404. */
  readonly notFound: string;
}

export class TwilioRequests {
  constructor(
    private readonly credentials: Credentials,
    /** The name of the environment variable that sets the proxy, for error messages. */
    private readonly proxyVariable: string | undefined,
  ) {}

  /**
   * @returns the JSON text of the answer; empty for an answer without content.
   * @throws ThrottledError for a 429; UnknownOutcomeError if a POST may have been carried out; any other CliError if not.
   */
  async send({ method, base, path, body, notFound }: TwilioRequest): Promise<string> {
    const response = await this.fetchText(method, base, path, {
      method,
      headers: {
        Authorization: this.credentials.authorization,
        Accept: "application/json",
        ...(typeof body === "string" && { "Content-Type": "application/json" }),
      },
      body,
      // The credentials must not follow a redirect to another server.
      redirect: "error",
      signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS),
    });
    if (response.status === 429)
      throw new ThrottledError(parseRetryAfter(response.headers.get("Retry-After"), Date.now()));
    if (!response.ok) throw this.errorFor(method, response.status, response.text, notFound);
    if (response.status === 204 || isJsonObject(response.text)) return response.text;
    throw errorAfterSending(
      method,
      `The server at ${base} is not Twilio: its answer is not JSON. Check FLEX_THROTTLE_API_URL and your proxy.`,
    );
  }

  private async fetchText(
    method: string,
    base: string,
    path: string,
    init: RequestInit,
  ): Promise<{ ok: boolean; status: number; headers: Headers; text: string }> {
    try {
      const response = await fetch(base + path, init);
      const { ok, status, headers } = response;
      return { ok, status, headers, text: await response.text() };
    } catch (error) {
      const reason = describeFailure(error as Error);
      const wasNeverSent = ["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN"].includes(reason);
      const sentence =
        `Cannot reach Twilio at ${base} (${reason}). Check your network connection and the address` +
        (this.proxyVariable === undefined ? "." : `, and the proxy in ${this.proxyVariable}.`);
      throw wasNeverSent ? new CliError(sentence) : errorAfterSending(method, sentence);
    }
  }

  private errorFor(method: string, status: number, body: string, notFound: string): CliError {
    const { accountSid, source } = this.credentials;
    switch (status) {
      case 401:
        return new CliError(
          `Twilio rejected the credentials (401). Check that ${source} are complete and current, and that they belong to ${accountSid}.`,
        );
      case 403:
        return new CliError(
          `The credentials lack a permission (403). Use the auth token of ${accountSid}, or an API key with more permissions.`,
        );
      case 404:
        return new NotFoundError(notFound);
    }
    const sentence = `Twilio answered ${status}${describeTwilioError(body)}.`;
    return status < 500
      ? new CliError(sentence)
      : errorAfterSending(method, `${sentence} Try again later. Twilio's status page is https://status.twilio.com.`);
  }
}

export class NotFoundError extends CliError {}

export class ThrottledError extends Error {
  constructor(readonly retryAfterMs: number | undefined) {
    super("Throttled");
  }
}

/** Twilio may have carried out a POST that failed after it was sent. */
function errorAfterSending(method: string, sentence: string): CliError {
  return method === "POST" ? new UnknownOutcomeError(sentence) : new CliError(sentence);
}

/** Only the error code: Twilio's message may repeat parts of the request. */
function describeTwilioError(body: string): string {
  const code = isJsonObject(body) ? (JSON.parse(body) as { code?: unknown }).code : undefined;
  return typeof code === "number" ? `, error ${code}: https://www.twilio.com/docs/errors/${code}` : "";
}

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null;
  } catch {
    return false;
  }
}

function describeFailure(error: Error): string {
  if (error.name === "TimeoutError") return `no answer within ${formatSeconds(ANSWER_TIMEOUT_MS)}`;
  // Node's fetch wraps the actual error. A proxy's error has only a message.
  return error.cause === undefined ? reasonOf(error) : describeFailure(error.cause as Error);
}

export function formatSeconds(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  return seconds === 1 ? "1 second" : `${seconds} seconds`;
}

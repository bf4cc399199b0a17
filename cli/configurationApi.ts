/**
 * Twilio's Flex Configuration API. A GET returns the whole configuration; a POST replaces single properties, each as a
 * whole.
 *
 * @see https://www.twilio.com/docs/flex/developer/config/flex-configuration-rest-api
 */

import { parseRetryAfter } from "../src/limits/tooManyRequests";
import { pauseMs } from "../src/throttle/backoff";
import { Credentials } from "./credentials";
import { CliError, reasonOf, UnknownOutcomeError } from "./errors";
import { uiAttributesIn } from "./uiAttributes";

/** How often a request is sent while Twilio answers 429. */
const MAX_ATTEMPTS = 5;

/** A longer wait is reported as an error: somebody is watching the terminal. */
const MAX_PAUSE_MS = 60_000;

const ANSWER_TIMEOUT_MS = 30_000;

export class ConfigurationApi {
  constructor(
    private readonly credentials: Credentials,
    /** The name of the environment variable that sets the proxy, for error messages. */
    private readonly proxyVariable: string | undefined,
    /** Called with a line for the user before each retry. */
    private readonly note: (line: string) => void,
  ) {}

  /**
   * @returns the JSON text of `ui_attributes`, exactly as Twilio sent it.
   * @throws CliError.
   */
  async readUiAttributes(): Promise<string> {
    const text = await this.retryOn429(() => this.send("GET"));
    const { accountSid, variables } = this.credentials;
    const { account_sid } = JSON.parse(text) as { account_sid?: unknown };
    if (account_sid !== accountSid)
      throw new CliError(`${variables} belong to a different account than TWILIO_ACCOUNT_SID, ${accountSid}.`);
    const uiAttributes = uiAttributesIn(text);
    if (uiAttributes === undefined)
      throw new CliError(
        `ui_attributes of ${accountSid} is not an object. This command cannot change it until that is corrected.`,
      );
    return uiAttributes;
  }

  /**
   * Replaces `ui_attributes`.
   *
   * @param prepare returns their JSON text. Called before each attempt, because a pause may have made it outdated.
   * @throws UnknownOutcomeError if they may have been written, any other CliError if they were not.
   */
  async writeUiAttributes(prepare: () => Promise<string>): Promise<void> {
    await this.retryOn429(async () => {
      const uiAttributes = await prepare();
      return this.send(
        "POST",
        `{"account_sid":${JSON.stringify(this.credentials.accountSid)},"ui_attributes":${uiAttributes}}`,
      );
    });
  }

  /** Twilio has not processed a request that it answers with 429, so that it is safe to send it again. */
  private async retryOn429(request: () => Promise<string>): Promise<string> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await request();
      } catch (error) {
        if (!(error instanceof ThrottledError)) throw error;
        const ms = Math.ceil(pauseMs(attempt, Math.random, error.retryAfterMs));
        if (attempt === MAX_ATTEMPTS || ms > MAX_PAUSE_MS)
          throw new CliError(
            `Twilio throttled the request (429). Nothing was written. Try again in ${formatSeconds(Math.max(ms, MAX_PAUSE_MS))}.`,
          );
        this.note(`Twilio throttled the request (429). Retrying in ${formatSeconds(ms)}.`);
        await new Promise((resolve) => setTimeout(resolve, ms));
      }
    }
  }

  private async send(method: "GET" | "POST", body?: string): Promise<string> {
    const { apiUrl, authorization } = this.credentials;
    const response = await this.fetchText(method, `${apiUrl}/v1/Configuration`, {
      method,
      headers: {
        Authorization: authorization,
        Accept: "application/json",
        ...(body !== undefined && { "Content-Type": "application/json" }),
      },
      body,
      // The credentials must not follow a redirect to another server.
      redirect: "error",
      signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS),
    });
    if (response.status === 429)
      throw new ThrottledError(parseRetryAfter(response.headers.get("Retry-After"), Date.now()));
    if (!response.ok) throw this.errorFor(method, response.status, response.text);
    if (isJsonObject(response.text)) return response.text;
    throw errorAfterSending(
      method,
      `The server at ${apiUrl} is not Twilio: its answer is not JSON. Check FLEX_THROTTLE_API_URL and your proxy.`,
    );
  }

  private async fetchText(
    method: string,
    url: string,
    init: RequestInit,
  ): Promise<{ ok: boolean; status: number; headers: Headers; text: string }> {
    try {
      const response = await fetch(url, init);
      const { ok, status, headers } = response;
      return { ok, status, headers, text: await response.text() };
    } catch (error) {
      const reason = describeFailure(error as Error);
      const wasNeverSent = ["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN"].includes(reason);
      const sentence =
        `Cannot reach Twilio at ${this.credentials.apiUrl} (${reason}). Check your network connection and the address` +
        (this.proxyVariable === undefined ? "." : `, and the proxy in ${this.proxyVariable}.`);
      throw wasNeverSent ? new CliError(sentence) : errorAfterSending(method, sentence);
    }
  }

  private errorFor(method: string, status: number, body: string): CliError {
    const { accountSid, variables } = this.credentials;
    switch (status) {
      case 401:
        return new CliError(
          `Twilio rejected the credentials (401). Check that ${variables} are complete and current, and that they belong to ${accountSid}.`,
        );
      case 403:
        return new CliError(
          `The credentials lack a permission (403). Use the auth token of ${accountSid}, or an API key with more permissions.`,
        );
      case 404:
        return new CliError(`${accountSid} has no Flex configuration (404). Check that it is your Flex account.`);
    }
    const sentence = `Twilio answered ${status}${describeTwilioError(body)}.`;
    return status < 500
      ? new CliError(sentence)
      : errorAfterSending(method, `${sentence} Try again later. Twilio's status page is https://status.twilio.com.`);
  }
}

class ThrottledError extends Error {
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

function formatSeconds(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  return seconds === 1 ? "1 second" : `${seconds} seconds`;
}

/**
 * Twilio's Configuration API: one resource, of which a request reads everything and writes single properties, each as a
 * whole.
 *
 * @see https://www.twilio.com/docs/flex/developer/config/flex-configuration-rest-api
 */

import { parseRetryAfter } from "../src/limits/tooManyRequests";
import { pauseMs } from "../src/throttle/backoff";
import { Complaint, OutcomeUnknown } from "./complaint";
import { Credentials } from "./credentials";
import { proxyVariable } from "./proxy";
import { uiAttributesIn } from "./uiAttributes";

/** How often a request is made that is answered with 429. */
const MOST_TRIES = 5;

/** A person waits: whoever asks for more than this is told so instead. */
const LONGEST_PAUSE_MS = 60_000;

const LONGEST_ANSWER_MS = 30_000;

export class ConfigurationApi {
  constructor(
    private readonly credentials: Credentials,
    /** Told when something takes longer than one would think. */
    private readonly note: (line: string) => void,
  ) {}

  /**
   * @returns `ui_attributes` as the JSON text that Twilio sent.
   * @throws Complaint.
   */
  async readUiAttributes(): Promise<string> {
    const text = await this.persistently(() => this.send("GET"));
    const { accountSid, variables } = this.credentials;
    const { account_sid } = JSON.parse(text) as { account_sid?: unknown };
    if (account_sid !== accountSid)
      throw new Complaint(`${variables} belong to another account than TWILIO_ACCOUNT_SID, ${accountSid}.`);
    const uiAttributes = uiAttributesIn(text);
    if (uiAttributes === undefined)
      throw new Complaint(`ui_attributes of ${accountSid} is not an object: whoever set it so has to mend it first.`);
    return uiAttributes;
  }

  /**
   * Writes `ui_attributes` as a whole.
   *
   * @param prepare is asked for their text right before each try: what was read before a pause may be old.
   * @throws OutcomeUnknown where they may have been written, another Complaint where they have not.
   */
  async writeUiAttributes(prepare: () => Promise<string>): Promise<void> {
    await this.persistently(async () => {
      const uiAttributes = await prepare();
      return this.send(
        "POST",
        `{"account_sid":${JSON.stringify(this.credentials.accountSid)},"ui_attributes":${uiAttributes}}`,
      );
    });
  }

  /** Goes on while Twilio answers 429: such a request was not carried out, and it is safe to make it again. */
  private async persistently(request: () => Promise<string>): Promise<string> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await request();
      } catch (error) {
        if (!(error instanceof TooManyRequests)) throw error;
        const ms = Math.ceil(pauseMs(tries, Math.random, error.retryAfterMs));
        if (tries === MOST_TRIES || ms > LONGEST_PAUSE_MS)
          throw new Complaint(
            `Twilio is busy (429) and asks to come again later; nothing was written. Try again in ${inWords(Math.max(ms, LONGEST_PAUSE_MS))}.`,
          );
        this.note(`Twilio is busy (429); trying again in ${inWords(ms)}.`);
        await new Promise((resolve) => setTimeout(resolve, ms));
      }
    }
  }

  private async send(method: "GET" | "POST", body?: string): Promise<string> {
    const { apiUrl, authorization } = this.credentials;
    const response = await this.reach(method, `${apiUrl}/v1/Configuration`, {
      method,
      headers: {
        Authorization: authorization,
        Accept: "application/json",
        ...(body !== undefined && { "Content-Type": "application/json" }),
      },
      body,
      // The credentials are for this address only.
      redirect: "error",
      signal: AbortSignal.timeout(LONGEST_ANSWER_MS),
    });
    if (response.status === 429)
      throw new TooManyRequests(parseRetryAfter(response.headers.get("Retry-After"), Date.now()));
    if (!response.ok) throw this.refusal(method, response.status, response.text);
    if (isObject(response.text)) return response.text;
    throw complaintOf(
      method,
      `What answers at ${apiUrl} is not Twilio: its answer is not JSON. Is there a proxy between, or is FLEX_THROTTLE_API_URL wrong?`,
    );
  }

  private async reach(
    method: string,
    address: string,
    init: RequestInit,
  ): Promise<{ ok: boolean; status: number; headers: Headers; text: string }> {
    try {
      const response = await fetch(address, init);
      const { ok, status, headers } = response;
      return { ok, status, headers, text: await response.text() };
    } catch (error) {
      const why = reasonOf(error as Error);
      const neverArrived = ["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN"].includes(why);
      const through = proxyVariable(process.env);
      const sentence = `Twilio cannot be reached at ${this.credentials.apiUrl} (${why}). Is this machine online, and is the address right?${through === undefined ? "" : ` ${through} is set: is that proxy right?`}`;
      throw neverArrived ? new Complaint(sentence) : complaintOf(method, sentence);
    }
  }

  private refusal(method: string, status: number, body: string): Complaint {
    const { accountSid, variables } = this.credentials;
    switch (status) {
      case 401:
        return new Complaint(
          `Twilio does not know these credentials (401). Look at ${variables}: are they complete, current, and of the account ${accountSid}?`,
        );
      case 403:
        return new Complaint(
          `These credentials may not do this (403). Right would be the auth token of ${accountSid}, or an API key of it with more rights.`,
        );
      case 404:
        return new Complaint(`${accountSid} has no Flex configuration (404). Is it the SID of your Flex account?`);
    }
    const sentence = `Twilio answered ${status}${errorIn(body)}.`;
    return status < 500
      ? new Complaint(sentence)
      : complaintOf(method, `${sentence} Try again later; https://status.twilio.com tells more.`);
  }
}

class TooManyRequests extends Error {
  constructor(readonly retryAfterMs: number | undefined) {
    super("Too many requests");
  }
}

/** Of a failed POST nobody knows here how far it came. */
function complaintOf(method: string, sentence: string): Complaint {
  return method === "POST" ? new OutcomeUnknown(sentence) : new Complaint(sentence);
}

/** Twilio's error by its number alone: its text may repeat what was sent. */
function errorIn(body: string): string {
  const code = isObject(body) ? (JSON.parse(body) as { code?: unknown }).code : undefined;
  return typeof code === "number" ? `, error ${code}: https://www.twilio.com/docs/errors/${code}` : "";
}

function isObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null;
  } catch {
    return false;
  }
}

function reasonOf(error: Error): string {
  if (error.name === "TimeoutError") return `no answer within ${inWords(LONGEST_ANSWER_MS)}`;
  // Each says less than what it was caused by.
  if (error.cause instanceof Error) return reasonOf(error.cause);
  // Those of the system are known by their code; a proxy's refusal stands in the message.
  const { code, message } = error as { code?: unknown; message: string };
  return typeof code === "string" && code.startsWith("E") ? code : message;
}

function inWords(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  return seconds === 1 ? "1 second" : `${seconds} seconds`;
}

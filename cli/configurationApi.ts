/**
 * Twilio's Flex Configuration API. A GET returns the whole configuration; a POST replaces single properties, each as a
 * whole.
 *
 * @see https://www.twilio.com/docs/flex/developer/config/flex-configuration-rest-api
 */

import { pauseMs } from "../src/throttle/backoff";
import { Credentials } from "./credentials";
import { CliError } from "./errors";
import { formatSeconds, ThrottledError, TwilioRequests } from "./twilioRequests";
import { uiAttributesIn } from "./uiAttributes";

/** How often a request is sent while Twilio answers 429. */
const MAX_ATTEMPTS = 5;

/** A longer wait is reported as an error: somebody is watching the terminal. */
const MAX_PAUSE_MS = 60_000;

export class ConfigurationApi {
  constructor(
    private readonly credentials: Credentials,
    private readonly requests: TwilioRequests,
    /** Called with a line for the user before each retry. */
    private readonly note: (line: string) => void,
  ) {}

  /**
   * @returns the JSON text of `ui_attributes`, exactly as Twilio sent it.
   * @throws CliError.
   */
  async readUiAttributes(): Promise<string> {
    const text = await this.retryOn429(() => this.send("GET"));
    const { accountSid, source, accountSource } = this.credentials;
    const { account_sid } = JSON.parse(text) as { account_sid?: unknown };
    if (account_sid !== accountSid)
      throw new CliError(`${capitalize(source)} belong to a different account than ${accountSource}, ${accountSid}.`);
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

  private send(method: "GET" | "POST", body?: string): Promise<string> {
    const { apiUrl, accountSid } = this.credentials;
    const notFound = `${accountSid} has no Flex configuration (404). Check that it is your Flex account.`;
    return this.requests.send({ method, base: apiUrl, path: "/v1/Configuration", body, notFound });
  }
}

function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

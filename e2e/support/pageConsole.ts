/** Errors on the page's console, and which of them stock Flex prints as well. */

import type { Page } from "playwright-core";

/** What stock Flex and its SDKs print when their connections end. */
export const LOST_CONNECTION =
  /WebSocket|connection error|Could not connect to Twilio|Degraded mode|disconnected|Failed to load chat channel|ERR_/i;

/** Stock Flex prints these in the same situations; e2e/burst.test.ts checks that it does. */
const ALSO_STOCK: readonly RegExp[] = [
  // The browser, for every answer of 400 or above.
  /^Failed to load resource: the server responded with a status of \d+/,
  // Flex, when its join fails.
  /^Failed to join channel CH/,
  /^Error: Request failed with status code \d+/,
  // The chat client, for every command that fails.
  /Chat Session E: (Command failed:|Failed to add a command to the session)/,
  // Flex, after a reload with accepted chats.
  /ChatModule: No chat client found on the state when initialising ChannelState$/,
  // Flex before 1.34, for admins: the stand-in has no Flex Insights.
  /InsightsService: Flex Insights Service authentication failed/,
  // Flex before 1.34, for the chat of each task that the agent has not joined yet.
  /ChatModule: CH\w+\s+Original error:\s+"FORBIDDEN"/,
];

export class PageConsole {
  private readonly messages: string[] = [];

  constructor(page: Page) {
    page.on("console", (message) => {
      const isPluginWarning = message.type() === "warning" && message.text().startsWith("flex-throttle");
      if (message.type() === "error" || isPluginWarning) this.messages.push(message.text());
    });
    page.on("pageerror", (error) => this.messages.push(`uncaught: ${error.stack ?? String(error)}`));
  }

  /** Uncaught errors, console errors that stock Flex does not print, and warnings of the plugin. */
  unexpected(): string[] {
    return this.messages.filter((text) => !ALSO_STOCK.some((pattern) => pattern.test(text)));
  }

  /** Removes the messages that a test expects. @returns whether there were any. */
  remove(pattern: RegExp): boolean {
    const kept = this.messages.filter((text) => !pattern.test(text));
    return kept.length < this.messages.splice(0, this.messages.length, ...kept).length;
  }
}

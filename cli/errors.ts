/** Errors that the user can fix. The command prints their message in one line, without a stack trace. */

export class CliError extends Error {}

/** A request to write failed in a way that does not say whether Twilio carried it out. */
export class UnknownOutcomeError extends CliError {}

/** @returns the code of a system error, such as "ENOENT"; otherwise its message. */
export function reasonOf(error: unknown): string {
  const { code, message } = error as { code?: unknown; message: string };
  return typeof code === "string" && code.startsWith("E") ? code : message;
}

/** Errors that the user can fix. The command prints their message in one line, without a stack trace. */

export class CliError extends Error {
  readonly exitCode: number = 1;
}

/** The arguments are wrong. */
export class UsageError extends CliError {
  override readonly exitCode = 2;
}

/** A request to write failed in a way that does not say whether Twilio carried it out. */
export class UnknownOutcomeError extends CliError {}

/** What a person can put right: told in a line, without a stack trace. */

/** The process ends with 1. */
export class Complaint extends Error {
  readonly exitCode: number = 1;
}

/** The command itself is not one: the process ends with 2. */
export class WrongUsage extends Complaint {
  override readonly exitCode = 2;
}

/** A request to write was sent and not answered, or not with what became of it. */
export class OutcomeUnknown extends Complaint {}

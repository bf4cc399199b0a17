/** Output of the command: results on standard output, everything else on standard error, both without secrets. */

import { createColors } from "picocolors";

export type Colors = ReturnType<typeof createColors>;

export class Terminal {
  private readonly secrets: string[] = [];
  readonly printColors = colorsFor(process.stdout);
  readonly noteColors = colorsFor(process.stderr);

  /** From now on, the output shows `***` in place of these texts, even inside unexpected errors. */
  redact(secrets: readonly string[]): void {
    this.secrets.push(...secrets.filter((secret) => secret !== ""));
  }

  /** Writes a line of the result to standard output. */
  print(line: string): void {
    process.stdout.write(`${this.withoutSecrets(line)}\n`);
  }

  /** Writes any other line to standard error. */
  note(line: string): void {
    process.stderr.write(`${this.withoutSecrets(line)}\n`);
  }

  private withoutSecrets(text: string): string {
    return this.secrets.reduce((clean, secret) => clean.split(secret).join("***"), text);
  }
}

/** Colors only on a terminal, and not if NO_COLOR is set. */
function colorsFor(stream: NodeJS.WriteStream): Colors {
  return createColors(stream.isTTY === true && stream.hasColors());
}

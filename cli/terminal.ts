/** Where the command line speaks: results on standard output, everything else on standard error, and never a secret. */

import { createColors } from "picocolors";

export type Colors = ReturnType<typeof createColors>;

export class Terminal {
  private readonly secrets: string[] = [];
  readonly printColors = colorsFor(process.stdout);
  readonly noteColors = colorsFor(process.stderr);

  /** From now on these are never written, whatever error they may have got into. */
  hide(secrets: readonly string[]): void {
    this.secrets.push(...secrets.filter((secret) => secret !== ""));
  }

  /** A line of what was asked for. */
  print(line: string): void {
    process.stdout.write(`${this.withoutSecrets(line)}\n`);
  }

  /** A line beside it. */
  note(line: string): void {
    process.stderr.write(`${this.withoutSecrets(line)}\n`);
  }

  private withoutSecrets(text: string): string {
    return this.secrets.reduce((clean, secret) => clean.split(secret).join("***"), text);
  }
}

/** Only for eyes: on a terminal, and not where NO_COLOR asks for none. */
function colorsFor(stream: NodeJS.WriteStream): Colors {
  return createColors(stream.isTTY === true && stream.hasColors());
}

/** Output of the command: results on standard output, everything else on standard error, both without secrets. */

import { createColors } from "picocolors";
import { createInterface } from "readline";

import { CliError, reasonOf } from "./errors";
import { Output, Surroundings } from "./surroundings";

export type Colors = ReturnType<typeof createColors>;

export class Terminal {
  readonly printColors: Colors;
  readonly noteColors: Colors;
  /** With --json, standard output gets only JSON, and the text goes to standard error. */
  isJson = false;
  private readonly secrets: string[] = [];
  private outputError: Error | undefined;

  constructor(private readonly surroundings: Surroundings) {
    const { stdout, stderr } = surroundings;
    this.printColors = colorsFor(stdout, surroundings);
    this.noteColors = colorsFor(stderr, surroundings);
    stdout.on("error", (error) => (this.outputError ??= error));
    stderr.on("error", () => undefined);
  }

  /** From now on, the output shows `***` in place of these texts, even inside unexpected errors. */
  redact(secrets: readonly string[]): void {
    this.secrets.push(...secrets.filter((secret) => secret !== ""));
  }

  /** Writes a line of the result to standard output. */
  print(line: string): void {
    if (this.isJson) this.note(line);
    else this.write(this.surroundings.stdout, line);
  }

  /** Writes a value to standard output. */
  printJson(value: unknown): void {
    this.write(this.surroundings.stdout, JSON.stringify(value, null, 2));
  }

  /** With --json, writes the result to standard output. */
  report(result: unknown): void {
    if (this.isJson) this.printJson(result);
  }

  /** Writes any other line to standard error. */
  note(line: string): void {
    this.write(this.surroundings.stderr, line);
  }

  /** @returns the user's answer; `undefined` if nobody can answer. */
  async confirm(question: string): Promise<boolean | undefined> {
    const { stdin: input, stderr: output } = this.surroundings;
    if (!input.isTTY || !output.isTTY) return undefined;
    const prompt = createInterface({ input, output, terminal: false });
    return new Promise((resolve) => {
      prompt.on("close", () => resolve(false));
      prompt.question(`${question} [y/N] `, (answer) => {
        resolve(/^y(es)?$/i.test(answer.trim()));
        prompt.close();
      });
    });
  }

  /** @throws CliError if standard output failed. A reader that closes it early, such as `head`, is not an error. */
  async flush(): Promise<void> {
    await this.drain();
    if (this.outputError && reasonOf(this.outputError) !== "EPIPE")
      throw new CliError(`Cannot write to standard output (${reasonOf(this.outputError)}).`);
  }

  /** Waits until everything is written, so that the process may exit. */
  async drain(): Promise<void> {
    const { stdout, stderr } = this.surroundings;
    for (const stream of [stdout, stderr]) await new Promise<void>((resolve) => stream.write("", () => resolve()));
  }

  private write(stream: Output, line: string): void {
    try {
      stream.write(`${this.secrets.reduce((clean, secret) => clean.split(secret).join("***"), line)}\n`);
    } catch (error) {
      // A file's stream throws, for example on a full disk. The command goes on, because it may be about to write.
      this.outputError ??= error as Error;
    }
  }
}

/** Colors only on a terminal, and not if NO_COLOR is set. */
function colorsFor(stream: Output, { env }: Surroundings): Colors {
  return createColors(stream.isTTY === true && !env.NO_COLOR && stream.hasColors?.() === true);
}

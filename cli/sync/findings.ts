/** What a check has found, and how it is printed. */

import { Terminal } from "../terminal";

/** `no`: the account budget cannot be used. `warning`: it works less well. `unknown`: this could not be checked. */
export type Verdict = "ok" | "warning" | "no" | "unknown";

export interface Finding {
  readonly check: string;
  readonly verdict: Verdict;
  readonly message: string;
  /** Measurements, in milliseconds unless the name says otherwise. */
  readonly values?: Readonly<Record<string, number>>;
}

export class Findings {
  readonly all: Finding[] = [];

  constructor(private readonly terminal: Terminal) {}

  /** Prints the finding at once, because a check takes some seconds. */
  add(check: string, verdict: Verdict, message: string, values?: Finding["values"]): void {
    this.all.push({ check, verdict, message, ...(values && { values }) });
    this.terminal.print(`  ${this.colorOf(verdict)(verdict.padEnd(7))}  ${message}`);
  }

  has(verdict: Verdict): boolean {
    return this.all.some((finding) => finding.verdict === verdict);
  }

  private colorOf(verdict: Verdict): (text: string) => string {
    const { green, yellow, red } = this.terminal.printColors;
    return { ok: green, warning: yellow, no: red, unknown: yellow }[verdict];
  }
}

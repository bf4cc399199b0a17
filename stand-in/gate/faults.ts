// Faults that somebody asked for: what the next calls of an operation meet instead of an answer, or before it.

export type Fault =
  | {
      kind: "429";
      /** Seconds, or an HTTP date. Without it the answer does not say when to come again. */
      retryAfter?: number | string;
      /** Twilio's error code, 20429 unless told. */
      code?: number;
      /** Chat SDK only: where the command is refused. "response" unless told. */
      way?: RefusalWay;
    }
  | { kind: "409" }
  | { kind: "500" }
  | { kind: "slow"; ms: number }
  | { kind: "never" };

/** A chat command can be refused in its own response, or by the push that carries it: over HTTP, or by the transport beneath. */
export type RefusalWay = "response" | "push-http" | "push-transport";

export interface PlannedFault {
  readonly operation: string;
  readonly fault: Fault;
  /** How many calls will still meet it; Infinity until it is cleared. */
  readonly times: number;
}

/** The faults of each operation wait in line: the first is used up, then comes the next. */
export class Faults {
  private lines = new Map<string, { fault: Fault; times: number }[]>();

  /** An endless fault at the end of the line gives way to a later one: otherwise the later one would never come. */
  add(operation: string, fault: Fault, times: number): void {
    const line = (this.lines.get(operation) ?? []).filter((planned) => planned.times !== Infinity);
    line.push({ fault, times });
    this.lines.set(operation, line);
  }

  clear(operation?: string): void {
    if (operation === undefined) this.lines.clear();
    else this.lines.delete(operation);
  }

  /** What the operation's next call meets. */
  next(operation: string): Fault | undefined {
    return this.lines.get(operation)?.[0]?.fault;
  }

  /** A call has met the first fault in the operation's line. */
  useUp(operation: string): void {
    const line = this.lines.get(operation);
    const first = line?.[0];
    if (!line || !first) return;
    first.times -= 1;
    if (first.times <= 0) line.shift();
    if (line.length === 0) this.lines.delete(operation);
  }

  list(): PlannedFault[] {
    return [...this.lines].flatMap(([operation, line]) => line.map((planned) => ({ operation, ...planned })));
  }
}

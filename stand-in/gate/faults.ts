// Faults: errors, delays or silence that the next calls of an operation get on request.

export type Fault =
  | {
      kind: "429";
      /** Seconds, or an HTTP date. Omitted: the answer has no Retry-After. */
      retryAfter?: number | string;
      /** Twilio's error code. Default: 45010 for an operation with a rate limit, otherwise 20429. */
      code?: number;
      /** Chat commands only: which message carries the 429. Default: the stand-in's `chat429Location`. */
      location?: Chat429Location;
    }
  | { kind: "409" }
  | { kind: "500" }
  | { kind: "slow"; ms: number }
  /** Answered once the operation's faults are cleared. */
  | { kind: "held" }
  | { kind: "never" };

/** A chat command gets its 429 in its response, or in the answer to its push: as HTTP status or from the transport. */
export type Chat429Location = "response" | "push-http" | "push-transport";

export interface PlannedFault {
  readonly operation: string;
  readonly fault: Fault;
  /** How many more calls get it. Infinity: until it is cleared. */
  readonly times: number;
}

/** A queue of faults per operation: a fault applies `times` times, then the next one does. */
export class Faults {
  private queues = new Map<string, { fault: Fault; times: number }[]>();

  /** Replaces endless faults of the operation, because a fault queued behind them would never apply. */
  add(operation: string, fault: Fault, times: number): void {
    const queue = (this.queues.get(operation) ?? []).filter((planned) => planned.times !== Infinity);
    queue.push({ fault, times });
    this.queues.set(operation, queue);
  }

  clear(operation?: string): void {
    if (operation === undefined) this.queues.clear();
    else this.queues.delete(operation);
  }

  /** The fault of the operation's next call. */
  peek(operation: string): Fault | undefined {
    return this.queues.get(operation)?.[0]?.fault;
  }

  /** Uses the operation's first fault once. */
  consume(operation: string): void {
    const queue = this.queues.get(operation);
    const first = queue?.[0];
    if (!queue || !first) return;
    first.times -= 1;
    if (first.times <= 0) queue.shift();
    if (queue.length === 0) this.queues.delete(operation);
  }

  list(): PlannedFault[] {
    return [...this.queues].flatMap(([operation, queue]) => queue.map((planned) => ({ operation, ...planned })));
  }
}

/**
 * The connection to the log of one limit. It opens the log, and comes back by itself after a loss. While it is
 * lost, the local throttle works alone.
 */

import { Clock, Random } from "../throttle/clock";
import { scheduleDeadline } from "./deadline";
import { EngineError, EngineProblem, LogEngine, LogItem, OpenLog } from "./engine";

export interface ConnectionOptions {
  readonly limit: string;
  readonly engine: LogEngine;
  readonly clock: Clock;
  readonly random: Random;
  /** The index from which items may be missing. */
  readonly nextIndex: () => number;
  /** The newest items of a log that was just opened. Items known before no longer count. */
  readonly onOpened: (items: readonly LogItem[]) => void;
  /** @param receivedMs when the item arrived; `undefined` if it may have been stored long ago. */
  readonly onItem: (item: LogItem, receivedMs?: number) => void;
  /** How long a request to the service took. */
  readonly onRoundTrip: (tookMs: number) => void;
  /** The connection was lost, or is back. */
  readonly onChange: () => void;
}

/** Calls wait this long for the log to open. */
const MAX_OPENING_MS = 2000;

/** Browsers that lost the service together return within this time, not at once. */
const RETURN_SPREAD_MS = 5000;

/** The average time to the next attempt doubles from the first to the second of these. */
const MIN_RETRY_MS = 2000;
const MAX_RETRY_MS = 5000;

/** After this many failed attempts, attempts become rare. */
const MANY_ATTEMPTS = 9;
const RARE_RETRY_MS = 60_000;

/** An admin has to change the service's settings. */
const FORBIDDEN_RETRY_MS = 300_000;

/** After a longer loss, the log is opened again instead of read from where it was lost. */
const MAX_LOSS_MS = 60_000;

type State = "closed" | "opening" | "open" | "lost" | "ended";

export class LogConnection {
  problem: EngineProblem | undefined;
  /** When the log was first used, lost, or came back, whichever happened last. */
  sinceMs = 0;
  private state: State = "closed";
  private log: OpenLog | undefined;
  /** Whether the newest items of the log have been read. */
  private isRead = false;
  private attempts = 0;
  private losses = 0;
  /** Cancels the next attempt, or the deadline of the calls that wait for the first one. */
  private cancelTimer: () => void = () => undefined;
  /** Distinguishes the log in use from those that were closed. */
  private generation = 0;

  constructor(private readonly options: ConnectionOptions) {}

  /** Whether calls wait for their turns, also while the log is being opened. */
  get isPaced(): boolean {
    return this.state !== "lost" && this.state !== "ended";
  }

  get isUsed(): boolean {
    return this.state !== "closed";
  }

  /** Whether the known items are complete. */
  get isCurrent(): boolean {
    return this.state === "open";
  }

  /** Whether items can be pushed now. */
  get canPush(): boolean {
    return this.isPaced && this.log !== undefined;
  }

  /** Opens the log when it is first used. */
  use(): void {
    if (this.state !== "closed") return;
    this.sinceMs = this.options.clock.now();
    this.open();
  }

  /** Rejects with an `EngineError`. Every failure but a refusal for too many writes loses the connection. */
  async push(data: object): Promise<LogItem> {
    const { log } = this;
    if (!log) throw new EngineError("disconnected", "The log is not open.");
    try {
      return await log.push(data);
    } catch (error) {
      const problem = problemOf(error);
      // Several pushes may fail for the same reason.
      if (problem !== "tooManyWrites" && this.isPaced) this.lose(problem);
      throw new EngineError(problem, String(error));
    }
  }

  /** Removes an item of this browser. A failure changes nothing. */
  remove(index: number): void {
    this.log?.remove(index).catch(() => undefined);
  }

  /** Reads items that may have been lost. A failure does not lose the connection. @returns whether it succeeded. */
  async read(fromIndex: number): Promise<boolean> {
    const { log, options } = this;
    try {
      const items = (await log?.page(fromIndex)) ?? [];
      items.forEach((item) => options.onItem(item));
      return true;
    } catch {
      return false;
    }
  }

  /** Works without the service from now on, and returns by itself. */
  lose(problem: EngineProblem): void {
    if (this.state === "ended" || this.state === "closed") return;
    this.losses += 1;
    this.retryIn(this.nextDelayMs(problem));
    this.setLost(problem);
  }

  end(): void {
    this.state = "ended";
    this.cancelTimer();
    this.closeLog();
  }

  private open(): void {
    const { engine, limit, clock, onItem, onRoundTrip } = this.options;
    this.closeLog();
    const generation = this.generation;
    const isInUse = () => generation === this.generation;
    if (this.state !== "lost") {
      this.state = "opening";
      // The log may still open after that.
      this.cancelTimer = scheduleDeadline(clock, () => this.setLost("slow"), MAX_OPENING_MS);
    }
    void this.attempt(async () => {
      const log = await engine.open(limit, {
        onItem: (item) => isInUse() && onItem(item, clock.now()),
        onReconnected: () => isInUse() && this.onReconnected(),
        onLost: (problem) => isInUse() && this.lose(problem),
        onClosed: (problem) => isInUse() && this.onClosed(problem),
        onRoundTrip,
      });
      if (!isInUse()) return log.close();
      this.log = log;
      this.options.onChange();
      const items = await log.recent();
      if (!isInUse()) return;
      this.isRead = true;
      this.options.onOpened(items);
    });
  }

  /** Reads what was missed, or opens the log again. */
  private catchUp(): void {
    const { clock, nextIndex, onItem } = this.options;
    const { log } = this;
    const lossMs = this.state === "lost" ? clock.now() - this.sinceMs : 0;
    if (!log || !this.isRead || lossMs > MAX_LOSS_MS) return this.open();
    void this.attempt(async () => {
      const items = await log.page(nextIndex());
      items.forEach((item) => onItem(item));
    });
  }

  /** The connection is back if the work succeeds. */
  private async attempt(work: () => Promise<void>): Promise<void> {
    const { generation, losses } = this;
    try {
      await work();
    } catch (error) {
      if (generation === this.generation) this.lose(problemOf(error));
      return;
    }
    // A loss in the meantime has its own next attempt.
    if (generation !== this.generation || losses !== this.losses || this.state === "ended") return;
    if (this.state === "lost") this.sinceMs = this.options.clock.now();
    this.attempts = 0;
    this.cancelTimer();
    this.state = "open";
    this.problem = undefined;
    this.options.onChange();
  }

  private setLost(problem: EngineProblem): void {
    if (this.isPaced) this.sinceMs = this.options.clock.now();
    this.problem = problem;
    this.state = "lost";
    this.options.onChange();
  }

  private onReconnected(): void {
    if (this.state === "lost") this.retryIn(this.options.random() * RETURN_SPREAD_MS);
    else if (this.state === "open") this.catchUp();
  }

  private onClosed(problem: EngineProblem): void {
    this.closeLog();
    this.lose(problem);
  }

  private retryIn(delayMs: number): void {
    this.cancelTimer();
    this.cancelTimer = this.options.clock.schedule(() => this.catchUp(), delayMs);
  }

  private nextDelayMs(problem: EngineProblem): number {
    this.attempts += 1;
    const averageMs =
      problem === "forbidden"
        ? FORBIDDEN_RETRY_MS
        : this.attempts > MANY_ATTEMPTS
          ? RARE_RETRY_MS
          : Math.min(MAX_RETRY_MS, MIN_RETRY_MS * 2 ** (this.attempts - 1));
    return averageMs * (0.5 + this.options.random());
  }

  private closeLog(): void {
    this.generation += 1;
    this.log?.close();
    this.log = undefined;
    this.isRead = false;
  }
}

function problemOf(error: unknown): EngineProblem {
  return error instanceof EngineError ? error.problem : "failed";
}

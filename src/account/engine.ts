/**
 * The port to a service that keeps one totally ordered log of tickets per limit, shared by all browsers of the account.
 * An engine is one file that implements it.
 */

import { AccountBudgetProblem } from "../throttle/accountBudget";

/** One item of a log, as the service stored it. */
export interface LogItem {
  /** Position in the log. Unique, increasing, never used again after a removal. */
  readonly index: number;
  /** When the service stored it, in milliseconds on the service's clock, which all browsers share. */
  readonly committedAtMs: number;
  /** What a browser wrote. Never trust it. */
  readonly data: unknown;
}

/** Why an engine cannot do what it was asked to. */
export type EngineProblem = AccountBudgetProblem;

/** Every rejection of an engine is one of these. */
export class EngineError extends Error {
  constructor(
    readonly problem: EngineProblem,
    message: string,
  ) {
    super(message);
    this.name = "EngineError";
  }
}

export interface LogListener {
  /** Items arrive in any order, own ones included, some twice, and some late or never. */
  onItem(item: LogItem): void;
  /** Items may have been missed. Page from the last known index. */
  onReconnected(): void;
  /** The log cannot be read until `onReconnected`. */
  onLost(problem: EngineProblem): void;
  /** The log is closed. Opened again, it may begin from index 0, because somebody deleted it. */
  onClosed(problem: EngineProblem): void;
  /** A request that reads took this long. Most take place before the page has anything else to do. */
  onRoundTrip(tookMs: number): void;
}

/** The most items that `recent` returns. With fewer, it returns all that the service keeps. */
export const MAX_RECENT_ITEMS = 100;

/**
 * What takes too long is rejected as `slow`: `open` and `recent` after ten seconds, for which no call waits, all else after
 * two seconds.
 */
export interface OpenLog {
  /** Appends one item. The service may store an item whose push was rejected; the engine removes it if it can. */
  push(data: object): Promise<LogItem>;
  /** Removes an item of this browser. An item that is already gone is no error. */
  remove(index: number): Promise<void>;
  /** The newest items, up to `MAX_RECENT_ITEMS`, oldest first. Called once, right after `open`. */
  recent(): Promise<readonly LogItem[]>;
  /** All items from this index on, oldest first. */
  page(fromIndex: number): Promise<readonly LogItem[]>;
  close(): void;
}

export interface LogEngine {
  /** Opens the log of a limit, or creates it. Connects to the service if it is not connected yet. */
  open(limit: string, listener: LogListener): Promise<OpenLog>;
  /** Disconnects, and closes every log. */
  close(): void;
}

/**
 * The port to the account's budget. Twilio's limits count per account; an engine behind this port shares them between
 * the account's browsers. The local throttle still applies: a call starts when both allow it.
 */

/**
 * `off`: there is no budget. `live`: the browsers share the limits. `degraded`: the engine has lost contact, so the local
 * throttle works alone.
 */
export type AccountBudgetHealth = "off" | "live" | "degraded";

/**
 * Why a budget is degraded.
 *
 * - `disconnected`: no connection to the service.
 * - `slow`: the service did not answer in time.
 * - `tooManyWrites`: Sync's error 54009.
 * - `forbidden`: access control forbids it (Sync's error 54007).
 * - `tokenRejected`: the service rejected the token. Another token may help.
 * - `failed`: anything else.
 */
export type AccountBudgetProblem = "disconnected" | "slow" | "tooManyWrites" | "forbidden" | "tokenRejected" | "failed";

/** What this browser knows about the account's use of one limit. Only browsers that share the budget count. */
export interface AccountLimitStatus {
  /** The id of the limit. */
  readonly limit: string;
  /** Whether the account's turns pace this limit now. Otherwise the local throttle works alone. */
  readonly isPaced: boolean;
  /** Turns of all browsers that have come within `countedMs`. */
  readonly starts: number;
  /** Turns of all browsers that are still to come. */
  readonly waiting: number;
  /** How many browsers, this one included, have asked for turns within `countedMs`. */
  readonly agents: number;
  /** 429s that browsers have reported within `countedMs`. */
  readonly throttled: number;
}

/** The budget's state for screens. Times are on the throttle's clock. */
export interface AccountBudgetStatus {
  /** Whether the account's turns pace calls. */
  readonly health: AccountBudgetHealth;
  /** When `health` last changed, in milliseconds. */
  readonly sinceMs: number;
  /** Why one of the limits, or all of them, are not paced by the account. */
  readonly problem?: AccountBudgetProblem;
  /** The period that the counts of `limits` cover, in milliseconds before now. */
  readonly countedMs: number;
  /** The limits that have been used. */
  readonly limits: readonly AccountLimitStatus[];
}

/** One start that the account grants to this browser. The slot that uses it carries it. */
export interface AccountTurn {
  /**
   * When the call may be sent, on the throttle's clock. An estimate, always in the future, until the turn is known. It
   * may change until then, and after `onChange`.
   */
  readonly startMs: number;
  /** The call is about to be sent. Gets another turn if this one was missed. */
  renew(): void;
  /** The call is being sent now. */
  markUsed(): void;
  /** The call is not sent, so the turn is free again. */
  giveBack(): void;
  /** Twilio answered the call with 429. */
  markThrottled(): void;
}

/** All times are milliseconds on the throttle's clock. No method waits for the network. */
export interface AccountBudget {
  readonly health: AccountBudgetHealth;
  /**
   * Milliseconds until this browser's next turn on the limit, 0 if it has come. Always finite, and more than 0 while no
   * turn is known.
   */
  waitMs(limit: string, nowMs: number): number;
  /** Milliseconds until the turn of a call that has `ahead` calls of this browser before it. Always finite. */
  estimateWaitMs(limit: string, nowMs: number, ahead: number): number;
  /** Takes the next turn, up to a call's lead time early. In the mode `observe` calls do not wait for their turn at all. */
  take(limit: string, nowMs: number): AccountTurn;
  /**
   * How long all starts that the account's browsers have asked for so far take at the limit's rate, in milliseconds.
   * Only its growth may postpone a turn.
   */
  loadMs(limit: string): number;
  /**
   * @param waiting how many calls are queued for the limit in this browser.
   * @param urgent how many of them a customer waits for, or are repeated after a 429.
   */
  setDemand(limit: string, waiting: number, urgent: number): void;
  /** For screens, not for every call. */
  status(nowMs: number): AccountBudgetStatus;
  /** Subscribes to changes of turns and of health. Returns the function that unsubscribes. */
  onChange(listener: () => void): () => void;
}

const FREE_TURN: AccountTurn = {
  startMs: -Infinity,
  renew: () => undefined,
  markUsed: () => undefined,
  giveBack: () => undefined,
  markThrottled: () => undefined,
};

const OFF: AccountBudgetStatus = { health: "off", sinceMs: 0, countedMs: 0, limits: [] };

/** The default: the account grants every start at once, so only the local throttle decides. */
export const NO_ACCOUNT_BUDGET: AccountBudget = {
  health: "off",
  waitMs: () => 0,
  estimateWaitMs: () => 0,
  take: () => FREE_TURN,
  loadMs: () => 0,
  setDemand: () => undefined,
  status: () => OFF,
  onChange: () => () => undefined,
};

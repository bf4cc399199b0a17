/**
 * The port to the account's budget. Twilio's limits count per account; an engine behind this port shares them between
 * the account's browsers. The local throttle still applies: a call starts when both allow it.
 */

/** `off`: there is no budget. `degraded`: the engine has lost contact, so the local throttle works alone. */
export type AccountBudgetHealth = "off" | "live" | "degraded";

/** One start that the account grants to this browser. The slot that uses it carries it. */
export interface AccountTurn {
  /** When the call may be sent, on the throttle's clock. */
  readonly startMs: number;
  /** The call is being sent now. */
  markUsed(nowMs: number): void;
  /** The call is not sent, so the turn is free again. */
  giveBack(nowMs: number): void;
  /** Twilio answered the call with 429. */
  markThrottled(nowMs: number): void;
}

/** All times are milliseconds on the throttle's clock. No method waits for the network. */
export interface AccountBudget {
  readonly health: AccountBudgetHealth;
  /** Milliseconds until this browser's next turn on the limit, 0 if it has come. Always finite. */
  waitMs(limit: string, nowMs: number): number;
  /** Milliseconds until the turn of a call that has `ahead` calls of this browser before it. Always finite. */
  estimateWaitMs(limit: string, nowMs: number, ahead: number): number;
  /** Takes the next turn, up to a call's lead time early. In the mode `observe` calls do not wait for their turn at all. */
  take(limit: string, nowMs: number): AccountTurn;
  /** @param waiting how many calls are queued for the limit in this browser. */
  setDemand(limit: string, waiting: number): void;
  /** Subscribes to changes of turns and of health. Returns the function that unsubscribes. */
  onChange(listener: () => void): () => void;
}

const FREE_TURN: AccountTurn = {
  startMs: -Infinity,
  markUsed: () => undefined,
  giveBack: () => undefined,
  markThrottled: () => undefined,
};

/** The default: the account grants every start at once, so only the local throttle decides. */
export const NO_ACCOUNT_BUDGET: AccountBudget = {
  health: "off",
  waitMs: () => 0,
  estimateWaitMs: () => 0,
  take: () => FREE_TURN,
  setDemand: () => undefined,
  onChange: () => () => undefined,
};

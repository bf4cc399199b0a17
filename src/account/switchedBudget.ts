/** The account's budget while the settings ask for one, otherwise none. A change of the settings applies at once. */

import {
  AccountBudget,
  AccountBudgetHealth,
  AccountBudgetStatus,
  AccountTurn,
  NO_ACCOUNT_BUDGET,
} from "../throttle/accountBudget";

/** The settings that the budget depends on. */
export interface BudgetSettings {
  readonly mode: string;
  readonly account: { readonly budget: string; readonly guard: number };
  readonly rates: Readonly<Record<string, { readonly perSecond: number }>>;
}

/** After `close()`, turns that were taken before may still be used or given back. */
export interface ClosableBudget extends AccountBudget {
  /** Connects for a limit that will be used soon. */
  prepare(limit: string): void;
  /** Disconnects. */
  close(): void;
}

const NONE: ClosableBudget = { ...NO_ACCOUNT_BUDGET, prepare: () => undefined, close: () => undefined };

/** Only `enforce` waits for turns, so the other modes need no connection. */
function isOn({ mode, account }: BudgetSettings): boolean {
  return mode === "enforce" && account.budget !== "off";
}

export class SwitchedBudget implements ClosableBudget {
  private budget = NONE;
  private lastJson = "";
  private unsubscribe: () => void = () => undefined;
  private readonly listeners = new Set<() => void>();
  private readonly demand = new Map<string, readonly [number, number]>();

  /** @param create creates a budget for settings that ask for one. It connects when a limit is first used. */
  constructor(private readonly create: (settings: BudgetSettings) => ClosableBudget) {}

  /** Replaces the budget if settings that it depends on have changed. */
  configure(settings: BudgetSettings): void {
    const { account, rates } = settings;
    const json = isOn(settings) ? JSON.stringify([account, rates]) : "";
    if (json === this.lastJson) return;
    this.lastJson = json;
    this.unsubscribe();
    this.budget.close();
    this.budget = json ? this.create(settings) : NONE;
    this.unsubscribe = this.budget.onChange(this.notify);
    this.demand.forEach(([waiting, urgent], limit) => this.budget.setDemand(limit, waiting, urgent));
    this.notify();
  }

  /** Closes the current budget. */
  close(): void {
    this.unsubscribe();
    this.budget.close();
    this.budget = NONE;
    this.lastJson = "";
  }

  prepare(limit: string): void {
    this.budget.prepare(limit);
  }

  get health(): AccountBudgetHealth {
    return this.budget.health;
  }

  waitMs(limit: string, nowMs: number): number {
    return this.budget.waitMs(limit, nowMs);
  }

  estimateWaitMs(limit: string, nowMs: number, ahead: number): number {
    return this.budget.estimateWaitMs(limit, nowMs, ahead);
  }

  take(limit: string, nowMs: number): AccountTurn {
    return this.budget.take(limit, nowMs);
  }

  loadMs(limit: string): number {
    return this.budget.loadMs(limit);
  }

  setDemand(limit: string, waiting: number, urgent: number): void {
    if (waiting > 0) this.demand.set(limit, [waiting, urgent]);
    else this.demand.delete(limit);
    this.budget.setDemand(limit, waiting, urgent);
  }

  status(nowMs: number): AccountBudgetStatus {
    return this.budget.status(nowMs);
  }

  onChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private readonly notify = () => this.listeners.forEach((listener) => listener());
}

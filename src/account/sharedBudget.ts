/** The account's budget: shares each limit between the account's browsers, by tickets in a log per limit. */

import { AccountBudgetHealth, AccountBudgetStatus, AccountTurn, NO_ACCOUNT_BUDGET } from "../throttle/accountBudget";
import { Clock, Random } from "../throttle/clock";
import { LogEngine } from "./engine";
import { COUNTED_MS } from "./limitLog";
import { LimitTurns } from "./limitTurns";
import { ServiceClock } from "./serviceClock";
import type { SettingsNotices } from "./settingsNotices";
import { ClosableBudget } from "./switchedBudget";

export interface SharedBudgetOptions {
  readonly engine: LogEngine;
  readonly settings: {
    readonly account: { readonly guard: number };
    readonly rates: Readonly<Record<string, { readonly perSecond: number }>>;
  };
  readonly clock: Clock;
  readonly random: Random;
  readonly report: (error: unknown) => void;
  /** Connects when a limit is first used. */
  readonly notices?: SettingsNotices;
}

export class SharedBudget implements ClosableBudget {
  private readonly limits = new Map<string, LimitTurns>();
  private readonly serviceClock = new ServiceClock();
  private readonly listeners = new Set<() => void>();
  private readonly sender: string;
  private readonly createdMs: number;
  private isClosed = false;
  private isReported = false;

  constructor(private readonly options: SharedBudgetOptions) {
    const { clock, random } = options;
    this.createdMs = clock.now();
    this.sender = Math.floor(random() * 36 ** 8).toString(36);
  }

  /** `degraded` while every limit in use works without the service. */
  get health(): AccountBudgetHealth {
    if (this.isClosed) return "off";
    const used = this.used;
    return used.length > 0 && used.every(({ isPaced }) => !isPaced) ? "degraded" : "live";
  }

  waitMs(limit: string, nowMs: number): number {
    return this.isClosed ? 0 : this.get(limit).waitMs(nowMs);
  }

  estimateWaitMs(limit: string, nowMs: number, ahead: number): number {
    return this.isClosed ? 0 : this.get(limit).estimateWaitMs(nowMs, ahead);
  }

  loadMs(limit: string): number {
    return this.get(limit).log.loadMs;
  }

  take(limit: string, nowMs: number): AccountTurn {
    const turns = this.get(limit);
    return this.isClosed || !turns.isPaced ? NO_ACCOUNT_BUDGET.take(limit, nowMs) : turns.take(nowMs);
  }

  prepare(limit: string): void {
    if (this.isClosed) return;
    this.get(limit).log.connection.use();
    this.useNotices();
  }

  setDemand(limit: string, waiting: number, urgent: number): void {
    if (this.isClosed) return;
    this.get(limit).setDemand(waiting, urgent);
    this.useNotices();
  }

  status(nowMs: number): AccountBudgetStatus {
    const { health, used } = this;
    const connections = used.map(({ log }) => log.connection);
    const isLive = health === "live";
    const timesMs = connections.filter((each) => each.isPaced === isLive).map((each) => each.sinceMs);
    // The first limit that is back makes the budget live, the last one that is lost makes it degraded.
    const sinceMs = timesMs.length > 0 ? (isLive ? Math.min : Math.max)(...timesMs) : this.createdMs;
    const problem = connections.find((each) => each.problem !== undefined)?.problem;
    return {
      health,
      sinceMs,
      ...(problem && { problem }),
      countedMs: COUNTED_MS,
      limits: used.map(({ log }) => log.status(nowMs)),
    };
  }

  onChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  /** Disconnects. Turns that were taken may still be used or given back. */
  close(): void {
    this.isClosed = true;
    this.limits.forEach((turns) => turns.end());
    this.options.notices?.end();
    this.options.engine.close();
  }

  private get used(): LimitTurns[] {
    return Array.from(this.limits.values()).filter(({ log }) => log.connection.isUsed);
  }

  private get(limit: string): LimitTurns {
    let turns = this.limits.get(limit);
    if (!turns) {
      const { settings, engine, clock, random } = this.options;
      turns = new LimitTurns({
        limit,
        settings: { perSecond: settings.rates[limit].perSecond, guard: settings.account.guard },
        engine,
        clock,
        random,
        serviceClock: this.serviceClock,
        sender: this.sender,
        onChange: () => this.listeners.forEach((listener) => listener()),
        reportTicket: (why) => this.reportTicket(limit, why),
      });
      this.limits.set(limit, turns);
    }
    return turns;
  }

  /** Call it after the limit's log is used. An engine may open its logs one by one, and calls wait for that of the limit. */
  private useNotices(): void {
    this.options.notices?.use((tookMs) => this.serviceClock.recordRead(tookMs));
  }

  private reportTicket(limit: string, why: string): void {
    if (this.isReported) return;
    this.isReported = true;
    this.options.report(new Error(`Ignored a ticket on "${limit}": ${why}.`));
  }
}

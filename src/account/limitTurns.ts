/** This browser's turns on one limit: pushes tickets for its calls, and says when each call's turn comes. */

import { AccountTurn } from "../throttle/accountBudget";
import { EngineError } from "./engine";
import { LateReports } from "./lateReports";
import { LimitLog, LimitLogOptions } from "./limitLog";
import { OwnTicket } from "./ownTicket";
import { OwnCall, OwnTickets } from "./ownTickets";
import { MAX_LATE_MS } from "./ticket";

export type LimitTurnsOptions = Omit<LimitLogOptions, "onOwn" | "onRestart">;

/** Calls that follow each other this closely share a ticket. */
const GATHER_MS = 30;

/**
 * Longer than the lead of any call. While the turns are unknown, only one call goes ahead of its turn: a page that draws
 * many accepted chats at once is held up and misses its turns.
 */
const BEYOND_LEAD_MS = 500;

/** The shortest pause after the service refused a push. */
const MIN_REFUSED_MS = 1000;

/** After this many refusals without a queue, something else uses up the service's limit on writes. */
const MAX_REFUSALS = 3;

export class LimitTurns {
  readonly log: LimitLog;
  private readonly own: OwnTickets;
  private readonly late: LateReports;
  private waiting = 0;
  private urgent = 0;
  private lastPushMs = -Infinity;
  private flushAtMs = Infinity;
  private cancelFlush: () => void = () => undefined;

  constructor(private readonly options: LimitTurnsOptions) {
    this.own = new OwnTickets(options.sender);
    this.log = new LimitLog({
      ...options,
      onOwn: (id, result) => {
        const ticket = this.own.find(id);
        if (ticket) ticket.state = result === "added" || this.log.has(id) ? "stored" : "dropped";
      },
      onRestart: () => this.own.drop(({ state, id }) => state === "stored" && !this.log.has(id)),
      onChange: () => this.handleChange(),
    });
    this.late = new LateReports(this.log, options.sender, options.clock);
  }

  get isPaced(): boolean {
    return this.log.connection.isPaced;
  }

  /** @param urgent how many of the waiting calls a customer waits for, or got a 429. */
  setDemand(waiting: number, urgent: number): void {
    this.waiting = waiting;
    this.urgent = urgent;
    this.planTickets();
  }

  /** Milliseconds until the next turn. More than 0 while it is not known, because a call needs a ticket. */
  waitMs(nowMs: number): number {
    if (!this.isPaced) return 0;
    const next = this.findNextCall(nowMs);
    const startMs = next && this.knownStartOf(next);
    if (startMs !== undefined) return Math.max(0, startMs - nowMs);
    return Math.max(this.log.estimateNewMs(), this.own.hasGuessedTurn ? BEYOND_LEAD_MS : 0);
  }

  estimateWaitMs(nowMs: number, ahead: number): number {
    if (!this.isPaced) return 0;
    let before = ahead;
    for (const ticket of this.own.all) {
      if (before < ticket.untaken) {
        const call = Math.min(ticket.calls - 1, ticket.nextCall() + before);
        return Math.max(0, this.startOf({ ticket, call }) - nowMs);
      }
      before -= ticket.untaken;
    }
    return this.log.estimateNewMs() + this.log.durationOf(before);
  }

  take(nowMs: number): AccountTurn {
    return new OwnTurn(this, this.claim(nowMs), () => this.options.clock.now());
  }

  claim(nowMs: number): OwnCall {
    const taken = this.own.take(this.findNextCall(nowMs));
    this.planTickets();
    return taken;
  }

  giveBack(taken: OwnCall): void {
    this.own.giveBack(taken);
    this.options.onChange();
  }

  /** A call is being sent. */
  recordUse({ ticket, call }: OwnCall): void {
    const lateTurn = this.log.lateTurnOf(ticket.id, call);
    if (lateTurn) this.late.add(lateTurn);
  }

  recordThrottled(): void {
    this.own.addRetry();
  }

  /** When a call may be sent, on the throttle's clock. An estimate, always in the future, until the ticket is stored. */
  startOf(each: OwnCall): number {
    return this.knownStartOf(each) ?? this.options.clock.now() + this.log.estimateNewMs();
  }

  /** Whether the turn was missed, or its ticket grants none. */
  isLost(each: OwnCall, nowMs: number): boolean {
    if (each.ticket.state === "dropped") return true;
    return (this.knownStartOf(each) ?? nowMs) < nowMs - MAX_LATE_MS;
  }

  end(): void {
    this.cancelFlush();
    this.log.end();
  }

  private knownStartOf({ ticket, call }: OwnCall): number | undefined {
    return ticket.state === "stored" ? this.log.startOf(ticket.id, call) : undefined;
  }

  private findNextCall(nowMs: number): OwnCall | undefined {
    const next = this.own.findNext(
      (each) => this.startOf(each),
      (each) => this.isLost(each, nowMs),
    );
    // The calls whose turns were just given up need other tickets.
    this.planTickets();
    return next;
  }

  private handleChange(): void {
    if (!this.isPaced) this.own.drop(({ state }) => state !== "stored");
    this.planTickets();
    void this.late.report();
    const isUnused = this.own.isEmpty && this.waiting === 0;
    this.log.tidy();
    if (!isUnused || !this.isPaced) this.options.onChange();
  }

  private planTickets(): void {
    const { connection } = this.log;
    if (connection.isPaced) this.own.plan(this.waiting, this.urgent);
    if (this.own.planned.length > 0) {
      connection.use();
      this.flushLater();
    }
  }

  /** Pushes the planned tickets in a moment, so that calls that follow at once share one. */
  private flushLater(): void {
    const { clock } = this.options;
    if (!this.log.connection.canPush) return;
    const readyMs = Math.min(...this.own.planned.map(({ notBeforeMs }) => notBeforeMs));
    const atMs = Math.max(clock.now(), this.lastPushMs + GATHER_MS, readyMs);
    if (atMs >= this.flushAtMs) return;
    this.cancelFlush();
    this.flushAtMs = atMs;
    this.cancelFlush = clock.schedule(() => this.flush(), atMs - clock.now());
  }

  private flush(): void {
    const nowMs = this.options.clock.now();
    this.flushAtMs = Infinity;
    if (!this.log.connection.canPush) return;
    const ready = this.own.planned.filter(({ notBeforeMs }) => notBeforeMs <= nowMs);
    ready.forEach((ticket) => void this.pushTicket(ticket));
    if (this.own.planned.length > 0) this.flushLater();
  }

  private async pushTicket(ticket: OwnTicket): Promise<void> {
    const { sender, clock } = this.options;
    const { id, calls, priority, isRetry } = ticket;
    ticket.state = "sent";
    this.lastPushMs = clock.now();
    try {
      await this.log.push({ id, sender, calls, class: priority, isRetry });
    } catch (error) {
      if (ticket.state !== "sent") return;
      if (error instanceof EngineError && error.problem === "tooManyWrites") this.pushLater(ticket);
      else this.own.drop((each) => each === ticket);
    }
    this.handleChange();
  }

  /** The service takes more tickets than the limit has starts, so a later ticket loses nothing while a queue waits. */
  private pushLater(ticket: OwnTicket): void {
    const queueMs = this.log.estimateNewMs();
    ticket.refusals += 1;
    // A loss of the connection drops the planned tickets.
    ticket.state = "planned";
    if (ticket.refusals >= MAX_REFUSALS && queueMs < MIN_REFUSED_MS) this.log.connection.lose("tooManyWrites");
    const pauseMs = MIN_REFUSED_MS + this.options.random() * Math.max(MIN_REFUSED_MS, queueMs - MIN_REFUSED_MS);
    ticket.notBeforeMs = this.options.clock.now() + pauseMs;
  }
}

/** A turn that a call has taken. Gets another if it is missed or lost. */
class OwnTurn implements AccountTurn {
  private isUsed = false;

  constructor(
    private readonly turns: LimitTurns,
    private taken: OwnCall,
    private readonly now: () => number,
  ) {}

  get startMs(): number {
    const { turns } = this;
    return turns.isPaced ? turns.startOf(this.taken) : -Infinity;
  }

  renew(): void {
    const { turns } = this;
    if (turns.isPaced && !this.isUsed && turns.isLost(this.taken, this.now())) this.taken = turns.claim(this.now());
  }

  markUsed(): void {
    this.isUsed = true;
    this.turns.recordUse(this.taken);
  }

  giveBack(): void {
    if (!this.isUsed) this.turns.giveBack(this.taken);
  }

  markThrottled(): void {
    this.turns.recordThrottled();
  }
}

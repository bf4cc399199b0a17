/** Several desktops on one account whose limits they share over Sync. */

import type { BrowserContext } from "playwright-core";

import { ChatTask, StandIn, startStandIn } from "../../stand-in";
import { issueToken } from "../../stand-in/flex/tokens";
import { Desk, DeskOptions, newContext, OUR_PLUGIN, until } from "./desk";
import { JOIN, PATIENT_QUEUE } from "./settings";

/** The list of tickets for joins. */
export const LIST = "flex-throttle.POST.WebChannels.Users";

/** Joins a second. Slow enough for desktops that share two cores. */
export const RATE = 3;

/** Twilio's own limit of joins a second. */
export const TWILIO_RATE = 10;

/** Settings with the account budget. @param limits of joins. */
export const budget = (limits: object) => ({
  limits: { [JOIN]: limits },
  queue: PATIENT_QUEUE,
  account: { budget: "sync" },
});

/** The same settings without the account budget. */
export const noBudget = (limits: object) => ({ ...budget(limits), account: { budget: "off" } });

/** The state of a desktop's account budget, from the report for support. */
export const readBudget = (desk: Desk): Promise<{ readonly health: string; readonly problem?: string }> =>
  desk.evaluate(
    () =>
      (
        window as unknown as { flexThrottle: { report(): { accountBudget: { health: string; problem?: string } } } }
      ).flexThrottle.report().accountBudget,
  );

export class SharedAccount {
  readonly desks: Desk[] = [];
  private readonly contexts: BrowserContext[] = [];

  private constructor(readonly twilio: StandIn) {}

  static async start(): Promise<SharedAccount> {
    return new SharedAccount(await startStandIn({ plugins: [OUR_PLUGIN] }));
  }

  async close(): Promise<void> {
    for (const desk of this.desks.splice(0)) {
      // Six pages on a busy machine: Flex may stop waiting for the answer to an accept. The chat is joined all the same.
      desk.console.remove(/Error in action AcceptTask body: timeout of \d+ms exceeded/);
      await desk.close();
    }
    for (const context of this.contexts.splice(0)) await context.close();
    await this.twilio.close();
  }

  async open(count: number, flexThrottle: object, options: DeskOptions = {}): Promise<Desk[]> {
    for (let number = 1; number <= count; number += 1) {
      const agent = `agent-${this.desks.length + 1}`;
      this.desks.push(await Desk.open({ agent, flexThrottle, twilio: this.twilio, ...options }));
    }
    return this.desks;
  }

  /** Desktops on an account that allows `RATE` joins a second. */
  openSharing(count: number): Promise<Desk[]> {
    this.twilio.gate.setLimit(JOIN, RATE);
    return this.open(count, budget({ perSecond: RATE }));
  }

  /** Sets the limit of the account and of the desktops. The desktops close their connections to Sync. */
  async setRate(all: readonly Desk[], perSecond: number): Promise<void> {
    this.twilio.gate.setLimit(JOIN, perSecond);
    await Promise.all(all.map((desk) => desk.changeSettings(budget({ perSecond }))));
    await this.waitForSubscribers(0);
  }

  /** One more desktop, on whose page something runs before all scripts. */
  async openAfter(first: () => void, limits: object = { perSecond: RATE }): Promise<Desk> {
    const context = await newContext();
    this.contexts.push(context);
    await context.addInitScript(first);
    const all = await this.open(1, budget(limits), { context });
    return all[all.length - 1];
  }

  /** One more desktop, whose clock is ahead by an hour. */
  openAhead(limits?: object): Promise<Desk> {
    const setClock = () => {
      const RealDate = Date;
      const now = () => RealDate.now() + 3_600_000;
      const ahead: ProxyHandler<DateConstructor> = {
        apply: (target) => new target(now()).toString(),
        construct: (target, parts: []) => (parts.length > 0 ? new target(...parts) : new target(now())),
        get: (target, key) => (key === "now" ? now : Reflect.get(target, key)),
      };
      window.Date = new Proxy(RealDate, ahead);
    };
    return this.openAfter(setClock, limits);
  }

  /** Waits until the budget of each desktop is in this state, as its view and its report show it. */
  async waitForBudget(all: readonly Desk[], health: string, problem?: string): Promise<void> {
    for (const desk of all) {
      const isReached = async () => {
        const budget = await readBudget(desk);
        return budget.health === health && budget.problem === problem;
      };
      await until(isReached, `the account budget to be ${health}, ${problem}`);
    }
  }

  /** Gives Flex a new token, as Flex does itself before a token expires. */
  async renewToken(desk: Desk): Promise<void> {
    const token = `${issueToken(this.twilio.account, desk.agent, ["agent"]).token}renewed`;
    await desk.evaluate((renewed) => {
      const { store } = window.Twilio.Flex.Manager.getInstance();
      const tokenPayload = { ...store.getState().flex.session.ssoTokenPayload, token: renewed };
      store.dispatch({ type: "FLEX_ACTION_TOKEN_UPDATED", payload: { tokenPayload } });
    }, token);
  }

  private get list() {
    return this.twilio.syncStore.find("list", LIST);
  }

  tickets() {
    return [...(this.list?.items.values() ?? [])];
  }

  /** How many tickets were written, those included that a desktop on a busy machine has removed as too late. */
  countWritten(): number {
    return this.list?.nextIndex ?? 0;
  }

  /** The agents whose desktops have written tickets since `countWritten()` was this number. */
  writersSince(count: number): string[] {
    const creators = [...(this.list?.creators ?? [])].filter(([index]) => Number(index) >= count);
    return [...new Set(creators.map(([, agent]) => agent))].sort();
  }

  /** How many starts the tickets of a desktop ask for. */
  countAsked({ agent }: Desk): number {
    const own = this.tickets().filter(({ key }) => this.list?.creators.get(key) === agent);
    return own.reduce((sum, { data }) => sum + (data as { n: number }).n, 0);
  }

  joinsOf({ agent }: Desk) {
    return this.desks[0].requests(JOIN).filter((request) => request.agent === agent);
  }

  /** How many joins of all desktops were successful. */
  countJoined(): number {
    return this.desks[0].statuses(JOIN).filter((status) => status === 201).length;
  }

  /** Waits until this many desktops receive each other's tickets. */
  waitForSubscribers(count: number): Promise<void> {
    return until(() => this.list?.subscribers.size === count, `${count} subscribers`);
  }

  /** Waits until each of these desktops has written a ticket since `countWritten()` was this number. */
  waitForWriters(all: readonly Desk[], since = 0): Promise<void> {
    const agents = all.map(({ agent }) => agent);
    const isReached = () => agents.every((agent) => this.writersSince(since).includes(agent));
    return until(isReached, `tickets of ${agents.join(", ")}`);
  }

  /** Each desktop accepts its chats at once. */
  async joinAll(all: readonly Desk[], each: number, meanwhile?: () => Promise<void>): Promise<void> {
    await this.accept(all, await this.receive(all, each), meanwhile);
  }

  /** The same, once all `sharing` desktops receive each other's tickets. So each of them writes a ticket. */
  async joinSharing(
    all: readonly Desk[],
    each: number,
    { sharing = all, meanwhile }: { sharing?: readonly Desk[]; meanwhile?: () => Promise<void> } = {},
  ): Promise<void> {
    const chats = await this.receive(all, each);
    await this.waitForSubscribers(sharing.length);
    await this.waitForBudget(sharing, "live");
    await this.accept(all, chats, meanwhile);
  }

  private receive(all: readonly Desk[], each: number): Promise<ChatTask[][]> {
    return Promise.all(all.map((desk) => desk.receiveChats(each)));
  }

  private async accept(
    all: readonly Desk[],
    chats: readonly ChatTask[][],
    meanwhile?: () => Promise<void>,
  ): Promise<void> {
    await Promise.all(all.map((desk, index) => desk.startAccepting(chats[index])));
    await meanwhile?.();
    await Promise.all(all.map((desk, index) => desk.waitForJoins(chats[index])));
  }
}

/** Several desktops on one account whose limits they share over Sync. */

import type { BrowserContext } from "playwright-core";

import { StandIn, startStandIn } from "../../stand-in";
import { issueToken } from "../../stand-in/flex/tokens";
import { Desk, DeskOptions, newContext, OUR_PLUGIN, until } from "./desk";
import { JOIN, PATIENT_QUEUE } from "./settings";

/** The list of tickets for joins. */
export const LIST = "flex-throttle.POST.WebChannels.Users";

/** Joins a second. Slow enough for desktops that share two cores. */
export const RATE = 3;

/** Settings with the account budget. @param limits of joins. */
export const budget = (limits: object) => ({
  limits: { [JOIN]: limits },
  queue: PATIENT_QUEUE,
  account: { budget: "sync" },
});

/** The same settings without the account budget. */
export const noBudget = (limits: object) => ({ ...budget(limits), account: { budget: "off" } });

/** The state of a desktop's account budget, from the report for support. */
const readBudget = (desk: Desk): Promise<{ readonly health: string; readonly problem?: string }> =>
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

  /** One more desktop, on whose page something runs before all scripts. */
  async openAfter(first: () => void): Promise<Desk> {
    const context = await newContext();
    this.contexts.push(context);
    await context.addInitScript(first);
    const all = await this.open(1, budget({ perSecond: RATE }), { context });
    return all[all.length - 1];
  }

  /** One more desktop, whose clock is ahead by an hour. */
  openAhead(): Promise<Desk> {
    return this.openAfter(() => {
      const RealDate = Date;
      const now = () => RealDate.now() + 3_600_000;
      const ahead: ProxyHandler<DateConstructor> = {
        apply: (target) => new target(now()).toString(),
        construct: (target, parts: []) => (parts.length > 0 ? new target(...parts) : new target(now())),
        get: (target, key) => (key === "now" ? now : Reflect.get(target, key)),
      };
      window.Date = new Proxy(RealDate, ahead);
    });
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

  tickets() {
    return [...(this.twilio.syncStore.find("list", LIST)?.items.values() ?? [])];
  }

  /** How many tickets were written, those included that a desktop on a busy machine has removed as too late. */
  countWritten(): number {
    return this.twilio.syncStore.find("list", LIST)?.nextIndex ?? 0;
  }

  joinsOf({ agent }: Desk) {
    return this.desks[0].requests(JOIN).filter((request) => request.agent === agent);
  }

  /** Waits until this many desktops receive each other's tickets. */
  waitForSubscribers(count: number): Promise<void> {
    const isReached = () => this.twilio.syncStore.find("list", LIST)?.subscribers.size === count;
    return until(isReached, `${count} subscribers`);
  }

  /** Waits until a burst is under way. */
  waitForTicket(): Promise<void> {
    return until(() => this.countWritten() > 0, "a ticket");
  }

  /** Each desktop accepts its chats at once. */
  async joinAll(
    all: readonly Desk[],
    each: number,
    meanwhile: () => Promise<void> | void = () => undefined,
  ): Promise<void> {
    const chats = await Promise.all(all.map((desk) => desk.receiveChats(each)));
    await Promise.all(all.map((desk, index) => desk.startAccepting(chats[index])));
    await meanwhile();
    await Promise.all(all.map((desk, index) => desk.waitForJoins(chats[index])));
  }
}

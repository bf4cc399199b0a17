/** An agent's desktop: the real Flex with the plugin in a real browser, usually with its own stand-in for Twilio. */

import { resolve } from "path";
import { Browser, BrowserContext, chromium, Page } from "playwright-core";

import { findChromium } from "../../scripts/chromium";
import { ChatTask, DesktopOptions, FlexBundle, ServedPlugin, StandIn, startStandIn } from "../../stand-in";
import { PageConsole } from "./pageConsole";
import { JOIN } from "./settings";

export const PLUGIN = "plugin-flex-throttle";
export const BUNDLE = resolve(__dirname, `../../build/${PLUGIN}.js`);
export const OUR_PLUGIN: ServedPlugin = { name: PLUGIN, file: BUNDLE };

export interface DeskOptions extends DesktopOptions {
  agent?: string;
  /** `ui_attributes.flexThrottle` of the Flex configuration. */
  flexThrottle?: unknown;
  /** Further plugins, loaded after ours. */
  others?: ServedPlugin[];
  /** Loads our plugin after the others. */
  isOursLast?: boolean;
  /** Stock Flex, without our plugin. */
  isStock?: boolean;
  /** Which of Flex's bundles the page loads. */
  flexBundle?: FlexBundle;
  /** Default: a new context. */
  context?: BrowserContext;
  /** Default: a new stand-in with the plugins and settings above. */
  twilio?: StandIn;
}

/** Shorter than jest's timeout in e2e/setup.ts, so that a hanging test names what it waited for. */
const LONGEST_WAIT_MS = 150_000;

let browser: Browser | undefined;

export async function openBrowser(): Promise<void> {
  browser = await chromium.launch({
    executablePath: findChromium(),
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

export async function closeBrowser(): Promise<void> {
  await browser?.close();
}

/** Another plugin, as source text: `init` sees `flex` and `manager`; `first` runs when the plugin is loaded. */
export function plugin(name: string, init: string, first = ""): ServedPlugin {
  return {
    name,
    source: `${first} Twilio.Flex.Plugins.init(class { constructor() { this.name = "${name}"; } init(flex, manager) { ${init} } });`,
  };
}

/** A new browser profile. */
export function newContext(): Promise<BrowserContext> {
  if (!browser) throw new Error("openBrowser() has not been called");
  return browser.newContext({ viewport: { width: 1280, height: 800 } });
}

export class Desk {
  private constructor(
    readonly twilio: StandIn,
    readonly page: Page,
    private readonly closeParts: () => Promise<void>,
    readonly console: PageConsole,
    readonly agent: string,
  ) {}

  static async open({
    agent = "alice",
    flexThrottle,
    others = [],
    isOursLast = false,
    isStock = false,
    context: givenContext,
    twilio: givenTwilio,
    flexBundle,
    ...desktop
  }: DeskOptions = {}): Promise<Desk> {
    const ours = isStock ? [] : [OUR_PLUGIN];
    const plugins = isOursLast ? [...others, ...ours] : [...ours, ...others];
    const twilio = givenTwilio ?? (await startStandIn({ plugins, flexBundle }));
    if (flexThrottle !== undefined) Object.assign(twilio.configuration.ui_attributes as object, { flexThrottle });
    const context = givenContext ?? (await newContext());
    const page = await context.newPage();
    page.setDefaultTimeout(LONGEST_WAIT_MS);
    const pageConsole = new PageConsole(page);
    await page.goto(twilio.agentUrl(agent, desktop));
    const closeParts = async () => {
      await (givenContext ? page.close() : context.close());
      if (!givenTwilio) await twilio.close();
    };
    const desk = new Desk(twilio, page, closeParts, pageConsole, agent);
    await desk.waitUntilReady(!isStock);
    await desk.watchNotifications();
    return desk;
  }

  /** @throws Error when the page printed an error that stock Flex does not print. */
  async close(): Promise<void> {
    await this.closeParts();
    const errors = this.console.unexpected();
    if (errors.length > 0) throw new Error(`Unexpected on the page's console:\n${errors.join("\n")}`);
  }

  async reload(): Promise<void> {
    await this.page.reload();
    await this.waitUntilReady(true);
    await this.watchNotifications();
  }

  /** Runs in the page: `Flex` is `Twilio.Flex`. */
  evaluate<Result, Argument>(
    body: (argument: Argument) => Result | Promise<Result>,
    argument?: Argument,
  ): Promise<Result> {
    return this.page.evaluate(body as (argument: unknown) => Result, argument);
  }

  private async waitUntilReady(isWithPlugin: boolean): Promise<void> {
    await this.page.waitForFunction((wanted) => {
      const manager = window.Twilio?.Flex?.Manager?.getInstance?.();
      const state = manager?.store?.getState();
      return state?.flex.worker?.activity?.name && manager.chatClient && (!wanted || state["flex-throttle"]);
    }, isWithPlugin);
  }

  /** Sends chats to the agent, and waits until all of them are on the page. */
  async receiveChats(count: number, agent = this.agent): Promise<ChatTask[]> {
    const before = await this.taskCount();
    const chats = this.twilio.sendChats(agent, count);
    await this.page.waitForFunction(
      (wanted) => window.Twilio.Flex.Manager.getInstance().store.getState().flex.worker.tasks.size === wanted,
      before + count,
    );
    return chats;
  }

  taskCount(): Promise<number> {
    return this.evaluate(
      () => window.Twilio.Flex.Manager.getInstance().store.getState().flex.worker.tasks.size as number,
    );
  }

  /** Invokes an Action. @returns the error's message, or `undefined` on success. */
  invoke(action: string, payload?: unknown): Promise<string | undefined> {
    return this.evaluate(
      ([name, body]) =>
        window.Twilio.Flex.Actions.invokeAction(name, body).then(
          () => undefined,
          (error: Error) => String(error.message ?? error),
        ),
      [action, payload] as [string, unknown],
    );
  }

  /** Accepts all chats in one task of the page. @returns the messages of the errors. */
  async accept(chats: readonly ChatTask[]): Promise<string[]> {
    const errors = await this.evaluate(
      (sids) =>
        Promise.all(
          sids.map((sid) =>
            window.Twilio.Flex.Actions.invokeAction("AcceptTask", { sid }).then(
              () => undefined,
              (error: Error) => String(error.message ?? error),
            ),
          ),
        ) as Promise<(string | undefined)[]>,
      chats.map(({ reservationSid }) => reservationSid),
    );
    return errors.filter((error): error is string => error !== undefined);
  }

  /** Accepts the chats without waiting for the Actions to end. */
  startAccepting(chats: readonly ChatTask[]): Promise<void> {
    return this.evaluate(
      (sids) =>
        sids.forEach((sid) => {
          window.Twilio.Flex.Actions.invokeAction("AcceptTask", { sid }).catch(() => undefined);
        }),
      chats.map(({ reservationSid }) => reservationSid),
    );
  }

  /** Waits until the agent is a member of every chat. */
  waitForJoins(chats: readonly ChatTask[]): Promise<void> {
    return until(() => chats.every((chat) => this.isMember(chat)), `${chats.length} joins`);
  }

  /** Sets parts of the configuration's `ui_attributes`, which the page reads when it loads. */
  configure(uiAttributes: object): void {
    Object.assign(this.twilio.configuration.ui_attributes as object, uiAttributes);
  }

  /** Merges settings into the running Flex configuration, as an admin's change does. */
  changeSettings(flexThrottle: unknown): Promise<void> {
    return this.evaluate(
      (written) => window.Twilio.Flex.Manager.getInstance().updateConfig({ flexThrottle: written }),
      flexThrottle,
    );
  }

  /** The plugin's slice of the Redux store. Tests read it here and nowhere else. */
  throttleState(): Promise<{ readonly queued: number; readonly notJoined: readonly string[] }> {
    return this.evaluate(() => {
      const { status, notJoined } = window.Twilio.Flex.Manager.getInstance().store.getState()["flex-throttle"];
      return { queued: status.waiting.length as number, notJoined: notJoined as string[] };
    });
  }

  waitForQueued(count: number): Promise<void> {
    return until(async () => (await this.throttleState()).queued === count, `${count} queued calls`);
  }

  /** Ends every cool-down, in the list that shows the waiting calls. */
  async retryNow(): Promise<void> {
    await this.page.locator("[aria-haspopup=dialog]").click();
    await this.page.getByRole("dialog").getByRole("button", { name: "Retry now" }).click();
    await this.page.keyboard.press("Escape");
  }

  /** The stand-in's log of an operation, oldest request first. */
  requests(operation: string) {
    return this.twilio.gate.log.filter((entry) => entry.operation === operation);
  }

  statuses(operation: string): (number | string)[] {
    return this.requests(operation).map(({ status }) => status);
  }

  /** A busy machine answers some joins too late for Flex. They are repeated, and then get a 409 that counts as joined. */
  joinStatuses(): (number | string)[] {
    return this.statuses(JOIN).filter((status) => status !== 409);
  }

  isMember({ channelSid }: ChatTask, agent = this.agent): boolean {
    return this.twilio.account.channel(channelSid).members.has(agent);
  }

  /** Ids of the notifications that were shown since the page was loaded. */
  shownNotifications(): Promise<string[]> {
    return this.evaluate(() => window.shownNotifications.slice());
  }

  activeNotifications(): Promise<string[]> {
    return this.evaluate(() =>
      window.Twilio.Flex.Notifications.activeNotifications.map(({ id }: { id: string }) => id),
    );
  }

  /** Waits until a notification is shown. One that was dismissed since counts, too. */
  waitForNotification(id: string): Promise<void> {
    return until(async () => (await this.shownNotifications()).includes(id), `the notification ${id}`);
  }

  waitUntilDismissed(id: string): Promise<void> {
    return until(async () => !(await this.activeNotifications()).includes(id), `the end of the notification ${id}`);
  }

  /** Suppressed notifications never reach this event. */
  private watchNotifications(): Promise<void> {
    return this.evaluate(() => {
      window.shownNotifications = window.Twilio.Flex.Notifications.activeNotifications.map(
        ({ id }: { id: string }) => id,
      );
      window.Twilio.Flex.Notifications.addListener("notificationAdded", ({ id }: { id: string }) =>
        window.shownNotifications.push(id),
      );
    });
  }
}

/** Polls a condition in Node. Only a test that hangs reaches the end of the wait. */
export async function until(condition: () => boolean | Promise<boolean>, what: string): Promise<void> {
  const endsAt = Date.now() + LONGEST_WAIT_MS;
  while (!(await condition())) {
    if (Date.now() > endsAt) throw new Error(`Not reached within ${LONGEST_WAIT_MS} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

declare global {
  interface Window {
    // Tests use Flex untyped.
    // oxlint-disable-next-line typescript/no-explicit-any
    Twilio: any;
    shownNotifications: string[];
  }
}

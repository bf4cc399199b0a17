/** An agent's desk: the real Flex with the plugin, in a real browser, on a stand-in of Twilio of its own. */

import { resolve } from "path";
import { Browser, BrowserContext, chromium, Page } from "playwright-core";

import { findChromium } from "../../scripts/chromium";
import { ChatTask, DesktopOptions, FlexBundle, ServedPlugin, StandIn, startStandIn } from "../../stand-in";

export const PLUGIN = "plugin-flex-throttle";
export const BUNDLE = resolve(__dirname, `../../build/${PLUGIN}.js`);

/** What one desk can be told beyond the desktop's own options. */
export interface DeskOptions extends DesktopOptions {
  agent?: string;
  /** `ui_attributes.flexThrottle` of the Flex configuration. */
  flexThrottle?: unknown;
  /** More plugins than ours, loaded after it. */
  others?: ServedPlugin[];
  /** Ours is loaded after the others. */
  isOursLast?: boolean;
  /** Without our plugin: stock Flex. */
  isStock?: boolean;
  /** Which of Flex's bundles the page loads. */
  flexBundle?: FlexBundle;
  /** Where the page is opened; a context of its own unless told. */
  context?: BrowserContext;
}

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

/** Another plugin, as text: its `init` gets `flex` and `manager`; `first` runs when it is loaded. */
export function plugin(name: string, init: string, first = ""): ServedPlugin {
  return {
    name,
    source: `${first} Twilio.Flex.Plugins.init(class { constructor() { this.name = "${name}"; } init(flex, manager) { ${init} } });`,
  };
}

function newContext(): Promise<BrowserContext> {
  if (!browser) throw new Error("openBrowser() has not been called");
  return browser.newContext({ viewport: { width: 1280, height: 800 } });
}

export class Desk {
  private constructor(
    readonly twilio: StandIn,
    readonly page: Page,
    private readonly closePage: () => Promise<void>,
    /** What the page wrote as errors and warnings on its console. */
    readonly console: string[],
  ) {}

  static async open({
    agent = "alice",
    flexThrottle,
    others = [],
    isOursLast = false,
    isStock = false,
    context: given,
    flexBundle,
    ...desktop
  }: DeskOptions = {}): Promise<Desk> {
    const ours = isStock ? [] : [{ name: PLUGIN, file: BUNDLE }];
    const plugins = isOursLast ? [...others, ...ours] : [...ours, ...others];
    const twilio = await startStandIn({ plugins, flexBundle });
    if (flexThrottle !== undefined) Object.assign(twilio.configuration.ui_attributes as object, { flexThrottle });
    const context = given ?? (await newContext());
    const page = await context.newPage();
    const written: string[] = [];
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) written.push(message.text());
    });
    page.on("pageerror", (error) => written.push(String(error)));
    await page.goto(twilio.agentUrl(agent, desktop));
    const desk = new Desk(twilio, page, () => (given ? page.close() : context.close()), written);
    await desk.isReady(plugins.some(({ name }) => name === PLUGIN));
    await desk.watchNotifications();
    return desk;
  }

  async close(): Promise<void> {
    await this.closePage();
    await this.twilio.close();
  }

  /** Loads the page anew, as an agent does who sees something hang. */
  async reload(): Promise<void> {
    await this.page.reload();
    await this.isReady(true);
    await this.watchNotifications();
  }

  /** Runs in the page: `Flex` is `Twilio.Flex`. */
  evaluate<Result, Argument>(
    body: (argument: Argument) => Result | Promise<Result>,
    argument?: Argument,
  ): Promise<Result> {
    return this.page.evaluate(body as (argument: unknown) => Result, argument);
  }

  async isReady(isWithPlugin: boolean): Promise<void> {
    await this.page.waitForFunction((wanted) => {
      const manager = window.Twilio?.Flex?.Manager?.getInstance?.();
      const state = manager?.store?.getState();
      return state?.flex.worker?.activity?.name && manager.chatClient && (!wanted || state["flex-throttle"]);
    }, isWithPlugin);
  }

  /** Customers' chats, all of them at the agent's desk. */
  async receiveChats(count: number, agent = "alice"): Promise<ChatTask[]> {
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

  /** Invokes an Action; resolves to its error's message, or `undefined` when it went well. */
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

  /** Accepts all of them at once; resolves to the errors. */
  async accept(chats: readonly ChatTask[]): Promise<string[]> {
    const errors = await Promise.all(
      chats.map(({ reservationSid }) => this.invoke("AcceptTask", { sid: reservationSid })),
    );
    return errors.filter((error): error is string => error !== undefined);
  }

  /** Every request of a limit that reached the account, oldest first. */
  requests(operation: string) {
    return this.twilio.gate.log.filter((entry) => entry.operation === operation);
  }

  statuses(operation: string): (number | string)[] {
    return this.requests(operation).map(({ status }) => status);
  }

  isMember({ channelSid }: ChatTask, agent = "alice"): boolean {
    return this.twilio.account.channel(channelSid).members.has(agent);
  }

  /** Ids of the notifications that were shown since the desk was opened. */
  shownNotifications(): Promise<string[]> {
    return this.evaluate(() => window.shownNotifications.slice());
  }

  activeNotifications(): Promise<string[]> {
    return this.evaluate(() =>
      window.Twilio.Flex.Notifications.activeNotifications.map(({ id }: { id: string }) => id),
    );
  }

  /** Listens where Flex itself lets a notification pass: what is held back never gets there. */
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

/** Waits for a condition on this side of the browser. */
export async function until(isSo: () => boolean | Promise<boolean>, what: string, withinMs = 60_000): Promise<void> {
  const endsAt = Date.now() + withinMs;
  while (!(await isSo())) {
    if (Date.now() > endsAt) throw new Error(`Waited ${withinMs} ms in vain for this: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

declare global {
  interface Window {
    // The page's own Flex: what tests use of it is dynamic.
    // eslint-disable-next-line @typescript-eslint/no-explicit-any
    Twilio: any;
    shownNotifications: string[];
  }
}

/** What happens to an agent's tab and machine: freezing, crashing and sleeping. */

import { Desk, until } from "./desk";
import { hide } from "./hiddenTab";
import type { Tabs } from "./tabs";

/** Freezes a hidden page, as Chromium does to save energy. It ends the page's WebSockets. @returns unfreezes and shows it. */
export async function freeze(tabs: Tabs, desk: Desk): Promise<() => Promise<void>> {
  const closeOther = await hide(tabs, [desk]);
  const session = await tabs.context.newCDPSession(desk.page);
  await session.send("Page.setWebLifecycleState", { state: "frozen" });
  return async () => {
    await session.send("Page.setWebLifecycleState", { state: "active" });
    await desk.page.bringToFront();
    await closeOther();
  };
}

/** Ends the page's process. */
export async function crash(desk: Desk): Promise<void> {
  const session = await desk.page.context().newCDPSession(desk.page);
  const crashed = desk.page.waitForEvent("crash");
  // Never answered, because the page is gone.
  session.send("Page.crash").catch(() => undefined);
  await crashed;
}

/** Lets time pass at the stand-in. */
export function elapse(desk: Desk, ms: number): Promise<void> {
  const endsAtMs = desk.twilio.gate.elapsedMs + ms;
  return until(() => desk.twilio.gate.elapsedMs >= endsAtMs, `${ms} ms`);
}

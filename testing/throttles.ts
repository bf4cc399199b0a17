/** A throttle as the plugin creates it, without randomness. */

import { Call, Permit, ThrottleEvent, Throttle } from "../src/flexThrottle";
import { createBrowserClock } from "../src/page/browserClock";
import { readSettings, Settings } from "../src/settings/readSettings";
import { Throttle as PacingThrottle } from "../src/throttle/throttle";

/** @param written settings as an admin writes them. */
export function settingsOf(written: unknown): Settings {
  const { settings, problems } = readSettings(written);
  if (problems.length > 0) throw new Error(`the test's settings are invalid: ${JSON.stringify(problems)}`);
  return settings;
}

/** Its first cool-down lasts 750 ms. */
export function newThrottle(written: unknown = {}): Throttle {
  return new PacingThrottle({ settings: settingsOf(written), clock: createBrowserClock(), random: () => 0.5 });
}

/** @returns the permit, if the call may be sent now. */
export function tryPermit(throttle: Throttle, call: Call): Permit | undefined {
  const acquired = throttle.tryAcquire(call);
  return acquired instanceof Permit ? acquired : undefined;
}

/** Uses up the limit's burst, so that the next call has to wait. */
export function useUp(throttle: Throttle, limit: Call["limits"][number]): void {
  for (;;) {
    const permit = tryPermit(throttle, { limits: [limit], name: "other", isEntryPoint: true });
    if (!permit) return;
    permit.markSent();
    permit.markEnded("answered");
  }
}

/** @returns a list that collects all events except `sent`. */
export function eventsOf(throttle: Throttle): ThrottleEvent[] {
  const events: ThrottleEvent[] = [];
  throttle.onEvent((event) => {
    if (event.type !== "sent") events.push(event);
  });
  return events;
}

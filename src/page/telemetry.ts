/**
 * Tells Twilio, with Flex's own telemetry of plugins, how much the throttle had to do: counts and nothing else, rarely,
 * and only where an admin has switched it on.
 */

import { Throttle } from "../throttle/throttle";
import { ThrottleEvent } from "../throttle/throttleEvent";

/** Each is a request of its own: Flex collects nothing. */
const TELL_EVERY_MS = 900_000;

/** Below this a wait is no wait to a person. */
const NOTICEABLE_MS = 1000;

/** What Flex takes; in Flex 1.28 to 1.34, not among its promises. */
interface Interaction {
  readonly name: string;
  readonly status: "complete";
  readonly details: Readonly<Record<string, string>>;
}

export interface TelemetryOptions {
  readonly throttle: Pick<Throttle, "onEvent">;
  /** Flex's manager. */
  readonly manager: { reportPluginInteraction?(interaction: Interaction): void };
  readonly isOn: () => boolean;
  readonly report: (error: unknown) => void;
}

const NOTHING = { sent: 0, waited: 0, refused: 0, givenUp: 0 };

type Counts = typeof NOTHING;

/** @returns ends it. */
export function installTelemetry({ throttle, manager, isOn, report }: TelemetryOptions): () => void {
  let counts = NOTHING;
  const tell = () => {
    const { sent, waited, refused, givenUp } = counts;
    counts = NOTHING;
    if (waited + refused + givenUp === 0 || !isOn()) return;
    try {
      const details = {
        sent: String(sent),
        waited: String(waited),
        refused: String(refused),
        givenUp: String(givenUp),
      };
      manager.reportPluginInteraction?.({ name: "flex-throttle-summary", status: "complete", details });
    } catch (error) {
      report(error);
    }
  };
  const endEvents = throttle.onEvent((event) => {
    if (isOn()) counts = count(counts, event);
  });
  const timer = setInterval(tell, TELL_EVERY_MS);
  window.addEventListener("pagehide", tell);
  return () => {
    endEvents();
    clearInterval(timer);
    window.removeEventListener("pagehide", tell);
  };
}

function count(counts: Counts, event: ThrottleEvent): Counts {
  switch (event.type) {
    case "sent":
      return {
        ...counts,
        sent: counts.sent + 1,
        waited: counts.waited + (event.waitedMs > NOTICEABLE_MS && event.attempt === 1 ? 1 : 0),
      };
    case "throttled":
      return { ...counts, refused: counts.refused + 1 };
    case "dropped":
      return { ...counts, givenUp: counts.givenUp + 1 };
    default:
      return counts;
  }
}

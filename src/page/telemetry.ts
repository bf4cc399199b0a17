/** Sends counts of what the throttle did with the desktop's own telemetry, if an admin has switched it on. */

import { Throttle, ThrottleEvent } from "../flexThrottle";
import { tryTo } from "../helpers/tryTo";
import { runRegularly } from "./runRegularly";

/** Each report is a request of its own, because Flex does not batch them. */
const SEND_EVERY_MS = 900_000;

/** Shorter waits are not counted, because people do not notice them. */
const NOTICEABLE_MS = 1000;

export interface TelemetryOptions {
  readonly throttle: Pick<Throttle, "onEvent">;
  readonly send: (name: string, counts: Readonly<Record<string, string>>) => void;
  readonly isOn: () => boolean;
  readonly report: (error: unknown) => void;
}

const NO_COUNTS = { sent: 0, waited: 0, throttled: 0, dropped: 0 };

type Counts = typeof NO_COUNTS;

/** Also sends when the page closes. @returns ends it. */
export function installTelemetry({ throttle, send, isOn, report }: TelemetryOptions): () => void {
  let counts = NO_COUNTS;
  const sendCounts = () => {
    const { sent, waited, throttled, dropped } = counts;
    counts = NO_COUNTS;
    if (waited + throttled + dropped === 0 || !isOn()) return;
    const texts = { sent: `${sent}`, waited: `${waited}`, throttled: `${throttled}`, dropped: `${dropped}` };
    tryTo(() => send("flex-throttle-summary", texts), report);
  };
  const endEvents = throttle.onEvent((event) => {
    if (isOn()) counts = count(counts, event);
  });
  const endSending = runRegularly(sendCounts, SEND_EVERY_MS);
  return () => {
    endEvents();
    endSending();
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
      return { ...counts, throttled: counts.throttled + 1 };
    case "dropped":
      return { ...counts, dropped: counts.dropped + 1 };
    default:
      return counts;
  }
}

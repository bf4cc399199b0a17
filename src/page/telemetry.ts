/** Sends counts of what the throttle did with the desktop's own telemetry, if an admin has switched it on. */

import { Throttle, ThrottleEvent } from "../flexThrottle";
import { tryTo } from "../helpers/tryTo";
import { installAll } from "../patch";
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

/** Also sends when the page closes. @returns ends it. */
export function installTelemetry({ throttle, send, isOn, report }: TelemetryOptions): () => void {
  let counts = { ...NO_COUNTS };
  const sendCounts = () => {
    const { waited, throttled, dropped } = counts;
    const texts = Object.fromEntries(Object.entries(counts).map(([name, value]) => [name, String(value)]));
    counts = { ...NO_COUNTS };
    if (waited + throttled + dropped === 0 || !isOn()) return;
    tryTo(() => send("flex-throttle-summary", texts), report);
  };
  const countEvent = (event: ThrottleEvent) => {
    if (!isOn() || event.type === "aborted") return;
    counts[event.type] += 1;
    if (event.type === "sent" && event.waitedMs > NOTICEABLE_MS && event.attempt === 1) counts.waited += 1;
  };
  return installAll([() => throttle.onEvent(countEvent), () => runRegularly(sendCounts, SEND_EVERY_MS)]);
}

/**
 * Notices that an admin has changed the settings, in a list of their own. Every agent's token can write one, so a notice is
 * only a hint: the browser reads the settings that the account stores.
 */

import { Clock, Random } from "../throttle/clock";
import { LogEngine } from "./engine";
import { LogConnection } from "./logConnection";

/** In place of a limit's id. The command writes to the list of this name. */
export const NOTICES = "settings";

/** Browsers read the settings spread over this time, and not more often however many notices there are. */
const MIN_DELAY_MS = 10_000;
const SPREAD_MS = 15_000;

const MAX_ATTEMPTS = 3;

export interface NoticesOptions {
  readonly engine: LogEngine;
  readonly clock: Clock;
  readonly random: Random;
  /** Reads the settings. Rejects if they cannot be read. */
  readonly readSettings: () => Promise<void>;
}

export interface SettingsNotices {
  /**
   * Connects.
   *
   * @param onRoundTrip receives how long each request took, in milliseconds.
   */
  use(onRoundTrip: (tookMs: number) => void): void;
  end(): void;
}

export function createSettingsNotices({ engine, clock, random, readSettings }: NoticesOptions): SettingsNotices {
  let cancelReading: (() => void) | undefined;
  let attemptsLeft = 0;
  let reportRoundTrip: (tookMs: number) => void = () => undefined;
  const planReading = () => {
    if (cancelReading || attemptsLeft === 0) return;
    const read = () => {
      cancelReading = undefined;
      attemptsLeft -= 1;
      readSettings().catch(planReading);
    };
    cancelReading = clock.schedule(read, MIN_DELAY_MS + random() * SPREAD_MS);
  };
  const onNotice = () => {
    attemptsLeft = MAX_ATTEMPTS;
    planReading();
  };
  const connection = new LogConnection({
    limit: NOTICES,
    engine,
    clock,
    random,
    nextIndex: () => 0,
    onOpened: (items) => items.forEach(onNotice),
    onRoundTrip: (tookMs) => reportRoundTrip(tookMs),
    onItem: onNotice,
    onChange: () => undefined,
  });
  return {
    use: (onRoundTrip) => {
      reportRoundTrip = onRoundTrip;
      connection.use();
    },
    end: () => {
      attemptsLeft = 0;
      cancelReading?.();
      connection.end();
    },
  };
}

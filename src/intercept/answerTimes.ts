/**
 * Reports when answers reached the browser. A page that is busy drawing notices them later, by hundreds of milliseconds.
 *
 * Reads `PerformanceResourceTiming.responseEnd`, which browsers report for other origins, too.
 *
 * @see docs/adr/0004-count-a-start-from-its-answer.md
 */

import { tryTo } from "../helpers/tryTo";

export interface AnswerTimes {
  /**
   * @param send sends a request to this URL before it returns.
   * @param onArrival called at most once, with milliseconds on the clock of `performance.now()`. Never called if the
   *   browser reports nothing.
   * @returns what `send` returns.
   */
  track<T>(url: string, send: () => T, onArrival: (atMs: number) => void): T;
  end(): void;
}

interface TrackedRequest {
  readonly path: string;
  readonly fromMs: number;
  readonly toMs: number;
  readonly onArrival: (atMs: number) => void;
}

/** Requests that are never reported, such as failed ones in older browsers, must not accumulate. */
const MAX_TRACKED = 100;

export function createAnswerTimes(): AnswerTimes {
  const tracked: TrackedRequest[] = [];
  let observer: PerformanceObserver | undefined;
  const onEntry = (entry: PerformanceResourceTiming) => {
    const index = tracked.findIndex((request) => isTimingOf(entry, request));
    if (index < 0) return;
    const [{ onArrival }] = tracked.splice(index, 1);
    // 0 if the browser does not know.
    if (entry.responseEnd > 0) onArrival(entry.responseEnd);
  };

  return {
    track(url, send, onArrival) {
      observer ??= tryTo(() => observe(onEntry));
      // The browser has none.
      if (!observer) return send();
      const fromMs = performance.now();
      const sent = send();
      tracked.push({ path: pathOf(url), fromMs, toMs: performance.now(), onArrival });
      if (tracked.length > MAX_TRACKED) tracked.shift();
      return sent;
    },
    end() {
      observer?.disconnect();
      tracked.length = 0;
    },
  };
}

/** An observer gets the entries even if the page's buffer for them is full or was cleared. */
function observe(onEntry: (entry: PerformanceResourceTiming) => void): PerformanceObserver {
  const observer = new PerformanceObserver((list) =>
    (list.getEntries() as PerformanceResourceTiming[]).forEach(onEntry),
  );
  observer.observe({ entryTypes: ["resource"] });
  return observer;
}

/**
 * The browser starts a request within the call that sends it, so the time distinguishes it from others to the same URL.
 * Only the path is compared, because other code on the page may send requests through another host.
 */
function isTimingOf(entry: PerformanceResourceTiming, { path, fromMs, toMs }: TrackedRequest): boolean {
  return entry.startTime >= fromMs && entry.startTime <= toMs && entry.name.split("#")[0].endsWith(path);
}

function pathOf(url: string): string {
  const { pathname, search } = new URL(url);
  return pathname + search;
}

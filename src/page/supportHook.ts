/**
 * `window.flexThrottle`: what support staff type into the console of an agent's browser.
 *
 *     flexThrottle.show()      what the view shows, as sentences and tables
 *     flexThrottle.report()    all that is known, as an object
 *     flexThrottle.copy()      the same as JSON, to paste
 */

import { LimitObservation, waitPercentile } from "../record/observation";
import { ReportedEvent, ReportedLimit, Report } from "../record/report";
import { Suggestion } from "../record/suggestions";
import { copyText } from "./copyText";

const NAME = "flexThrottle";

/** So many of the latest decisions are printed; the report holds all. */
const PRINTED = 30;

const MINUTE_MS = 60_000;

export interface SupportHook {
  /** Printed with the rest when somebody looks at it. */
  readonly help: string;
  readonly report: () => Report;
  readonly copy: () => Promise<void>;
  readonly show: () => void;
}

export interface SupportHookOptions {
  readonly makeReport: () => Report;
  /** Puts it into words. */
  readonly describe: (suggestion: Suggestion) => string;
  readonly report: (error: unknown) => void;
}

/** @returns takes it away again, unless somebody has put something of their own there meanwhile. */
export function installSupportHook({ makeReport, describe, report }: SupportHookOptions): () => void {
  const page = window as unknown as Record<string, unknown>;
  if (NAME in page) {
    report(new Error(`window.${NAME} is somebody else's already, and is left alone.`));
    return () => undefined;
  }
  const hook: SupportHook = {
    help: `${NAME}.show() prints what the view shows; ${NAME}.report() is all of it; ${NAME}.copy() copies that as JSON. Nothing in it is about customers.`,
    report: makeReport,
    copy: () => copyReport(makeReport()),
    show: () => print(makeReport(), describe),
  };
  Object.defineProperty(page, NAME, { configurable: true, enumerable: false, writable: true, value: hook });
  return () => {
    if (page[NAME] === hook) delete page[NAME];
  };
}

async function copyReport(report: Report): Promise<void> {
  try {
    await copyText(JSON.stringify(report, null, 2));
  } catch {
    throw new Error(`The browser did not let the page copy. In its console this does: copy(${NAME}.report())`);
  }
  console.log("Copied.");
}

function print(
  { plugin, mode, problems, limits, flexFlows, observation, suggestions = [], events }: Report,
  describe: SupportHookOptions["describe"],
): void {
  console.log(`Flex Throttle ${plugin}, mode ${mode}. Decisions kept: ${events.length}.`);
  problems.forEach((problem) => console.log(problem));
  console.table(byName(limits.map(({ limit, ...rest }): [string, Omit<ReportedLimit, "limit">] => [limit, rest])));
  console.log("Flex Flows:", flexFlows);
  if (observation) {
    console.log(
      `Observed for ${Math.floor(observation.measuredMs / MINUTE_MS)} min since ${new Date(observation.sinceMs).toISOString()}:`,
    );
    console.table(
      byName(
        Object.entries(observation.limits).map(([limit, observed]) => [
          limit,
          { ...observed, waits: waitsOf(observed) },
        ]),
      ),
    );
  }
  suggestions.forEach((suggestion) => console.log(describe(suggestion)));
  console.table(
    events
      .slice(-PRINTED)
      .map(({ limits: spent, ...event }: ReportedEvent) => ({ ...event, limits: spent.join(" + ") })),
  );
}

/** As the view sums them up. */
const waitsOf = (observed: LimitObservation) => `95 % up to ${waitPercentile(observed, 0.95)} ms`;

const byName = (entries: readonly [string, object][]) => Object.fromEntries(entries);

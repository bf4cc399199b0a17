/**
 * `window.flexThrottle`: commands for support staff in the console of an agent's browser.
 *
 *     flexThrottle.show()      prints what the view shows
 *     flexThrottle.report()    returns the whole report as an object
 *     flexThrottle.copy()      copies the report as JSON
 */

import { LimitObservation, waitPercentile } from "../record/observation";
import { ReportedEvent, ReportedLimit, Report } from "../record/report";
import { Suggestion } from "../record/suggestions";
import { copyText } from "./copyText";

const NAME = "flexThrottle";

/** How many rows of the history and how many decisions are printed. The report contains all of them. */
const PRINTED = 30;

const MINUTE_MS = 60_000;

/** `window.flexThrottle`, for support staff in the console of an agent's browser. */
export interface SupportHook {
  /** What the methods do; visible when the object is inspected. */
  readonly help: string;
  /** Returns the plugin's state for support. */
  readonly report: () => Report;
  /** Copies the report as JSON. Rejects with an `Error` if the browser does not let the page copy. */
  readonly copy: () => Promise<void>;
  /** Prints the report as text and tables, without the older decisions. */
  readonly show: () => void;
}

export interface SupportHookOptions {
  readonly makeReport: () => Report;
  /** Describes a suggestion as a sentence. */
  readonly describe: (suggestion: Suggestion) => string;
  readonly report: (error: unknown) => void;
}

/** @returns removes it, unless another script has replaced it. */
export function installSupportHook({ makeReport, describe, report }: SupportHookOptions): () => void {
  const page = window as unknown as Record<string, unknown>;
  if (NAME in page) {
    report(new Error(`window.${NAME} is in use by another script and is left unchanged.`));
    return () => undefined;
  }
  const hook: SupportHook = {
    help: `${NAME}.show() prints what the view shows, ${NAME}.report() returns all of it, ${NAME}.copy() copies it as JSON. It contains no customer data.`,
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
    throw new Error(
      `The browser does not let the page copy. Type this into the console instead: copy(${NAME}.report())`,
    );
  }
  console.log("Copied.");
}

function print(
  { plugin, mode, problems, limits, accountBudget, flexFlows, observation, suggestions = [], history, events }: Report,
  describe: SupportHookOptions["describe"],
): void {
  console.log(`Flex Throttle ${plugin}, mode ${mode}. Decisions recorded: ${events.length}.`);
  problems.forEach((problem) => console.log(problem));
  console.table(byName(limits.map(({ limit, ...rest }): [string, Omit<ReportedLimit, "limit">] => [limit, rest])));
  const { limits: shared, ...budget } = accountBudget;
  if (budget.health !== "off") {
    console.log("Account budget:", budget);
    console.table(byName(shared.map(({ limit, ...rest }): [string, object] => [limit, rest])));
  }
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
  console.table(history.slice(-PRINTED));
  console.table(
    events
      .slice(-PRINTED)
      .map(({ limits: spent, ...event }: ReportedEvent) => ({ ...event, limits: spent.join(" + ") })),
  );
}

/** The same summary as in the view. */
const waitsOf = (observed: LimitObservation) => `95 % up to ${waitPercentile(observed, 0.95)} ms`;

const byName = (entries: readonly [string, object][]) => Object.fromEntries(entries);

/**
 * `window.flexThrottle`: what support staff type into the console of an agent's browser.
 *
 *     flexThrottle.show()      the limits and the latest decisions, as tables
 *     flexThrottle.report()    all that is known, as an object
 *     flexThrottle.copy()      the same as JSON, to paste
 */

import { ReportedEvent, ReportedLimit, Report } from "../record/report";
import { copyText } from "./copyText";

const NAME = "flexThrottle";

/** So many of the latest decisions are printed; the report holds all. */
const PRINTED = 30;

export interface SupportHook {
  /** Printed with the rest when somebody looks at it. */
  readonly help: string;
  readonly report: () => Report;
  readonly copy: () => Promise<void>;
  readonly show: () => void;
}

export interface SupportHookOptions {
  readonly makeReport: () => Report;
  readonly report: (error: unknown) => void;
}

/** @returns takes it away again, unless somebody has put something of their own there meanwhile. */
export function installSupportHook({ makeReport, report }: SupportHookOptions): () => void {
  const page = window as unknown as Record<string, unknown>;
  if (NAME in page) {
    report(new Error(`window.${NAME} is somebody else's already, and is left alone.`));
    return () => undefined;
  }
  const hook: SupportHook = {
    help: `${NAME}.show() prints limits and latest decisions; ${NAME}.report() is all of it; ${NAME}.copy() copies that as JSON. Nothing in it is about customers.`,
    report: makeReport,
    copy: () => copyReport(makeReport()),
    show: () => print(makeReport()),
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

function print({ plugin, mode, problems, limits, events }: Report): void {
  console.log(`Flex Throttle ${plugin}, mode ${mode}. Decisions kept: ${events.length}.`);
  problems.forEach((problem) => console.log(problem));
  console.table(byName(limits.map(({ limit, ...rest }): [string, Omit<ReportedLimit, "limit">] => [limit, rest])));
  console.table(events.slice(-PRINTED).map(({ limits: spent, ...event }: ReportedEvent) => ({ ...event, limits: spent.join(" + ") })));
}

const byName = (entries: readonly [string, object][]) => Object.fromEntries(entries);

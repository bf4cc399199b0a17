/** Measures accessibility with axe. */

import type { AxeResults, NodeResult, RunOptions } from "axe-core";
import { readFileSync } from "fs";

import { painted } from "./appearance";
import { Desk } from "./desk";

const AXE = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

/** Violations that axe calls serious or critical, and texts whose contrast it cannot measure because something covers them. */
export async function seriousViolations(
  desk: Pick<Desk, "page" | "evaluate">,
  selectors: readonly string[],
): Promise<string[]> {
  await desk.page.evaluate(AXE);
  await painted(desk);
  const { violations, incomplete } = await desk.evaluate(runAxe, selectors);
  const found = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
  const unmeasured = incomplete.filter(({ id }) => id === "color-contrast");
  return [...found, ...unmeasured].flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }: NodeResult) => `${id}: ${html}\n${failureSummary}`),
  );
}

/** Runs in the page, so it may use nothing from this module. */
async function runAxe(wanted: readonly string[]): Promise<AxeResults> {
  const { axe } = window as unknown as { axe: { run(context: object, options: RunOptions): Promise<AxeResults> } };
  const within = wanted.flatMap((selector) =>
    Array.from(document.querySelectorAll<HTMLElement>(`${selector}, ${selector} *`)),
  );
  // Flex paints buttons with a gradient between two equal colors. Axe measures no contrast on gradients.
  const gradients = within.flatMap((element) => {
    const [, from, to] =
      /^linear-gradient\(to top, (rgb\(.*?\)), (rgb\(.*?\))\)$/.exec(getComputedStyle(element).backgroundImage) ?? [];
    return from !== undefined && from === to ? [{ element, color: from, before: element.style.cssText }] : [];
  });
  // Axe skips elements that are hidden from screen readers. They are visible all the same.
  const hidden = within.filter(
    (element) => element.getAttribute("aria-hidden") === "true" && element.textContent !== "",
  );
  hidden.forEach((element) => element.removeAttribute("aria-hidden"));
  gradients.forEach(({ element, color }) =>
    Object.assign(element.style, { backgroundImage: "none", backgroundColor: color }),
  );
  const results = await axe.run(
    { include: wanted.map((selector) => [selector]) },
    { resultTypes: ["violations", "incomplete"] },
  );
  hidden.forEach((element) => element.setAttribute("aria-hidden", "true"));
  gradients.forEach(({ element, before }) => (element.style.cssText = before));
  return results;
}

/** Whether texts on the page can be read: accessibility as axe measures it, and texts that are cut off. */

import type { AxeResults, NodeResult, RunOptions } from "axe-core";
import { readFileSync } from "fs";

import { TextKey, TRANSLATIONS } from "../../src/texts/texts";
import { Desk } from "./desk";

export const THEMES = ["FlexLight", "FlexDark"] as const;
export const LANGUAGES = Object.keys(TRANSLATIONS);
const SCREENS = [
  { width: 1024, height: 900 },
  { width: 1600, height: 900 },
];

/** CSS selectors of parts of the page. */
export const BADGE = "div:has(> [aria-haspopup=dialog])";
export const LIST = "[role=dialog]";
export const BANNERS = ".Twilio-NotificationBar";
export const TASK = ".Twilio-TaskCanvasTabs [tabindex='-1']:has(> [role=status])";
export const LINES = ".Twilio-TaskListBaseItem-SecondLine";
export const PAGE = "div:has(> #flex-throttle-tab-panel)";
export const VIEW = "[data-flex-throttle=view]";

const AXE = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

/** Resolves after two frames: React's changes are laid out and painted by then. */
const painted = (desk: Desk) =>
  desk.evaluate(
    () => new Promise<void>((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve()))),
  );

/** Changes Flex's own configuration while it runs, such as the language or the theme. */
export async function configure(desk: Desk, config: object): Promise<void> {
  await desk.evaluate((wanted) => window.Twilio.Flex.Manager.getInstance().updateConfig(wanted), config);
  await painted(desk);
}

/** The longest part of a text, or of one of its plural forms, between its placeholders. */
export function longestPart(language: string, key: TextKey, form: "one" | "other" = "other"): string {
  const text = TRANSLATIONS[language][key] ?? "";
  return (typeof text === "string" ? text : (text[form] ?? text.other))
    .split(/\{\{\w+\}\}/)
    .reduce((longest, part) => (part.length > longest.length ? part : longest))
    .trim();
}

/** Violations that axe calls serious or critical, and texts whose contrast it cannot measure because something covers them. */
export async function seriousViolations(desk: Desk, selectors: readonly string[]): Promise<string[]> {
  await desk.page.evaluate(AXE);
  await painted(desk);
  const { violations, incomplete } = await desk.evaluate(async (wanted) => {
    const { axe } = window as unknown as { axe: { run(context: object, options: RunOptions): Promise<AxeResults> } };
    const within = wanted.flatMap((selector) =>
      Array.from(document.querySelectorAll<HTMLElement>(`${selector}, ${selector} *`)),
    );
    // Flex paints a button with a gradient between two equal colors, for which axe measures no contrast.
    const gradients = within.flatMap((element) => {
      const [, from, to] =
        /^linear-gradient\(to top, (rgb\(.*?\)), (rgb\(.*?\))\)$/.exec(getComputedStyle(element).backgroundImage) ?? [];
      return from !== undefined && from === to ? [{ element, color: from, before: element.style.cssText }] : [];
    });
    // Nor does axe measure what is hidden from screen readers, which others read all the same.
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
  }, selectors);
  const found = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
  const unmeasured = incomplete.filter(({ id }) => id === "color-contrast");
  return [...found, ...unmeasured].flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }: NodeResult) => `${id}: ${html}\n${failureSummary}`),
  );
}

/**
 * Elements that reach out of the window, and texts that overflow their element or are cut off by an ancestor. A scrolling
 * element may hold more than it shows, a selected element only vertically. Selectors that match nothing are reported.
 */
const cutOff = (desk: Desk, selectors: readonly string[]): Promise<string[]> =>
  desk.evaluate((wanted) => {
    type Box = Pick<DOMRect, "left" | "top" | "right" | "bottom">;
    const scrolls = (overflow: string) => overflow === "auto" || overflow === "scroll";
    const isWithin = (inner: Box, outer: Box, side: "x" | "y") =>
      side === "x"
        ? inner.left >= outer.left - 1 && inner.right <= outer.right + 1
        : inner.top >= outer.top - 1 && inner.bottom <= outer.bottom + 1;
    // Read once: a form has hundreds of elements, each with a dozen ancestors.
    const known = new Map<
      Element,
      { readonly room: Box; readonly x: string; readonly y: string; readonly isFixed: boolean }
    >();
    const styleOf = (element: Element) => {
      const before = known.get(element);
      if (before) return before;
      const { overflowX, overflowY, position } = getComputedStyle(element);
      const seen = { room: element.getBoundingClientRect(), x: overflowX, y: overflowY, isFixed: position === "fixed" };
      known.set(element, seen);
      return seen;
    };
    const screen = { left: 0, top: 0, right: window.innerWidth, bottom: window.innerHeight };
    // Compares with every ancestor up to the window; a scrolling ancestor takes the place of its content.
    const isWhole = (box: Box, from: Element, isText: boolean): boolean =>
      (["x", "y"] as const).every((side) => {
        let seen = box;
        for (let around: Element | null = from; around; around = around.parentElement) {
          const { room, isFixed, [side]: overflow } = styleOf(around);
          if (scrolls(overflow)) seen = room;
          else if (isText && overflow !== "visible" && !isWithin(seen, room, side)) return false;
          if (isFixed) break;
        }
        return isWithin(seen, screen, side);
      });
    // Texts for screen readers only have a size of one pixel.
    const isSeen = (element: Element) => {
      for (let around: Element | null = element; around; around = around.parentElement)
        if (styleOf(around).room.right - styleOf(around).room.left <= 1) return false;
      return true;
    };
    const isTooWide = (element: Element, isPlace: boolean) =>
      element.clientWidth > 1 &&
      element.scrollWidth > element.clientWidth + 1 &&
      (isPlace || !scrolls(styleOf(element).x));
    const textsOf = (element: Element) =>
      Array.from(element.childNodes)
        .filter((node) => node.nodeType === Node.TEXT_NODE)
        .flatMap((node) => {
          const range = document.createRange();
          range.selectNodeContents(node);
          return Array.from(range.getClientRects());
        });
    // Shortened on purpose, with the whole text as its title.
    const isShortened = (element: Element) =>
      getComputedStyle(element).textOverflow === "ellipsis" && element.getAttribute("title") === element.textContent;
    const isTextCut = (element: Element, isPlace: boolean) =>
      !isShortened(element) &&
      (isTooWide(element, isPlace) || textsOf(element).some((box) => !isWhole(box, element, true)));
    const isCut = (element: Element, isPlace: boolean) =>
      isSeen(element) && (!isWhole(styleOf(element).room, element, false) || isTextCut(element, isPlace));
    return wanted.flatMap((selector) => {
      const here = Array.from(document.querySelectorAll(selector));
      if (here.length === 0) return [`no element matches ${selector}`];
      const all = here.flatMap((place) => [place, ...Array.from(place.querySelectorAll("*"))]);
      return all
        .filter((element) => isCut(element, here.includes(element)))
        .map(({ outerHTML }) => outerHTML.slice(0, 200));
    });
  }, selectors);

/** What is cut off on a narrow and on a wide screen, in a light and in a dark theme. */
export async function cutOffAnywhere(desk: Desk, selectors: readonly string[]): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {};
  for (const baseName of THEMES) {
    await configure(desk, { colorTheme: { baseName } });
    for (const screen of SCREENS) {
      await desk.page.setViewportSize(screen);
      await painted(desk);
      found[`${baseName}, ${screen.width}`] = await cutOff(desk, selectors);
    }
  }
  return found;
}

/** The result of `cutOffAnywhere` when nothing is cut off. */
export const NOTHING = Object.fromEntries(
  THEMES.flatMap((theme) => SCREENS.map(({ width }) => [`${theme}, ${width}`, []])),
);

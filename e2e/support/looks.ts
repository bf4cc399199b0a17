/** What can be read on an agent's screen, and what cannot: contrast and the like as axe sees them, and what is cut off. */

import type { AxeResults, NodeResult, RunOptions } from "axe-core";
import { readFileSync } from "fs";

import { Desk } from "./desk";

export const THEMES = ["FlexLight", "FlexDark"] as const;

/** What stands on the screen, by CSS. */
export type Places = readonly string[];

const AXE = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

/** Two frames: what was asked for has been drawn, and laid out. */
export const drawn = (desk: Desk) =>
  desk.evaluate(
    () => new Promise<void>((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve()))),
  );

/** Gives Flex other settings while it runs, such as another language or theme. */
export async function configure(desk: Desk, config: object): Promise<void> {
  await desk.evaluate((wanted) => window.Twilio.Flex.Manager.getInstance().updateConfig(wanted), config);
  await drawn(desk);
}

/** What axe finds serious or critical within these places, and each text whose contrast it could not tell: something lay over it. */
export async function serious(desk: Desk, places: Places): Promise<string[]> {
  await desk.page.evaluate(AXE);
  await drawn(desk);
  const { violations, incomplete } = await desk.evaluate(async (selectors) => {
    const { axe } = window as unknown as { axe: { run(context: object, options: RunOptions): Promise<AxeResults> } };
    const within = selectors.flatMap((selector) =>
      Array.from(document.querySelectorAll<HTMLElement>(`${selector}, ${selector} *`)),
    );
    // Flex paints a button by a gradient from a colour to that same colour, of which axe tells no contrast.
    const painted = within.flatMap((element) => {
      const [, from, to] =
        /^linear-gradient\(to top, (rgb\(.*?\)), (rgb\(.*?\))\)$/.exec(getComputedStyle(element).backgroundImage) ?? [];
      return from !== undefined && from === to ? [{ element, color: from, before: element.style.cssText }] : [];
    });
    // Of what is kept from those who listen it tells none either; others read it all the same.
    const unheard = within.filter(
      (element) => element.getAttribute("aria-hidden") === "true" && element.textContent !== "",
    );
    unheard.forEach((element) => element.removeAttribute("aria-hidden"));
    painted.forEach(({ element, color }) =>
      Object.assign(element.style, { backgroundImage: "none", backgroundColor: color }),
    );
    const results = await axe.run(
      { include: selectors.map((selector) => [selector]) },
      { resultTypes: ["violations", "incomplete"] },
    );
    unheard.forEach((element) => element.setAttribute("aria-hidden", "true"));
    painted.forEach(({ element, before }) => (element.style.cssText = before));
    return results;
  }, places);
  const found = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
  const untold = incomplete.filter(({ id }) => id === "color-contrast");
  return [...found, ...untold].flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }: NodeResult) => `${id}: ${html}\n${failureSummary}`),
  );
}

/**
 * What is not to be seen whole within these places: elements that reach out of the window, texts that run out of their
 * element or are cut off by one around them. What scrolls may be longer than its room, a place itself only longer and not
 * wider. A place that is not there is told, too.
 */
export const cutOff = (desk: Desk, places: Places): Promise<string[]> =>
  desk.evaluate((selectors) => {
    type Box = Pick<DOMRect, "left" | "top" | "right" | "bottom">;
    const scrolls = (overflow: string) => overflow === "auto" || overflow === "scroll";
    const isWithin = (inner: Box, outer: Box, side: "x" | "y") =>
      side === "x"
        ? inner.left >= outer.left - 1 && inner.right <= outer.right + 1
        : inner.top >= outer.top - 1 && inner.bottom <= outer.bottom + 1;
    // Asked for once: a form has hundreds of elements, each of them in a dozen others.
    const known = new Map<
      Element,
      { readonly room: Box; readonly x: string; readonly y: string; readonly isFixed: boolean }
    >();
    const look = (element: Element) => {
      const before = known.get(element);
      if (before) return before;
      const { overflowX, overflowY, position } = getComputedStyle(element);
      const seen = { room: element.getBoundingClientRect(), x: overflowX, y: overflowY, isFixed: position === "fixed" };
      known.set(element, seen);
      return seen;
    };
    const screen = { left: 0, top: 0, right: window.innerWidth, bottom: window.innerHeight };
    // Through everything around it up to the window: what scrolls stands for all that is in it.
    const isWhole = (box: Box, from: Element, isText: boolean): boolean =>
      (["x", "y"] as const).every((side) => {
        let seen = box;
        for (let around: Element | null = from; around; around = around.parentElement) {
          const { room, isFixed, [side]: overflow } = look(around);
          if (scrolls(overflow)) seen = room;
          else if (isText && overflow !== "visible" && !isWithin(seen, room, side)) return false;
          if (isFixed) break;
        }
        return isWithin(seen, screen, side);
      });
    // For those who listen: of one pixel, and never seen.
    const isSeen = (element: Element) => {
      for (let around: Element | null = element; around; around = around.parentElement)
        if (look(around).room.right - look(around).room.left <= 1) return false;
      return true;
    };
    const isTooWide = (element: Element, isPlace: boolean) =>
      element.clientWidth > 1 &&
      element.scrollWidth > element.clientWidth + 1 &&
      (isPlace || !scrolls(look(element).x));
    const textsOf = (element: Element) =>
      Array.from(element.childNodes)
        .filter((node) => node.nodeType === Node.TEXT_NODE)
        .flatMap((node) => {
          const range = document.createRange();
          range.selectNodeContents(node);
          return Array.from(range.getClientRects());
        });
    // On purpose, with all of it in its title.
    const isShortened = (element: Element) =>
      getComputedStyle(element).textOverflow === "ellipsis" && element.getAttribute("title") === element.textContent;
    const isTextCut = (element: Element, isPlace: boolean) =>
      !isShortened(element) &&
      (isTooWide(element, isPlace) || textsOf(element).some((box) => !isWhole(box, element, true)));
    const isCut = (element: Element, isPlace: boolean) =>
      isSeen(element) && (!isWhole(look(element).room, element, false) || isTextCut(element, isPlace));
    return selectors.flatMap((selector) => {
      const here = Array.from(document.querySelectorAll(selector));
      if (here.length === 0) return [`nothing is at ${selector}`];
      const all = here.flatMap((place) => [place, ...Array.from(place.querySelectorAll("*"))]);
      return all
        .filter((element) => isCut(element, here.includes(element)))
        .map(({ outerHTML }) => outerHTML.slice(0, 200));
    });
  }, places);

/* oxlint-disable max-lines-per-function -- Playwright sends one function to the page; it may use nothing outside it. */
/** Finds texts and elements that are cut off. */

import { Desk } from "./desk";

/**
 * Elements that extend beyond the window, and texts that overflow their element or are cut off by an ancestor. Content of
 * a scrolling element may overflow it; content of a selected element only vertically. Reports selectors without a match.
 */
export const cutOff = (desk: Desk, selectors: readonly string[]): Promise<string[]> =>
  desk.evaluate((wanted) => {
    type Box = Pick<DOMRect, "left" | "top" | "right" | "bottom">;
    const scrolls = (overflow: string) => overflow === "auto" || overflow === "scroll";
    const isWithin = (inner: Box, outer: Box, side: "x" | "y") =>
      side === "x"
        ? inner.left >= outer.left - 1 && inner.right <= outer.right + 1
        : inner.top >= outer.top - 1 && inner.bottom <= outer.bottom + 1;
    // Cached: a form has hundreds of elements, each with a dozen ancestors.
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
    // Compares with every ancestor up to the window. From a scrolling ancestor on, its own box is compared instead.
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
    // Texts only for screen readers are one pixel wide.
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
    // Shortened on purpose: the title has the whole text.
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

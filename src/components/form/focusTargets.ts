/** Elements of the form that links move the focus to. */

export const PROBLEMS_ID = "flex-throttle-problems";
export const CHANGES_ID = "flex-throttle-difference";

/** @param id id of a focusable element. */
export function focusElement(id: string): void {
  const element = document.getElementById(id);
  element?.closest("details")?.setAttribute("open", "");
  element?.focus();
  element?.scrollIntoView({ block: "center" });
}

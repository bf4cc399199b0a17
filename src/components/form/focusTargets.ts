/** Where in the form one can be led to. */

export const PROBLEMS_ID = "flex-throttle-problems";
export const CHANGES_ID = "flex-throttle-difference";

/** @param id of something that can have the focus. */
export function focusElement(id: string): void {
  const element = document.getElementById(id);
  element?.focus();
  element?.scrollIntoView({ block: "center" });
}

/** Where in the form one can be led to. */

export const PROBLEMS = "flex-throttle-problems";
export const DIFFERENCE = "flex-throttle-difference";

/** @param id of something that can have the focus. */
export function goTo(id: string): void {
  const element = document.getElementById(id);
  element?.focus();
  element?.scrollIntoView({ block: "center" });
}

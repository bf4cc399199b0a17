/** Copies a text to the clipboard. */

/** @throws Error if the browser does not allow it, or not now. */
export async function copyText(text: string): Promise<void> {
  try {
    // Missing without https; rejects without focus or if a policy forbids it.
    await navigator.clipboard.writeText(text);
  } catch {
    copySelected(text);
  }
}

/** The older way: copies a selection. */
function copySelected(text: string): void {
  const focused = document.activeElement;
  const area = document.createElement("textarea");
  area.value = text;
  area.setAttribute("readonly", "");
  area.style.cssText = "position: fixed; top: 0; opacity: 0";
  document.body.appendChild(area);
  area.focus({ preventScroll: true });
  area.select();
  try {
    if (!document.execCommand("copy")) throw new Error("The browser did not copy the text.");
  } finally {
    area.remove();
    if (focused instanceof HTMLElement) focused.focus({ preventScroll: true });
  }
}

/** Puts a text where the agent's next "paste" finds it. */

/** @throws Error where the browser lets no page do that, or not at the moment. */
export async function copyText(text: string): Promise<void> {
  try {
    // Missing where the page is not served over https; refused where the page has not the focus, or a policy forbids it.
    await navigator.clipboard.writeText(text);
  } catch {
    copySelected(text);
  }
}

/** As before there was a clipboard for pages: what is selected is copied. */
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
    if (!document.execCommand("copy")) throw new Error("The browser did not copy.");
  } finally {
    area.remove();
    if (focused instanceof HTMLElement) focused.focus({ preventScroll: true });
  }
}

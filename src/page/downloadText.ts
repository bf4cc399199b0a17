/** Downloads a text as a file. */

/** @param type its media type, such as `text/csv`. */
export function downloadText(name: string, type: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  // Firefox follows a link only if it is in the document.
  document.body.appendChild(link);
  link.click();
  link.remove();
  // The browser has started to read it by then.
  setTimeout(() => URL.revokeObjectURL(url), 0);
}

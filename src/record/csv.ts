/** Tables as text for spreadsheets: RFC 4180, and no cell that a spreadsheet would take for a formula. */

export type Cell = string | number | undefined;

const LINE_END = "\r\n";

/** @param header one name for each column. */
export function toCsv(header: readonly string[], rows: readonly (readonly Cell[])[]): string {
  return [header, ...rows].map((row) => row.map(formatCell).join(",") + LINE_END).join("");
}

function formatCell(cell: Cell): string {
  if (cell === undefined) return "";
  const text = typeof cell === "number" ? String(cell) : escapeFormula(cell);
  return /[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
}

/** An Action can be named anything; the apostrophe tells a spreadsheet that it is text. */
function escapeFormula(text: string): string {
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}

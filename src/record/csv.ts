/** CSV as in RFC 4180, with cells escaped that a spreadsheet would run as a formula. */

type Cell = string | number | undefined;

const LINE_END = "\r\n";

/** @returns a header line with these names, and one line with their values for each record. */
export function recordsToCsv<Name extends string>(
  names: readonly Name[],
  records: readonly Readonly<Partial<Record<Name, Cell>>>[],
): string {
  return toCsv(
    names,
    records.map((record) => names.map((name) => record[name])),
  );
}

/** @param header the column names. */
export function toCsv(header: readonly string[], rows: readonly (readonly Cell[])[]): string {
  return [header, ...rows].map((row) => row.map(formatCell).join(",") + LINE_END).join("");
}

function formatCell(cell: Cell): string {
  if (cell === undefined) return "";
  const text = typeof cell === "number" ? String(cell) : escapeFormula(cell);
  return /[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
}

/** Action names are arbitrary text. The apostrophe makes a spreadsheet treat the cell as text. */
function escapeFormula(text: string): string {
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}

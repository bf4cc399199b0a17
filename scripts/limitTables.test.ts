// The plugin, the stand-in and the documentation each have a table of Twilio's limits. This test keeps them equal.

import { readdirSync, readFileSync } from "fs";
import { join } from "path";

import { LIMITS } from "../src/limits/limits";
import { limits as standInLimits } from "../stand-in/gate";

const root = join(__dirname, "..");

interface Row {
  kind: "rate" | "capacity";
  value: number;
}

type Table = Record<string, Row>;

function pluginTable(): Table {
  return Object.fromEntries(
    Object.entries(LIMITS).map(([id, limit]) => [
      id,
      { kind: limit.kind, value: limit.kind === "rate" ? limit.perSecond : limit.max },
    ]),
  );
}

function standInTable(): Table {
  return Object.fromEntries(standInLimits.map((limit) => [limit.id, { kind: limit.kind, value: limit.default }]));
}

/** Wherever the table is, its heading row starts with the columns "limit" and "default". */
const HEADING = /^\|\s*limit\s*\|\s*default\s*\|/i;

function documentedTable(): Table {
  const files = ["README.md", ...markdownFiles("docs")];
  const tables = files.flatMap((file) => {
    const lines = readFileSync(join(root, file), "utf8").split("\n");
    const heading = lines.findIndex((line) => HEADING.test(line));
    return heading < 0 ? [] : [{ file, rows: rowsBelow(lines, heading) }];
  });
  const [table] = tables;
  if (!table || tables.length > 1) {
    const found = tables.map(({ file }) => file).join(", ") || "none";
    throw new Error(`Expected one table with the heading "| limit | default |" in README.md or docs/, found: ${found}`);
  }
  return Object.fromEntries(table.rows.map((line) => readRow(table.file, line)));
}

function markdownFiles(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return markdownFiles(path);
    return path.endsWith(".md") ? [path] : [];
  });
}

/** The rows of a Markdown table, without its heading and the line of dashes. */
function rowsBelow(lines: readonly string[], heading: number): string[] {
  const body = lines.slice(heading + 2);
  const end = body.findIndex((line) => !line.startsWith("|"));
  return end < 0 ? body : body.slice(0, end);
}

/** "| `GET /channels` | 5/s |" is a rate, "| `Flex Flows` | 2500 |" a capacity. Both cells can go on with words. */
function readRow(file: string, line: string): [id: string, row: Row] {
  const [, limit = "", value = ""] = line.split("|").map((cell) => cell.trim());
  const id = /^`([^`]+)`/.exec(limit)?.[1];
  const [, number, perSecond] = /^([\d,]+)(\/s)?/.exec(value) ?? [];
  if (id === undefined || number === undefined)
    throw new Error(`Cannot read this row of the limits in ${file}: ${line}`);
  return [id, { kind: perSecond ? "rate" : "capacity", value: Number(number.replace(/,/g, "")) }];
}

test("the stand-in has the plugin's limits", () => {
  expect(standInTable()).toEqual(pluginTable());
});

test("the documentation has the plugin's limits", () => {
  expect(documentedTable()).toEqual(pluginTable());
});

/** Reads and changes single entries of what an admin has written, whatever it is. Nothing is changed in place. */

import { DEFAULTS } from "./defaults";
import { Path } from "./path";

/** @returns what stands there, `undefined` where nothing does. */
export function getEntry(written: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (holder, key) =>
      isHolder(holder) && Object.prototype.hasOwnProperty.call(holder, key) ? (holder as Holder)[key] : undefined,
    written,
  );
}

/** What is missing on the way there is made: a list where the key is a place in one. */
export function withEntry(written: unknown, path: Path, value: unknown): unknown {
  if (path.length === 0) return value;
  const [key, ...rest] = path;
  const inner = withEntry(getEntry(written, [key]), rest, value);
  if (typeof key === "number") {
    const list = Array.isArray(written) ? written.slice() : [];
    list[key] = inner;
    return list;
  }
  const entries = isHolder(written) && !Array.isArray(written) ? Object.entries(written) : [];
  const isThere = entries.some(([name]) => name === key);
  return fromEntries(
    isThere ? entries.map(([name, old]) => [name, name === key ? inner : old]) : [...entries, [key, inner]],
  );
}

/** Takes an entry out, and with it what held nothing else; an Action or route without entries stays, as the row that it is. */
export function withoutEntry(written: unknown, path: Path): unknown {
  if (path.length === 0) return {};
  const outer = path.slice(0, -1);
  const key = path[path.length - 1];
  const holder = getEntry(written, outer);
  if (!isHolder(holder)) return written;
  const rest = Array.isArray(holder)
    ? holder.filter((_, at) => at !== key)
    : fromEntries(Object.entries(holder).filter(([name]) => name !== key));
  const isEmpty = Object.keys(rest).length === 0;
  return isEmpty && outer.length > 0 && !isRow(outer) ? withoutEntry(written, outer) : withEntry(written, outer, rest);
}

/** Gives an entry another name, in its place. */
export function withRenamedEntry(written: unknown, path: Path, newName: string): unknown {
  const outer = path.slice(0, -1);
  const entries = Object.entries(getEntry(written, outer) as object);
  return withEntry(
    written,
    outer,
    fromEntries(entries.map(([name, value]) => [name === path[path.length - 1] ? newName : name, value])),
  );
}

/** Whether an entry can be written there without writing over something else that was not understood. */
export function canSetEntry(written: unknown, path: Path): boolean {
  return path.every((key, at) => {
    const holder = getEntry(written, path.slice(0, at));
    return holder === undefined || (isHolder(holder) && Array.isArray(holder) === (typeof key === "number"));
  });
}

/** Every setting that has a value of its own, those of the Actions and routes that are written included. */
export function settingPaths(written: unknown): Path[] {
  const actions = rowKeys(written, "actions").flatMap((name) =>
    [["limits"], ["onBurst"]].map((inner) => ["actions", name, ...inner]),
  );
  const routes = rowKeys(written, "routes").flatMap((place) =>
    [["method"], ["url"], ["limits"]].map((inner) => ["routes", place, ...inner]),
  );
  return [...leaves(DEFAULTS, []), ...actions, ...routes];
}

/** The names of the Actions that are written, or the places of the routes. */
export function rowKeys(written: unknown, group: "actions"): string[];
export function rowKeys(written: unknown, group: "routes"): number[];
export function rowKeys(written: unknown, group: "actions" | "routes"): (string | number)[];
export function rowKeys(written: unknown, group: "actions" | "routes"): (string | number)[] {
  const rows = getEntry(written, [group]);
  if (!isHolder(rows) || Array.isArray(rows) !== (group === "routes")) return [];
  return Array.isArray(rows) ? rows.map((_, place) => place) : Object.keys(rows);
}

/** The path of everything that is written, and of what holds it. */
export function writtenPaths(written: unknown, path: Path = []): Path[] {
  if (!isHolder(written)) return [path];
  const inner = Object.entries(written).map(([key, value]) => ({
    key: Array.isArray(written) ? Number(key) : key,
    value,
  }));
  return [path, ...inner.flatMap(({ key, value }) => writtenPaths(value, [...path, key]))];
}

/** A copy of what JSON can hold of it. */
export function copyJson(value: unknown): unknown {
  try {
    return JSON.parse(JSON.stringify(value));
  } catch {
    return undefined;
  }
}

type Holder = Record<string | number, unknown>;

function isHolder(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

function isRow(path: Path): boolean {
  return path.length === 2 && (path[0] === "actions" || path[0] === "routes");
}

function leaves(value: unknown, path: Path): Path[] {
  return isHolder(value) ? Object.entries(value).flatMap(([key, inner]) => leaves(inner, [...path, key])) : [path];
}

/** `Object.fromEntries` under a name that says why: an entry named `__proto__` becomes one, where an assignment would not. */
const fromEntries: (entries: [string, unknown][]) => Record<string, unknown> = Object.fromEntries;

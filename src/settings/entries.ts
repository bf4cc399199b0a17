/** Reads and changes single entries of written settings, valid or not. Every change returns a copy. */

import { hasOwn } from "../helpers/hasOwn";
import { isObject } from "../helpers/isObject";
import { isRecord } from "../helpers/isRecord";
import { tryTo } from "../helpers/tryTo";
import { DEFAULTS } from "./defaults";
import { Path } from "./path";

/** @returns the value at a path; `undefined` if there is none. */
export function getEntry(written: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (parent, key) => (isObject(parent) && hasOwn(parent, key) ? parent[key] : undefined),
    written,
  );
}

/** Sets the value at a path. Missing parents are created: a list for a numeric key, otherwise an object. */
export function withEntry(written: unknown, path: Path, value: unknown): unknown {
  if (path.length === 0) return value;
  const [key, ...rest] = path;
  const inner = withEntry(getEntry(written, [key]), rest, value);
  if (typeof key === "number") {
    const list = Array.isArray(written) ? written.slice() : [];
    list[key] = inner;
    return list;
  }
  const entries = isRecord(written) ? Object.entries(written) : [];
  const exists = entries.some(([name]) => name === key);
  return fromEntries(
    exists ? entries.map(([name, old]) => [name, name === key ? inner : old]) : [...entries, [key, inner]],
  );
}

/** Removes an entry, and its parents if they are empty then. An empty Action or route stays: the form shows it as a row. */
export function withoutEntry(written: unknown, path: Path): unknown {
  if (path.length === 0) return {};
  const parentPath = path.slice(0, -1);
  const key = path[path.length - 1];
  const parent = getEntry(written, parentPath);
  if (!isObject(parent)) return written;
  const rest = Array.isArray(parent)
    ? parent.filter((_, index) => index !== key)
    : fromEntries(Object.entries(parent).filter(([name]) => name !== key));
  const isEmpty = Object.keys(rest).length === 0;
  return isEmpty && parentPath.length > 0 && !isRow(parentPath)
    ? withoutEntry(written, parentPath)
    : withEntry(written, parentPath, rest);
}

/** Renames an entry and keeps its position. */
export function withRenamedEntry(written: unknown, path: Path, newName: string): unknown {
  const parentPath = path.slice(0, -1);
  const entries = Object.entries(getEntry(written, parentPath) as object);
  return withEntry(
    written,
    parentPath,
    fromEntries(entries.map(([name, value]) => [name === path[path.length - 1] ? newName : name, value])),
  );
}

/** Whether an entry can be set without overwriting an invalid parent, such as a text where an object is expected. */
export function canSetEntry(written: unknown, path: Path): boolean {
  return path.every((key, depth) => {
    const parent = getEntry(written, path.slice(0, depth));
    return parent === undefined || (isObject(parent) && Array.isArray(parent) === (typeof key === "number"));
  });
}

/** The paths of all settings that have a value, including those of the written Actions and routes. */
export function settingPaths(written: unknown): Path[] {
  const actions = rowKeys(written, "actions").flatMap((name) =>
    ["label", "limits", "onBurst"].map((key) => ["actions", name, key]),
  );
  const routes = rowKeys(written, "routes").flatMap((index) =>
    ["method", "url", "limits"].map((key) => ["routes", index, key]),
  );
  const general = writtenPaths(DEFAULTS).filter((path) => !isObject(getEntry(DEFAULTS, path)));
  return [...general, ...actions, ...routes];
}

/** The names of the written Actions, or the indexes of the written routes. */
export function rowKeys(written: unknown, group: "actions"): string[];
export function rowKeys(written: unknown, group: "routes"): number[];
export function rowKeys(written: unknown, group: "actions" | "routes"): (string | number)[];
export function rowKeys(written: unknown, group: "actions" | "routes"): (string | number)[] {
  const rows = getEntry(written, [group]);
  if (!isObject(rows) || Array.isArray(rows) !== (group === "routes")) return [];
  return Array.isArray(rows) ? rows.map((_, index) => index) : Object.keys(rows);
}

/** The paths of all written values and of the objects and lists around them. */
export function writtenPaths(written: unknown, path: Path = []): Path[] {
  if (!isObject(written)) return [path];
  const inner = Object.entries(written).flatMap(([key, value]) =>
    writtenPaths(value, [...path, Array.isArray(written) ? Number(key) : key]),
  );
  return [path, ...inner];
}

/** A deep copy of everything that JSON can hold; `undefined` if there is nothing. */
export function copyJson(value: unknown): unknown {
  return tryTo(() => JSON.parse(JSON.stringify(value)) as unknown);
}

/** Valid settings have five levels. A few more are kept, so that a wrong value can be shown. */
const MAX_DEPTH = 20;

/** @returns a copy with a text in place of each object and list that is nested too deeply for a recursive function. */
export function limitDepth(value: unknown, levels = MAX_DEPTH): unknown {
  return levels === 0 && isObject(value) ? "…" : mapInner(value, (inner) => limitDepth(inner, levels - 1));
}

/** @returns a copy of an object or list with other values in it; any other value as it is. */
export function mapInner(value: unknown, map: (inner: unknown) => unknown): unknown {
  if (Array.isArray(value)) return value.map((inner) => map(inner));
  return isObject(value) ? fromEntries(Object.entries(value).map(([key, inner]) => [key, map(inner)])) : value;
}

function isRow(path: Path): boolean {
  return path.length === 2 && (path[0] === "actions" || path[0] === "routes");
}

/** Unlike an assignment, `Object.fromEntries` creates an own entry for the name `__proto__`. */
const fromEntries: (entries: [string, unknown][]) => Record<string, unknown> = Object.fromEntries;

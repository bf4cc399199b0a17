/** The changes from one version of the settings to another, both in the form in which an admin writes them. */

import diff from "microdiff";

import { isObject } from "../helpers/isObject";
import { isRecord } from "../helpers/isRecord";
import { limitDepth, mapInner } from "./entries";
import { formatPath, Path } from "./path";

/** One entry that is added, removed or changed. */
export interface SettingsChange {
  /** `flexThrottle.limits["POST /channels"].perSecond` */
  readonly path: string;
  /** The old value; absent if the entry is new. */
  readonly from?: unknown;
  /** The new value; absent if the entry is removed. */
  readonly to?: unknown;
}

/**
 * @param from any JSON value; `undefined` (no settings) equals `{}`.
 * @param to likewise.
 * @returns every entry that differs, in the order of `from` and then of `to`. Lists are compared index by index.
 */
export function diffSettings(from: unknown = {}, to: unknown = {}): SettingsChange[] {
  const [before, after] = [from, to].map((settings) => withoutPrototypes(limitDepth(settings)));
  const changes = compare({ flexThrottle: before }, { flexThrottle: after }, []);
  return changes.map(({ path: [, ...path], ...change }) => ({ path: formatPath(path), ...change }));
}

type Tree = Record<string, unknown> | unknown[];
type Change = Omit<SettingsChange, "path"> & { readonly path: Path };

const EMPTY: Tree = Object.create(null);

function compare(from: Tree, to: Tree, outer: Path): Change[] {
  return diff(from, to, { cyclesFix: false }).flatMap((found): Change[] => {
    const path = [...outer, ...found.path];
    if (found.type === "CHANGE") return [{ path, from: found.oldValue, to: found.value }];
    // An object that is added or removed as a whole is listed entry by entry.
    if (found.type === "CREATE")
      return hasEntries(found.value) ? compare(EMPTY, found.value, path) : [{ path, to: found.value }];
    return hasEntries(found.oldValue) ? compare(found.oldValue, EMPTY, path) : [{ path, from: found.oldValue }];
  });
}

/** Whether a value consists of several entries. An empty object counts as one entry, and so does a list of plain values. */
function hasEntries(value: unknown): value is Tree {
  if (!isObject(value)) return false;
  return Array.isArray(value) ? value.some((item) => typeof item === "object") : Object.keys(value).length > 0;
}

/** A copy whose objects inherit nothing, because an Action may be named `toString`. */
function withoutPrototypes(value: unknown): unknown {
  const copy = mapInner(value, withoutPrototypes);
  return isRecord(copy) ? Object.assign(Object.create(null), copy) : copy;
}

/** What changes from one set of settings, as an admin writes them, to another. */

import diff from "microdiff";

import { formatPath, Path } from "./path";

/** One entry that is added, taken away or changed. */
export interface SettingsChange {
  /** Where it stands: `flexThrottle.limits["POST /channels"].perSecond`. */
  readonly path: string;
  /** What stood there; absent where nothing did. */
  readonly from?: unknown;
  /** What will stand there; absent where nothing will. */
  readonly to?: unknown;
}

/**
 * @param from plain JSON, whatever it holds; `undefined` where there are no settings, which is the same as `{}`.
 * @param to likewise.
 * @returns every single entry that differs, in the order of `from` and then of `to`. Lists are compared place by place.
 */
export function diffSettings(from: unknown = {}, to: unknown = {}): SettingsChange[] {
  const changes = compare({ flexThrottle: bare(from) }, { flexThrottle: bare(to) }, []);
  return changes.map(({ path: [, ...path], ...change }) => ({ path: formatPath(path), ...change }));
}

type Tree = Record<string, unknown> | unknown[];
type Change = Omit<SettingsChange, "path"> & { readonly path: Path };

/** Without what every object inherits, as all that is compared. */
const NOTHING: Tree = Object.create(null);

function compare(from: Tree, to: Tree, outer: Path): Change[] {
  return diff(from, to, { cyclesFix: false }).flatMap((found): Change[] => {
    const path = [...outer, ...found.path];
    if (found.type === "CHANGE") return [{ path, from: found.oldValue, to: found.value }];
    // What is added or taken away whole is told entry by entry, as it would be if it had been there before.
    if (found.type === "CREATE")
      return isBranch(found.value) ? compare(NOTHING, found.value, path) : [{ path, to: found.value }];
    return isBranch(found.oldValue) ? compare(found.oldValue, NOTHING, path) : [{ path, from: found.oldValue }];
  });
}

/** Whether it holds entries of its own. An empty object, and a list of plain values such as names, is one entry. */
function isBranch(value: unknown): value is Tree {
  if (typeof value !== "object" || value === null) return false;
  return Array.isArray(value) ? value.some((item) => typeof item === "object") : Object.keys(value).length > 0;
}

/** A copy without what every object inherits: an Action may be named `toString`. */
function bare(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(bare);
  if (typeof value !== "object" || value === null) return value;
  return Object.assign(
    Object.create(null),
    Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, bare(inner)])),
  );
}

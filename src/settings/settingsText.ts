/**
 * Reads settings as a person writes them down: JSON, comments allowed. By hand, because it goes into every agent's
 * browser: what JSON is, the browser knows itself, but not every browser says where a text stops being that.
 */

/** A place in a text, from 1 on. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** @returns what is written, whatever it holds, or where it stops being JSON. */
export function parseSettingsText(written: string): { readonly settings: unknown } | { readonly mistake: Position } {
  const text = written.replace(/^\uFEFF/, "");
  const at = findMistake(text);
  if (at !== undefined) return { mistake: positionOf(text, at) };
  return { settings: JSON.parse(text.replace(STRING_OR_COMMENT, (found) => (found.startsWith('"') ? found : ""))) };
}

/** Takes out what only an editor needs, and `{"flexThrottle": …}` around the settings. */
export function unwrapSettings(written: unknown): unknown {
  if (typeof written !== "object" || written === null || Array.isArray(written)) return written;
  const entries = Object.entries(written).filter(([key]) => key !== "$schema");
  return entries.length === 1 && entries[0][0] === "flexThrottle" ? entries[0][1] : Object.fromEntries(entries);
}

/** @param offset from 0 on. */
export function positionOf(text: string, offset: number): Position {
  const lines = text.slice(0, offset).split(/\r\n|\r|\n/);
  return { line: lines.length, column: lines[lines.length - 1].length + 1 };
}

const STRING_OR_COMMENT = /"(?:[^"\\]|\\.)*"|\/\/[^\r\n]*|\/\*[^]*?\*\//g;

const BLANK = /(?:[ \t\r\n]|\/\/[^\r\n]*|\/\*[^]*?\*\/)*/y;
const STRING = /"(?:[^"\\\0-\x1F]|\\(?:["\\/bfnrt]|u[\dA-Fa-f]{4}))*"/y;
const PLAIN = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

/** @returns the offset of what cannot stand where it stands; `undefined` in JSON. */
function findMistake(text: string): number | undefined {
  let at = 0;
  const skip = (what: RegExp) => {
    what.lastIndex = at;
    const isThere = what.test(text);
    if (isThere) at = what.lastIndex;
    return isThere;
  };
  const take = (what: RegExp | string) => {
    skip(BLANK);
    if (typeof what !== "string") return skip(what);
    const isThere = text[at] === what;
    if (isThere) at += 1;
    return isThere;
  };
  const listUpTo = (end: string, takeItem: () => boolean) => {
    if (take(end)) return true;
    do if (!takeItem()) return false;
    while (take(","));
    return take(end);
  };
  const takeValue = (): boolean => {
    if (take("{")) return listUpTo("}", () => take(STRING) && take(":") && takeValue());
    if (take("[")) return listUpTo("]", takeValue);
    return take(STRING) || take(PLAIN);
  };
  const isValue = takeValue();
  skip(BLANK);
  return isValue && at === text.length ? undefined : at;
}

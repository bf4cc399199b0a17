/** Tells by `===` what of a snapshot is another than before, so that only that is drawn anew. */

/**
 * @param before an earlier snapshot, or a part of one: plain data.
 * @returns `next`, with every part that holds the same as it did replaced by the part that was there before.
 */
export function reuseUnchanged<T>(before: unknown, next: T): T {
  if (Object.is(before, next)) return next;
  if (!isObject(before) || !isObject(next) || Array.isArray(before) !== Array.isArray(next)) return next;
  const keys = Object.keys(next);
  const kept = keys.map((key) => (hasOwn(before, key) ? reuseUnchanged(before[key], next[key]) : next[key]));
  if (
    keys.length === Object.keys(before).length &&
    keys.every((key, index) => hasOwn(before, key) && Object.is(before[key], kept[index]))
  )
    return before as unknown as T;
  if (Array.isArray(next)) return kept as unknown as T;
  return Object.fromEntries(keys.map((key, index) => [key, kept[index]])) as unknown as T;
}

/** An Action may be named `toString`: what every object inherits is none of its parts. */
const hasOwn = (branch: object, key: string) => Object.prototype.hasOwnProperty.call(branch, key);

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

/** Structural sharing: unchanged parts of a snapshot keep their identity, so that pure components skip rendering. */

import { hasOwn } from "../../helpers/hasOwn";
import { isObject } from "../../helpers/isObject";

/**
 * @param before an earlier value; plain data.
 * @returns a value equal to `next`, in which every part equal to its counterpart in `before` is that counterpart.
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

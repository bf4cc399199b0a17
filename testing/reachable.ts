/** Measures what an object holds on to, without a measurement of the heap. */

/**
 * Counts the objects that can be reached from this one, and the entries of its lists, maps and sets.
 *
 * @param others objects that it only uses. They are not followed.
 */
export function countReachable(root: object, others: readonly object[]): number {
  const seen = new Set<unknown>(others);
  const open: unknown[] = [root];
  let count = 0;
  while (open.length > 0) {
    const next = open.pop();
    if (typeof next !== "object" || next === null || seen.has(next)) continue;
    seen.add(next);
    count += 1;
    const held = entriesOf(next);
    if (held) count += held.length;
    open.push(...(held ?? Object.values(next)));
  }
  return count;
}

function entriesOf(collection: object): unknown[] | undefined {
  if (collection instanceof Map) return Array.from(collection).flat(1);
  if (collection instanceof Set) return Array.from<unknown>(collection);
  return Array.isArray(collection) ? collection : undefined;
}

// Counts calls the way a rolling limit does: how many are in the last 1000 ms, at any moment.

export const KINDS = ["ok", "other", "open", "throttled"];
const WINDOW_MS = 1000;

/**
 * The steps of the rolling counts by kind, each from its time on. Each call counts for 1000 ms from its own time.
 * @param entries calls as { atMs, kind }.
 */
export function rollingCounts(entries) {
  const changes = entries.flatMap(({ atMs, kind }) => [
    { atMs, kind, by: 1 },
    { atMs: atMs + WINDOW_MS, kind, by: -1 },
  ]);
  // A call leaves before another one comes at the same time: the window is half open, as the account's is.
  changes.sort((one, other) => one.atMs - other.atMs || one.by - other.by);
  const steps = [];
  let counts = Object.fromEntries(KINDS.map((kind) => [kind, 0]));
  for (const { atMs, kind, by } of changes) {
    counts = { ...counts, [kind]: counts[kind] + by };
    if (steps[steps.length - 1]?.atMs === atMs) steps.pop();
    steps.push({ atMs, counts });
  }
  return steps;
}

export function total(counts) {
  return KINDS.reduce((sum, kind) => sum + counts[kind], 0);
}

/** How dropped calls are sent again. Kept outside the store, because it holds no functions and no payloads. */

/** Older ones cannot be sent again. */
const MAX_REPEATS = 200;

export class Repeats {
  private readonly repeats = new Map<number, () => void>();
  private lastId = 0;

  /** @returns the id for `run`; `undefined` for a call that cannot be sent again. */
  add(repeat: (() => void) | undefined): number | undefined {
    if (!repeat) return undefined;
    this.lastId += 1;
    this.repeats.set(this.lastId, repeat);
    this.repeats.delete(this.lastId - MAX_REPEATS);
    return this.lastId;
  }

  run(id: number): void {
    const repeat = this.repeats.get(id);
    this.repeats.delete(id);
    repeat?.();
  }
}

/** In the bundle, this module replaces the balanced tree in which Twilio's Sync SDK caches the items of a list by index. */

export class TreeMap {
  constructor() {
    this.clear();
  }

  get size() {
    return this.keys.length;
  }

  clear() {
    /** In ascending order. */
    this.keys = [];
    this.values = new Map();
  }

  get(key) {
    return this.values.get(key) ?? null;
  }

  set(key, value) {
    if (!this.values.has(key)) {
      // Most items are newer than the others.
      let place = this.keys.length;
      while (place > 0 && this.keys[place - 1] > key) place -= 1;
      this.keys.splice(place, 0, key);
    }
    this.values.set(key, value);
  }

  /** From the first key, or from this one if it exists. */
  *getIterator(from = null) {
    yield* this.entries(this.keys, from);
  }

  *getReverseIterator(from = null) {
    yield* this.entries([...this.keys].reverse(), from);
  }

  *entries(keys, from) {
    const start = from === null ? 0 : keys.indexOf(from);
    if (start < 0) return;
    for (const key of keys.slice(start)) yield [key, this.values.get(key)];
  }
}

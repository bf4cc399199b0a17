/** Time that stands still until a test lets it go on. The network beneath goes on by itself, in real time. */

const realSetTimeout = setTimeout;

/** A step that no rule of the throttle is finer than. */
const STEP_MS = 50;

/** Longer than any pause or wait: what has not ended by then never will. */
const LONGEST_MS = 300_000;

export function useVirtualTime(): void {
  beforeEach(() => void jest.useFakeTimers("modern"));
  afterEach(() => void jest.useRealTimers());
}

/** Lets promises and the network go on; time does not. */
export function breathe(realMs = 0): Promise<void> {
  return new Promise((resolve) => realSetTimeout(resolve, realMs));
}

/** Lets so much time pass, a little at a time, so that what one moment starts the next can end. */
export async function elapse(ms: number, stepMs = STEP_MS): Promise<void> {
  await breathe();
  for (let left = ms; left > 0; left -= stepMs) {
    jest.advanceTimersByTime(Math.min(left, stepMs));
    await breathe();
  }
}

/** Waits, without time passing, until the network has brought this about. */
export async function until(isSo: () => boolean, what = isSo.toString()): Promise<void> {
  for (let tries = 0; !isSo(); tries += 1) {
    if (tries > 1000) throw new Error(`never came about: ${what}`);
    await breathe(1);
  }
}

/** Lets time pass until the promise has settled. @returns its value, or throws its reason. */
export async function ended<T>(promise: Promise<T>): Promise<T> {
  let settled = false;
  const settle = () => void (settled = true);
  promise.then(settle, settle);
  for (let passedMs = 0; !settled; passedMs += STEP_MS) {
    if (passedMs > LONGEST_MS) throw new Error("never settled");
    // The network needs real time between the steps: an answer must not be late by virtual minutes.
    await breathe(2);
    if (!settled) jest.advanceTimersByTime(STEP_MS);
  }
  return promise;
}

/** @returns whether the promise has settled by now. */
export async function isSettled(promise: Promise<unknown>): Promise<boolean> {
  let settled = false;
  const settle = () => void (settled = true);
  promise.then(settle, settle);
  await breathe();
  return settled;
}

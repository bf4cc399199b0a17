/** Fake time that advances only when a test advances it. The network still runs in real time. */

const realSetTimeout = setTimeout;

/** How far time advances at once. No rule of the throttle needs a finer step. */
const STEP_MS = 50;

/** Longer than any cool-down or wait. What has not settled by then never will. */
const LONGEST_MS = 300_000;

export function useVirtualTime(): void {
  beforeEach(() => void jest.useFakeTimers("modern"));
  afterEach(() => void jest.useRealTimers());
}

/** Lets promises and the network progress without advancing time. */
export function breathe(realMs = 0): Promise<void> {
  return new Promise((resolve) => realSetTimeout(resolve, realMs));
}

/** Advances time in small steps, so that work started in one step can finish in the next. */
export async function elapse(ms: number, stepMs = STEP_MS): Promise<void> {
  await breathe();
  for (let left = ms; left > 0; left -= stepMs) {
    jest.advanceTimersByTime(Math.min(left, stepMs));
    await breathe();
  }
}

/** Waits without advancing time until the condition is true. */
export async function until(condition: () => boolean, description = condition.toString()): Promise<void> {
  for (let tries = 0; !condition(); tries += 1) {
    if (tries > 1000) throw new Error(`never became true: ${description}`);
    await breathe(1);
  }
}

/** Advances time until the promise has settled. @returns its value, or throws its reason. */
export async function ended<T>(promise: Promise<T>): Promise<T> {
  let settled = false;
  const settle = () => void (settled = true);
  promise.then(settle, settle);
  for (let passedMs = 0; !settled; passedMs += STEP_MS) {
    if (passedMs > LONGEST_MS) throw new Error("never settled");
    // The network needs real time between the steps. Otherwise an answer would be virtual minutes late.
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

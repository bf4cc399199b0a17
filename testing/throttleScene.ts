/** One scene per test for the tests of the throttle: `begin` starts it, the other helpers use it. */

import { RateLimitId } from "../src/limits/limits";
import { newScene, Scene, SceneOptions, STEADY } from "./scene";

export const FAST = "POST /channels"; // 10 a second
export const SLOW = "GET /WebChannels"; // 1 a second
export const MEMBER = "POST /WebChannels/Users"; // 10 a second

export let scene: Scene;
export const begin = (options: SceneOptions = {}) => (scene = newScene({ delay: STEADY, ...options }));

/** The outcome of a promise so far, without waiting for it. */
export function watch(promise: Promise<unknown>): { outcome: unknown; atMs: number } {
  const seen = { outcome: "pending" as unknown, atMs: NaN };
  const set = (outcome: unknown) => Object.assign(seen, { outcome, atMs: scene.clock.now() });
  promise.then(
    () => set("done"),
    (error) => set(error),
  );
  return seen;
}

export const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));
/** Sends that many calls on the limit. */
export const use = (limit: RateLimitId, count: number) => times(count, () => scene.send({ limits: [limit] }));
/** When calls on the limit were sent, in milliseconds. */
export const startsOn = (limit: RateLimitId) => scene.account.sentAtMs.get(limit) ?? [];

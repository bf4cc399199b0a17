/** Bursts of calls on one limit in browsers that share it. */

import { newSharedScene, SharedScene, SharedSceneOptions } from "./sharedScene";
import { seeded } from "./virtualClock";

export const LIMIT = "POST /WebChannels/Users"; // 10 a second
/** A call that a customer waits for, and that is never given up. */
export const CALL = {
  limits: [LIMIT] as [typeof LIMIT],
  priority: "high" as const,
  maxWaitMs: Infinity,
  isExemptFromQueueLimit: true,
  isExemptFromRetryBudget: true,
};

/** Every browser has used the limit before, so its log is open. */
export async function begin(count: number, options: SharedSceneOptions = {}): Promise<SharedScene> {
  const scene = newSharedScene(count, options);
  scene.browsers.forEach(({ budget }) => budget.prepare(LIMIT));
  await scene.clock.run(5000);
  return scene;
}

/** Each browser sends its calls within a fifth of a second. Resolves when all have succeeded, with the time it took. */
export async function burst({ clock, browsers }: SharedScene, each: number, seed = 1): Promise<number> {
  const random = seeded(seed);
  const startMs = clock.now();
  const all = browsers.flatMap(({ send }) =>
    Array.from({ length: each }, async () => {
      await clock.sleep(random() * 200);
      await send(CALL);
    }),
  );
  await clock.until(Promise.all(all));
  return clock.now() - startMs;
}

import { begin, FAST, MEMBER, scene, SLOW, times } from "../../testing/throttleScene";
import { RateLimitId } from "../limits/limits";

/** Counts the objects that are reachable from `root`. */
function objectsIn(root: object): number {
  const seen = new Set<object>([scene.clock]);
  const visit = (value: unknown) => {
    if (typeof value !== "object" || value === null || seen.has(value)) return;
    seen.add(value);
    if (value instanceof Map || value instanceof Set)
      value.forEach((inner: unknown, key: unknown) => [key, inner].forEach(visit));
    Object.values(value).forEach(visit);
  };
  visit(root);
  return seen.size;
}

test("keeps no objects or timers of finished calls", async () => {
  begin();
  const round = async (count: number) => {
    const limits: RateLimitId[][] = [[FAST], [SLOW], [MEMBER], [FAST, MEMBER], [MEMBER, SLOW], [FAST, SLOW, MEMBER]];
    await scene.clock.until(
      Promise.all(times(count, (index) => scene.send({ limits: limits[index % limits.length], key: String(index) }))),
    );
    await scene.clock.run(scene.clock.now() + 600_000);
  };
  await round(60);
  const before = objectsIn(scene.throttle);
  await round(1200);
  expect(objectsIn(scene.throttle)).toBe(before);
  expect(scene.clock.pending).toBe(0);
});

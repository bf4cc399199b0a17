/** Alternative backoff rules, each in place of the throttle's own. */

import { Policy, throttlePolicy, World } from "./policies";

/** @returns the cool-down in milliseconds after that many 429s in a row. */
type Rule = (throttledInARow: number) => number;

/** The throttle with another length of its cool-downs. */
const withBackoff = (name: string, newRule: (world: World) => Rule): Policy =>
  throttlePolicy(name, (limit, world) => {
    const rule = newRule(world);
    const coolDown = limit.coolDown.bind(limit);
    // `forMs` is 0 for a call that was already under way at the previous 429.
    limit.coolDown = (nowMs, forMs) => coolDown(nowMs, forMs > 0 ? rule(limit["throttledInARow"]) : 0);
  });

/** Full jitter up to each maximum of the list. The last maximum applies to all further 429s. */
const fullJitter =
  (maxSeconds: readonly number[]) =>
  ({ random }: World): Rule =>
  (throttledInARow) =>
    random() * 1000 * at(maxSeconds, throttledInARow);

/** One attempt at a random moment of each round. The next round begins when the round ends, not at its 429. */
const inRounds =
  (seconds: readonly number[]) =>
  ({ clock, random }: World): Rule => {
    let endMs = 0;
    return (throttledInARow) => {
      const beginsMs = throttledInARow === 1 ? clock.now() : Math.max(clock.now(), endMs);
      const lengthMs = 1000 * at(seconds, throttledInARow);
      endMs = beginsMs + lengthMs;
      return beginsMs + random() * lengthMs - clock.now();
    };
  };

const at = (list: readonly number[], throttledInARow: number) => list[Math.min(throttledInARow, list.length) - 1];

export const BACKOFFS: readonly Policy[] = [
  withBackoff("doubling, full jitter, up to 30 s", fullJitter([1, 2, 4, 8, 16, 30])),
  withBackoff(
    "up to 1, 2, 4 (five times), 3 (five times), 8, 16, 30 s, full jitter",
    fullJitter([1, 2, 4, 4, 4, 4, 4, 3, 3, 3, 3, 3, 8, 16, 30]),
  ),
  withBackoff(
    "rounds of 2, 3, 4 s, then 10 % longer each, one attempt in each",
    inRounds([2, 3, ...Array.from({ length: 40 }, (_, more) => 4 * 1.1 ** more)]),
  ),
  withBackoff("rounds of 2, 4, 8, 4, 2, 16, 8, 4, 32, 16, 8, 4 … s", inRounds([2, 4, 8, 4, 2, 16, 8, 4, 32, 16, 8, 4])),
  throttlePolicy("as it is: 2.2 s, half of it jitter, longer after nine 429s"),
];

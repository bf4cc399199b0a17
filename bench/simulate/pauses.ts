/** Other rules for the pause after a refusal, each in the place of the throttle's own: what they do better, and what worse. */

import { Policy, throttled, World } from "./policies";

/** @returns how long to pause after so many refusals in a row. */
type Rule = (refusals: number) => number;

/** The throttle's own pauses but for how long they are. */
const pausing = (name: string, newRule: (world: World) => Rule): Policy =>
  throttled(name, (limit, world) => {
    const rule = newRule(world);
    const coolDown = limit.coolDown.bind(limit);
    // Asked for no pause at all where a call is refused that was under way at the refusal before.
    limit.coolDown = (nowMs, forMs) => coolDown(nowMs, forMs > 0 ? rule(limit["throttledInARow"]) : 0);
  });

/** At any moment up to the longest pauses of the list, the last of which stands for all that follow. */
const upTo =
  (longestSeconds: readonly number[]) =>
  ({ random }: World): Rule =>
  (refusals) =>
    random() * 1000 * at(longestSeconds, refusals);

/** One try at any moment of each round; the next round begins when this one ends, not at its refusal. */
const inRounds =
  (seconds: readonly number[]) =>
  ({ clock, random }: World): Rule => {
    let endMs = 0;
    return (refusals) => {
      const beginsMs = refusals === 1 ? clock.now() : Math.max(clock.now(), endMs);
      const lengthMs = 1000 * at(seconds, refusals);
      endMs = beginsMs + lengthMs;
      return beginsMs + random() * lengthMs - clock.now();
    };
  };

const at = (list: readonly number[], refusals: number) => list[Math.min(refusals, list.length) - 1];

export const PAUSES: readonly Policy[] = [
  pausing("doubling, full jitter, up to 30 s", upTo([1, 2, 4, 8, 16, 30])),
  pausing(
    "up to 1, 2, 4 (five times), 3 (five times), 8, 16, 30 s, full jitter",
    upTo([1, 2, 4, 4, 4, 4, 4, 3, 3, 3, 3, 3, 8, 16, 30]),
  ),
  pausing(
    "rounds of 2, 3, 4 s and a tenth more each, one try at any moment of each",
    inRounds([2, 3, ...Array.from({ length: 40 }, (_, more) => 4 * 1.1 ** more)]),
  ),
  pausing("rounds of 2, 4, 8, 4, 2, 16, 8, 4, 32, 16, 8, 4 … s", inRounds([2, 4, 8, 4, 2, 16, 8, 4, 32, 16, 8, 4])),
  throttled("as it is: 2.2 s with half of it chance, longer after nine"),
];

/**
 * Calls that one layer has seen and that another will see again: an accepted task whose join follows, an Action that
 * will send a request. What the first layer knows (who waits, how urgent) and has acquired goes over to the second.
 */

import { Call } from "./call";
import { Permit } from "./permit";

export interface HandOff<LimitId extends string> {
  /** Only a call with this key is the expected one; without it, the next on any of the limits is. */
  readonly key?: string;
  readonly limits: readonly LimitId[];
  /** What the first layer has acquired for it, if it has. */
  readonly permit?: Permit<LimitId>;
  /** What the first layer knows better. */
  readonly details: Partial<Omit<Call<LimitId>, "limits" | "key">>;
}

export class HandOffRegistry<LimitId extends string> {
  private readonly expected: HandOff<LimitId>[] = [];

  add(call: HandOff<LimitId>): void {
    this.expected.push(call);
  }

  remove(call: HandOff<LimitId>): void {
    const index = this.expected.indexOf(call);
    if (index >= 0) this.expected.splice(index, 1);
  }

  find(call: Call<LimitId>): HandOff<LimitId> | undefined {
    if (call.isEntryPoint) return undefined;
    const sharesLimit = (expected: HandOff<LimitId>) => expected.limits.some((limit) => call.limits.includes(limit));
    return (
      this.expected.find(
        (expected) => expected.key !== undefined && expected.key === call.key && sharesLimit(expected),
      ) ??
      this.expected.find(
        (expected) => expected.key === undefined && sharesLimit(expected) && holdsPermit(expected, call.limits),
      )
    );
  }
}

/** An Action's permit serves one call; its second one acquires its own. */
function holdsPermit<LimitId extends string>({ permit }: HandOff<LimitId>, limits: readonly LimitId[]): boolean {
  return permit !== undefined && limits.some((limit) => permit.holds(limit));
}

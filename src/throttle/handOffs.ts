/**
 * Calls that one layer has intercepted and another will see again: an accepted task whose join follows, an Action that
 * will send a request. The second layer claims what the first one knows (the priority) and has acquired.
 */

import { Call } from "./call";
import { Permit, Slots } from "./permit";

export interface HandOff<LimitId extends string> {
  /** Only a call with this key claims the hand-off. Without a key, the next call on one of the permit's limits does. */
  readonly key?: string;
  readonly limits: readonly LimitId[];
  /** What the first layer has acquired for the call. */
  readonly permit?: Permit<LimitId>;
  /** Replaces the properties that the second layer knows less well. */
  readonly details: Partial<Omit<Call<LimitId>, "limits" | "key">>;
}

export class HandOffRegistry<LimitId extends string> {
  private readonly handOffs = new Set<HandOff<LimitId>>();

  add(call: HandOff<LimitId>): void {
    this.handOffs.add(call);
  }

  remove(call: HandOff<LimitId>): void {
    this.handOffs.delete(call);
  }

  /** @returns the slots that another layer has acquired for the call. */
  getSlots(call: Call<LimitId>): Slots<LimitId> | undefined {
    return this.find(call)?.permit?.getSlots(call.limits);
  }

  find(call: Call<LimitId>): HandOff<LimitId> | undefined {
    if (call.isEntryPoint || this.handOffs.size === 0) return undefined;
    const { key: callKey, limits: spent } = call;
    const handOffs = Array.from(this.handOffs);
    return (
      handOffs.find(
        ({ key, limits }) => key !== undefined && key === callKey && limits.some((limit) => spent.includes(limit)),
      ) ??
      // An Action's permit serves only one call. A second call of the Action acquires its own.
      handOffs.find(({ key, permit }) => key === undefined && permit && permit.getSlots(spent).size > 0)
    );
  }
}

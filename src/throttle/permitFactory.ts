import { Call } from "./call";
import { Clock } from "./clock";
import { ThrottleConfig } from "./config";
import { HandOffRegistry } from "./handOffs";
import { Permit, PermitIssuer, QueuePosition } from "./permit";
import { computeOrder } from "./queueOrder";

export interface PermitFactoryOptions<LimitId extends string> {
  readonly config: ThrottleConfig<LimitId>;
  readonly clock: Pick<Clock, "now">;
  readonly handOffs: HandOffRegistry<LimitId>;
  readonly issuer: PermitIssuer<LimitId>;
}

/** Creates the permits of calls, with what another layer knows about the call and has acquired for it. */
export class PermitFactory<LimitId extends string> {
  private sequence = 0;

  constructor(private readonly options: PermitFactoryOptions<LimitId>) {}

  /** @returns a permit that is not granted yet. It has the slots that another layer handed off. */
  create(call: Call<LimitId>): Permit<LimitId> {
    const { handOffs, issuer } = this.options;
    const limits = withoutRepeats(call.limits);
    const claimed = handOffs.find(call);
    const known = limits === call.limits && !claimed ? call : { ...call, ...claimed?.details, limits };
    const position = this.createPosition(known, claimed?.permit?.waitedMs);
    if (claimed?.key !== undefined) handOffs.remove(claimed);
    return new Permit(issuer, known, position, claimed?.permit?.handOff(limits));
  }

  /** @param waitedMs how long the call has waited in another layer. */
  private createPosition(call: Call<LimitId>, waitedMs = 0): QueuePosition {
    const nowMs = this.options.clock.now();
    const deadlineMs = call.deadlineMs ?? Infinity;
    return {
      order: computeOrder(call.priority ?? "normal", nowMs, deadlineMs),
      sequence: this.sequence++,
      waitingSinceMs: nowMs - waitedMs,
      expiresAtMs: Math.min(deadlineMs, nowMs + (call.maxWaitMs ?? this.options.config.queue.maxWaitMs)),
      throttledCount: 0,
    };
  }
}

/** A limit that is listed twice is spent once. */
function withoutRepeats<LimitId>(limits: readonly LimitId[]): readonly LimitId[] {
  return limits.length < 2 || new Set(limits).size === limits.length ? limits : Array.from(new Set(limits));
}

/** Runs deferred Actions when their turn comes. */

import { Call, Permit } from "../../flexThrottle";
import { isObject } from "../../helpers/isObject";
import type { InterceptorContext } from "../../interceptor";
import type { Settings } from "../../settings/readSettings";
import type { DeferredListener } from "../../desktop";
import type { Blocked } from "../../throttle/blocked";
import { deferredError, queueFullError, ThrottleError } from "../../throttle/errors";

/** Keeps a deferred Action in case the page is reloaded. @returns forgets it; called before the Action is invoked. */
export type KeepForReload = (action: string, payload: unknown) => () => void;

export interface DeferralContext extends InterceptorContext {
  readonly settings: () => Settings;
  readonly onDeferred: DeferredListener;
  readonly keepForReload: KeepForReload;
}

export interface DeferredInvocation {
  readonly name: string;
  readonly payload: unknown;
  readonly call: Call;
  /** Why the Action could not run at once. */
  readonly blocked: Blocked;
  /** Asked when its turn has come. */
  readonly isStillUseful: () => boolean;
  readonly invoke: (permit: Permit) => Promise<unknown>;
}

export class Deferral {
  private readonly waiting = new Set<DeferredInvocation>();

  constructor(private readonly context: DeferralContext) {}

  /**
   * Invokes the Action when its turn comes, unless an equal one is deferred already or the queue is full.
   *
   * @returns the error for the caller.
   */
  defer(invocation: DeferredInvocation): ThrottleError {
    const { throttle, settings, onDeferred, report } = this.context;
    const { name, call, blocked } = invocation;
    // Once queued, the call would count as ahead of itself.
    const wait = blocked.explain();
    const isDuplicate = Array.from(this.waiting).some(
      (other) => other.name === name && isSamePayload(other.payload, invocation.payload),
    );
    if (!isDuplicate) {
      if (blocked.reason === "queueFull") {
        return throttle.reportDropped(call, queueFullError(settings().queue.maxLength, wait));
      }
      onDeferred({ action: name, state: "deferred", waitMs: wait.waitMs });
      this.runLater(invocation).catch(report);
    }
    return deferredError(name, wait);
  }

  private async runLater(invocation: DeferredInvocation): Promise<void> {
    const { throttle, onDeferred, keepForReload } = this.context;
    const { name, payload, call } = invocation;
    const forget = keepForReload(name, payload);
    this.waiting.add(invocation);
    let permit: Permit;
    try {
      permit = await throttle.acquire(call);
    } catch {
      // The throttle reports every dropped call itself.
      return;
    } finally {
      this.waiting.delete(invocation);
      forget();
    }
    if (!invocation.isStillUseful()) {
      permit.release();
      return;
    }
    await invocation.invoke(permit).then(
      () => onDeferred({ action: name, state: "done" }),
      () => onDeferred({ action: name, state: "failed" }, call.sendAgain),
    );
  }
}

/** Compares like Flex does for a double click. Tasks are new objects each time; their sids are compared. */
function isSamePayload(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (!isObject(one) || !isObject(other)) return false;
  const sidOf = (value: unknown) => (value as { sid?: unknown } | null | undefined)?.sid;
  const isSame = (key: string) =>
    one[key] === other[key] || (sidOf(one[key]) !== undefined && sidOf(one[key]) === sidOf(other[key]));
  return Object.keys({ ...one, ...other }).every(isSame);
}

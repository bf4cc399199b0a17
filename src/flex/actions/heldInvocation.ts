/** Holds one invocation of an Action until its turn, or cancels it as the over-limit policy says. */

import type { TaskHelper } from "@twilio/flex-ui";

import { Call, Permit } from "../../flexThrottle";
import type { InterceptorContext } from "../../interceptor";
import { ADD_MEMBER } from "../../limits/limits";
import type { OnBurst, Settings } from "../../settings/readSettings";
import { Blocked } from "../../throttle/blocked";
import { rejectedError, ThrottleError } from "../../throttle/errors";
import type { AttemptEnd } from "../../throttle/permit";
import { JOIN_EXPECTED_MS } from "../../throttle/permitLifetimes";
import { Deferral } from "../deferral/deferral";
import { classifyRejection } from "../rejections";
import { ACCEPT_TASK, describeAccept, isPending } from "./acceptTask";
import type { Invocation } from "./invocation";

export interface HeldInvocationOptions extends InterceptorContext {
  readonly settings: () => Settings;
  readonly helper: typeof TaskHelper;
  readonly deferral: Deferral;
  /** Invokes a deferred Action with its permit. */
  readonly invoke: (invocation: Invocation, payload: unknown) => Promise<unknown>;
  readonly invocation: Invocation;
  readonly payload: unknown;
  readonly actions: { invokeAction(name: string, payload?: unknown): Promise<unknown> };
  /** Makes Flex cancel the Action. */
  readonly cancel: () => void;
}

export class HeldInvocation {
  constructor(private readonly options: HeldInvocationOptions) {}

  /** @returns a promise only if the Action has to wait. It never rejects, because Flex would run the Action then. */
  start(): Promise<void> | undefined {
    const { invocation, throttle, report } = this.options;
    try {
      const call = this.describe();
      if (!call) {
        // The settings have changed since the Action was deferred.
        invocation.granted?.release();
        return undefined;
      }
      const acquired = invocation.granted ?? throttle.tryAcquire(call);
      if (acquired instanceof Permit) return this.run(call, acquired);
      const onBurst = this.onBurst();
      if (onBurst === "queue") return this.waitForTurn(call);
      const canceled = { ...call, proceedsWithoutPermit: false };
      this.cancel(
        onBurst === "defer"
          ? this.defer(canceled, acquired)
          : throttle.reportDropped(canceled, rejectedError(acquired.explain())),
      );
    } catch (error) {
      report(error);
    }
    return undefined;
  }

  private describe(): Call | undefined {
    const { throttle, settings, helper, invocation, payload, actions } = this.options;
    const { name } = invocation;
    const limits = settings().actions[name]?.limits;
    const call =
      name === ACCEPT_TASK
        ? describeAccept(payload, { helper, limits, nowMs: throttle.now() })
        : limits && { limits, name, isEntryPoint: true };
    const sendAgain = () => void actions.invokeAction(name, payload).catch(() => undefined);
    return call && { ...call, sendAgain };
  }

  private onBurst(): OnBurst {
    const { actions, onBurst } = this.options.settings();
    return actions[this.options.invocation.name]?.onBurst ?? onBurst;
  }

  private async waitForTurn(call: Call): Promise<void> {
    const { throttle, invocation, report } = this.options;
    const controller = new AbortController();
    // If another plugin's listener throws, Flex runs the Action without waiting for this one.
    invocation.onEnd = () => controller.abort();
    try {
      const permit = await throttle.acquire({ ...call, signal: controller.signal });
      if (controller.signal.aborted) permit.release();
      else this.run(call, permit);
    } catch (error) {
      if (controller.signal.aborted) return;
      // A customer waits for an accept, so it runs anyway. Its join is paced.
      if (invocation.name === ACCEPT_TASK) return;
      if (error instanceof ThrottleError) this.cancel(error);
      else report(error);
    }
  }

  /** Runs the Action, and hands its permit off to the request that it sends. */
  private run({ limits, key, priority }: Call, permit: Permit): undefined {
    const { throttle, invocation } = this.options;
    const isAccept = key !== undefined;
    // A join sets its own priority.
    const endHandOff = throttle.handOff({ limits, key, permit, details: isAccept ? {} : { priority } });
    invocation.onEnd = (end) => {
      // A request may have been sent unseen, for example by the customer's own server.
      const endWith = (attemptEnd: AttemptEnd) => {
        permit.markUsedUnseen(limits, attemptEnd);
        endHandOff();
      };
      if (isAccept && end === "succeeded") {
        // The join is still to come.
        permit.markUsedUnseen(
          limits.filter((limit) => limit !== ADD_MEMBER),
          "answered",
        );
        setTimeout(endHandOff, JOIN_EXPECTED_MS);
      } else if (isAccept || end === "canceled") {
        endHandOff();
      } else {
        const attemptEnd = end === "succeeded" ? "answered" : classifyRejection(end.error, throttle);
        if (attemptEnd instanceof Promise) void attemptEnd.then(endWith);
        else endWith(attemptEnd);
      }
    };
    return undefined;
  }

  private defer(call: Call, blocked: Blocked): ThrottleError {
    const { deferral, payload, invoke } = this.options;
    const { name } = call;
    return deferral.defer({
      call,
      blocked,
      name,
      payload,
      isStillUseful: () => name !== ACCEPT_TASK || isPending(payload),
      invoke: (granted) => invoke({ name, granted }, payload),
    });
  }

  private cancel(error: ThrottleError): void {
    this.options.invocation.cancelError = error;
    this.options.cancel();
  }
}

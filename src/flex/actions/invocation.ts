/** One run of `invokeAction`, from its interception to its end. */

import { Permit } from "../../flexThrottle";
import { tryTo } from "../../helpers/tryTo";
import type { InterceptorContext } from "../../interceptor";
import { rejectLater } from "../../throttle/clock";
import type { ThrottleError } from "../../throttle/errors";

/** `canceled`: the Action was never run. An error: the Action failed. */
export type InvocationEnd = "succeeded" | "canceled" | { readonly error: unknown };

export interface Invocation {
  readonly name: string;
  /** The permit of a deferred Action whose turn has come. */
  readonly granted?: Permit;
  /** Why the plugin canceled the Action: the error for its caller. */
  cancelError?: ThrottleError;
  /** Called at the end. By then, a request that the Action sent has taken over the permit. */
  onEnd?: (end: InvocationEnd) => void;
}

/** @returns Flex's result, with the plugin's own error where the plugin canceled the Action, in a later task. */
export async function settleInvocation(
  result: Promise<unknown>,
  invocation: Invocation,
  { throttle, report }: Pick<InterceptorContext, "throttle" | "report">,
): Promise<unknown> {
  const end = (how: InvocationEnd) => tryTo(() => invocation.onEnd?.(how), report);
  try {
    const value = await result;
    end("succeeded");
    return value;
  } catch (error) {
    end(isCanceled(error) ? "canceled" : { error });
    throw invocation.cancelError ? await rejectLater(throttle, invocation.cancelError) : error;
  }
}

/** Flex has no other sign of a canceled Action than this message. */
function isCanceled(error: unknown): boolean {
  return error instanceof Error && error.message.endsWith("cancelled by before event");
}

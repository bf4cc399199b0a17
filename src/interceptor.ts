/** The contract of all interceptors, whichever layer they intercept. */

import { Throttle } from "./flexThrottle";
import type { Uninstall } from "./patch";

/** What every interceptor is given; some take more. */
export interface InterceptorContext {
  readonly throttle: Throttle;
  /** Called with an internal failure of the plugin. The call continues as if the plugin were not there. */
  readonly report: (error: unknown) => void;
}

/**
 * Intercepts the calls of one layer: decides which calls are limited, sends those in their turn, and passes all others on
 * unchanged.
 *
 * @param target the object whose methods are patched.
 * @returns restores the target. Calls that are queued by then are still sent.
 */
export type Interceptor<Target, Context extends InterceptorContext = InterceptorContext> = (
  target: Target,
  context: Context,
) => Uninstall;

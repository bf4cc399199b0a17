import type { Uninstall } from "../patch";
import type { HttpGate } from "./httpGate";

/**
 * Like `Interceptor`, for HTTP requests.
 *
 * @param getGate is called with each request. Without a gate the request is sent unchanged.
 */
export type HttpInterceptor<Target> = (target: Target, getGate: () => HttpGate | undefined) => Uninstall;

/** The throttle's types for the limits of this account. Code outside src/throttle imports them from here. */

import { RateLimitId } from "./limits/limits";
import { Call as GenericCall } from "./throttle/call";
import { Permit as GenericPermit } from "./throttle/permit";
import { LimitStatus as GenericLimitStatus } from "./throttle/status";
import { ThrottleStatus as GenericThrottleStatus, WaitingCallStatus as GenericCallStatus } from "./throttle/status";
import { ThrottleApi } from "./throttle/throttleApi";
import { ThrottleEvent as GenericThrottleEvent } from "./throttle/throttleEvent";

export type Call = GenericCall<RateLimitId>;
export type Permit = GenericPermit<RateLimitId>;
/** For `instanceof`. */
export const Permit = GenericPermit;
export type Throttle = ThrottleApi<RateLimitId>;
export type ThrottleEvent = GenericThrottleEvent<RateLimitId>;
export type ThrottleStatus = GenericThrottleStatus<RateLimitId>;
export type WaitingCallStatus = GenericCallStatus<RateLimitId>;
export type LimitStatus = GenericLimitStatus<RateLimitId>;

/** What the throttle tells of single calls. */

import { RateLimitId } from "../limits/limits";
import { Call } from "./call";
import { ThrottleError } from "./errors";

/** What becomes of a call, for who tells people and who keeps count. */
export type ThrottleEvent =
  /** It goes out now, and spends these limits; `waitedMs` since it came, its earlier tries and other layers' waits included. */
  | {
      readonly type: "sent";
      readonly call: Call;
      readonly limits: readonly RateLimitId[];
      readonly waitedMs: number;
      readonly attempt: number;
    }
  /** Twilio refused it on these limits; it is retried, or not. */
  | {
      readonly type: "throttled";
      readonly call: Call;
      readonly limits: readonly RateLimitId[];
      readonly isRetried: boolean;
    }
  /** It was not sent, or its refusal was handed to the caller. */
  | { readonly type: "dropped"; readonly call: Call; readonly error?: ThrottleError }
  /** Its caller lost interest while it waited. */
  | { readonly type: "aborted"; readonly call: Call };

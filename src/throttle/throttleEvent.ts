/** What the throttle tells of single calls. */

import { Call } from "./call";
import { ThrottleError } from "./errors";

/** What becomes of a call, for who tells people and who keeps count. */
export type ThrottleEvent<LimitId extends string> =
  /** It goes out now, and spends these limits; `waitedMs` since it came, its earlier tries and other layers' waits included. */
  | {
      readonly type: "sent";
      readonly call: Call<LimitId>;
      readonly limits: readonly LimitId[];
      readonly waitedMs: number;
      readonly attempt: number;
    }
  /** Twilio refused it on these limits; it is retried, or not. */
  | {
      readonly type: "throttled";
      readonly call: Call<LimitId>;
      readonly limits: readonly LimitId[];
      readonly isRetried: boolean;
    }
  /** It was not sent, or its refusal was handed to the caller. */
  | { readonly type: "dropped"; readonly call: Call<LimitId>; readonly error?: ThrottleError }
  /** Its caller lost interest while it waited. */
  | { readonly type: "aborted"; readonly call: Call<LimitId> };

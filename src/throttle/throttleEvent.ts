/** The events of single calls. */

import { Call } from "./call";
import { ThrottleError } from "./errors";
import { TooManyRequests } from "./tooManyRequests";

/** For notifications and statistics. */
export type ThrottleEvent<LimitId extends string> =
  /** It is being sent and spends these limits. `waitedMs` includes earlier attempts and its wait in other layers. */
  | {
      readonly type: "sent";
      readonly call: Call<LimitId>;
      readonly limits: readonly LimitId[];
      readonly waitedMs: number;
      readonly attempt: number;
    }
  /** It got a 429 on these limits. */
  | {
      readonly type: "throttled";
      readonly call: Call<LimitId>;
      readonly limits: readonly LimitId[];
      readonly isRetried: boolean;
      readonly attempt: number;
      readonly tooMany: TooManyRequests;
    }
  /** It was not sent (`error` says why), or its caller got the 429; then its limits cool down for `waitMs`. */
  | {
      readonly type: "dropped";
      readonly call: Call<LimitId>;
      readonly error?: ThrottleError;
      readonly waitMs?: number;
    }
  /** Its caller aborted it while it was queued. */
  | { readonly type: "aborted"; readonly call: Call<LimitId> };

/** What the components need of the rest of the plugin, handed to each of them. */

import { TextOf } from "../texts/texts";

export interface Services {
  readonly text: TextOf;
  /** Milliseconds on the throttle's clock. */
  readonly now: () => number;
  /** The agent does not want to wait until the pause ends. */
  readonly retryNow: () => void;
  /** The agent gives up a call that waits. @param id as the throttle's status names it. */
  readonly cancel: (id: number) => void;
}

/** The interface through which the benchmark drives each library. */

import { AccountAnswer } from "../testing/account";
import { Clock } from "../src/throttle/clock";

export type Send = () => Promise<AccountAnswer>;

/** Queues a call and sends it in its turn. @returns the last answer to the call. */
export type Schedule = (send: Send) => Promise<AccountAnswer>;

export interface Peer {
  readonly name: string;
  readonly settings: string;
  /** @param clock for a library that takes one; the others use the global timers. */
  create(perSecond: number, clock?: Clock): Schedule;
}

/** What the bench asks of a library. */

import { AccountAnswer } from "../testing/account";
import { Clock } from "../src/throttle/clock";

export type Send = () => Promise<AccountAnswer>;

/** @returns what sends a call in its turn; it settles with the call's last answer. */
export type Schedule = (send: Send) => Promise<AccountAnswer>;

export interface Peer {
  readonly name: string;
  readonly settings: string;
  create(perSecond: number, clock?: Clock): Schedule;
}

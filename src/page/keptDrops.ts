/**
 * Keeps the list of what was not sent over a reload, in `sessionStorage`. Chats are left out: after a reload they are joined,
 * or listed again.
 */

import { storeOnClose, takeStored } from "../helpers/storeOnClose";
import { tryTo } from "../helpers/tryTo";
import type { Uninstall } from "../patch";
import { selectThrottle } from "../state/selectors";
import type { DroppedCall, ThrottleAction } from "../state/slice";

const STORAGE_KEY = "flex-throttle-not-sent-v1";

interface Stored {
  /** The sid of the agent: another agent may sign in on the same tab. */
  readonly worker: string;
  readonly drops: readonly DroppedCall[];
}

export interface KeptDropsOptions {
  readonly store: { getState(): unknown };
  readonly dispatch: (action: ThrottleAction) => void;
  readonly agentSid: () => string | undefined;
  readonly report: (error: unknown) => void;
}

/** Lists again what the previous page has stored. @returns ends it. */
export function keepDrops({ store, dispatch, agentSid, report }: KeptDropsOptions): Uninstall {
  tryTo(() => {
    const drops = parseDrops(takeStored(STORAGE_KEY), agentSid());
    if (drops.length > 0) dispatch({ type: "flex-throttle/DROPS_RESTORED", drops });
  }, report);
  const read = (): Stored | undefined => {
    const worker = agentSid();
    const drops = selectThrottle(store.getState()).unread.filter(({ chat }) => chat === undefined);
    return worker === undefined || drops.length === 0 ? undefined : { worker, drops };
  };
  return storeOnClose(STORAGE_KEY, read, report);
}

function parseDrops(json: string, agentSid: string | undefined): readonly DroppedCall[] {
  const stored = tryTo(() => JSON.parse(json) as Partial<Stored> | null);
  if (!Array.isArray(stored?.drops) || stored?.worker !== agentSid) return [];
  // How to send a call again is not stored.
  return stored.drops.filter(isDrop).map((drop) => ({ ...drop, chat: undefined, repeatId: undefined }));
}

function isDrop(value: Partial<DroppedCall> | null): boolean {
  const isText = typeof value?.name === "string" && typeof value.reason === "string";
  return isText && [value.atMs, value.waitMs, value.maxWaitMs].every(isTime);
}

/** Excludes what no `Date` can have. */
const isTime = (ms: unknown) => ms === undefined || (typeof ms === "number" && Math.abs(ms) < 1e15);

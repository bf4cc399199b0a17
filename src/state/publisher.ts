/** Copies the throttle's status and dropped calls into Flex's store. */

import { Throttle, ThrottleEvent } from "../flexThrottle";
import { FlexFlowCount } from "../limits/flexFlowCount";
import type { Uninstall } from "../patch";
import { IDLE_STATUS, JOIN, PublishedStatus, toPublishedStatus } from "./publishedStatus";
import { Repeats } from "./repeats";
import { DroppedCall, ThrottleAction } from "./slice";

/** The shortest pause between two updates of the store: many calls that move at once cause one update. */
const MIN_PAUSE_MS = 100;

/** The longest. What a person sees must not be older. */
const MAX_PAUSE_MS = 1000;

/** Updates take at most this share of the page's time, because Flex renders at each of them. */
const MAX_SHARE = 0.02;

/** The part of Flex's store that a publisher uses. */
export interface ThrottleStore {
  dispatch(action: ThrottleAction): unknown;
  getState(): unknown;
}

/** Starts publishing. @returns stops it. */
export function publishThrottle(
  throttle: Throttle,
  flexFlows: FlexFlowCount,
  store: ThrottleStore,
  repeats = new Repeats(),
): Uninstall {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let published = IDLE_STATUS;
  let pauseMs = MIN_PAUSE_MS;

  const publish = () => {
    const startedMs = performance.now();
    timer = undefined;
    const status = toPublishedStatus(throttle.status(), flexFlows);
    if (isIdle(status) && isIdle(published) && hasSameCapacity(status, published)) return;
    published = status;
    store.dispatch({ type: "flex-throttle/STATUS_CHANGED", status });
    pauseMs = Math.min(Math.max(MIN_PAUSE_MS, (performance.now() - startedMs) / MAX_SHARE), MAX_PAUSE_MS);
  };
  const publishSoon = () => {
    timer ??= setTimeout(publish, pauseMs);
  };
  const unsubscribeChanges = [throttle.onChange(publishSoon), flexFlows.onChange(publishSoon)];
  const unsubscribeEvents = throttle.onEvent((event) => {
    if (event.type !== "dropped") return;
    const repeatId = repeats.add(event.call.sendAgain);
    store.dispatch({
      type: "flex-throttle/CALL_DROPPED",
      dropped: { ...describeDropped(event, throttle.maxWaitMs), repeatId },
    });
  });
  return () => {
    unsubscribeChanges.forEach((unsubscribe) => unsubscribe());
    unsubscribeEvents();
    clearTimeout(timer);
  };
}

function describeDropped(
  { call, error, waitMs }: Extract<ThrottleEvent, { type: "dropped" }>,
  maxWaitMs: number,
): DroppedCall {
  return {
    name: call.name,
    isJoin: call.kind === JOIN,
    // Only Actions are entry points.
    isAction: call.isEntryPoint ?? false,
    reason: error?.name ?? "throttled",
    limit: error?.limit ?? call.limits[0],
    waitMs: error?.waitMs ?? waitMs,
    maxWaitMs: call.maxWaitMs ?? maxWaitMs,
    chat: call.kind === JOIN ? call.key : undefined,
    atMs: Date.now(),
  };
}

function isIdle({ waiting, retrying, coolDownUntilMs }: PublishedStatus): boolean {
  return waiting.length === 0 && retrying === 0 && Object.keys(coolDownUntilMs).length === 0;
}

function hasSameCapacity({ capacity: a }: PublishedStatus, { capacity: b }: PublishedStatus): boolean {
  return a.count === b.count && a.max === b.max;
}

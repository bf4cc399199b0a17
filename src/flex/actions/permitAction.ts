/** The Action `AcquireThrottlePermit`: other plugins acquire a permit for a call of their own. */

import type { Actions } from "@twilio/flex-ui";

import { Call, Permit, Throttle } from "../../flexThrottle";
import { Interceptor } from "../../interceptor";
import { RATE_LIMIT_IDS, RateLimitId } from "../../limits/limits";
import { patchMethod } from "../../patch";
import type { Blocked } from "../../throttle/blocked";
import { queueFullError } from "../../throttle/errors";
import { REQUEST_EXPECTED_MS } from "../../throttle/permitLifetimes";
import type { PermitPayload, PluginPermit } from "./pluginPermit";

type FlexActions = typeof Actions;

export const ACQUIRE_PERMIT = "AcquireThrottlePermit";

/** By how much the time to Twilio may differ between two calls that the plugin does not see. */
const TRANSIT_MS = 100;

/** Permits that are never used must not fill the queue of all limits. */
const MAX_WAITING_PER_LIMIT = 100;

export const installPermitAction: Interceptor<FlexActions> = (actions, { throttle }) => {
  let isInstalled = true;
  const waiting = new Map<RateLimitId, number>();
  // Flex 1.x cannot unregister an Action: after uninstalling, it resolves at once.
  actions.registerAction(ACQUIRE_PERMIT, async (payload) => {
    return isInstalled ? acquireForPlugin(payload, throttle, waiting) : UNCOUNTED_PERMIT;
  });
  const uninstall = patchMethod(
    actions,
    "invokeAction",
    (original) =>
      function invokeAction(this: FlexActions, name: string, payload?: unknown) {
        return name === ACQUIRE_PERMIT
          ? unwrapError(original.call(this, name, copyOf(payload)))
          : original.call(this, name, payload);
      },
  );
  return () => {
    isInstalled = false;
    uninstall();
  };
};

/** Flex rejects two pending invocations with equal payloads as a double click; a copied list makes them unequal. */
function copyOf(payload: unknown): unknown {
  const { limits } = (payload ?? {}) as { limits?: unknown };
  return Array.isArray(limits) ? { ...(payload as object), limits: limits.slice() } : payload;
}

/** Flex wraps the error of an Action and keeps only its message; callers need the throttle's own error. */
async function unwrapError(result: Promise<unknown>): Promise<unknown> {
  try {
    return await result;
  } catch (error) {
    throw (error as { content?: { wrappedError?: unknown } }).content?.wrappedError ?? error;
  }
}

const UNCOUNTED_PERMIT: PluginPermit = { markSent: () => undefined, release: () => undefined };

const PRIORITIES: readonly PermitPayload["priority"][] = ["high", "normal", "low"];

async function acquireForPlugin(
  payload: unknown,
  throttle: Throttle,
  waiting: Map<RateLimitId, number>,
): Promise<PluginPermit> {
  const { limits, priority, timeoutMs } = readPayload(payload);
  const call: Call = { limits, name: ACQUIRE_PERMIT, priority, maxWaitMs: timeoutMs, isEntryPoint: true };
  const acquired = throttle.tryAcquire(call);
  const permit = acquired instanceof Permit ? acquired : await waitForPermit(call, acquired, throttle, waiting);
  const endHandOff = throttle.handOff({ limits, permit, details: {} });
  const markUsed = (transitMs: number) => permit.markUsedUnseen(limits, "unanswered", transitMs);
  const once = (action: () => void) => () => {
    if (!cancelTimer) return;
    cancelTimer();
    cancelTimer = undefined;
    action();
    endHandOff();
  };
  // A caller that says nothing has sent its call at any time since the grant.
  let cancelTimer: (() => void) | undefined = throttle.schedule(
    once(() => markUsed(0)),
    REQUEST_EXPECTED_MS,
  );
  return { markSent: once(() => markUsed(TRANSIT_MS)), release: once(() => undefined) };
}

async function waitForPermit(
  call: Call,
  blocked: Blocked,
  throttle: Throttle,
  waiting: Map<RateLimitId, number>,
): Promise<Permit> {
  const { limits } = call;
  const count = (limit: RateLimitId) => waiting.get(limit) ?? 0;
  const change = (by: number) => limits.forEach((limit) => waiting.set(limit, count(limit) + by));
  const full = limits.find((limit) => count(limit) >= MAX_WAITING_PER_LIMIT);
  if (full) throw queueFullError(MAX_WAITING_PER_LIMIT, { ...blocked.explain(), limit: full, ahead: count(full) });
  change(1);
  try {
    return await throttle.acquire(call);
  } finally {
    change(-1);
  }
}

const quote = (words: readonly unknown[]) => words.map((word) => `"${String(word)}"`).join(", ");

function readPayload(payload: unknown): PermitPayload {
  const { limits, priority, timeoutMs } = (payload ?? {}) as Partial<Record<keyof PermitPayload, unknown>>;
  const check = (isValid: boolean, expected: string, got: unknown) => {
    if (!isValid) throw new TypeError(`${ACQUIRE_PERMIT}: expected ${expected}, got ${JSON.stringify(got)}.`);
  };
  const isOneOf = (words: readonly unknown[]) => (word: unknown) => words.includes(word);
  const isList = Array.isArray(limits) && limits.length > 0 && limits.every(isOneOf(RATE_LIMIT_IDS));
  check(isList, `"limits" to be a list of ${quote(RATE_LIMIT_IDS)}`, limits);
  const isPriority = priority === undefined || isOneOf(PRIORITIES)(priority);
  check(isPriority, `"priority" to be one of ${quote(PRIORITIES)}`, priority);
  const isTime = timeoutMs === undefined || (typeof timeoutMs === "number" && timeoutMs > 0);
  check(isTime, `"timeoutMs" to be a positive number of milliseconds`, timeoutMs);
  return { limits, priority, timeoutMs } as PermitPayload;
}

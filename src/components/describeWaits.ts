/** How many calls wait, and until when, in the same words on every screen. */

import { QueuedCallStatus } from "../state/publishedStatus";
import { selectLongestWait, selectThrottled, ThrottledCalls, WaitCounts, willExpire } from "../state/selectors";
import { ThrottleState } from "../state/slice";
import { TextOf } from "../texts/texts";
import { describeCall } from "./describeCall";
import { secondsUntil } from "./live";
import { Services } from "./services";

/** After this wait the screens also show what waits longest and what to do. */
const LONG_WAIT_MS = 30_000;

export function describeCounts({ chats, requests }: Pick<WaitCounts, "chats" | "requests">, text: TextOf): string {
  const what = [chats > 0 && text("Chats", { count: chats }), requests > 0 && text("Requests", { count: requests })];
  return text("Waiting", { what: what.filter(Boolean).join(", ") });
}

/** The label of the badge. */
export function describeBadge(counts: WaitCounts, unread: number, text: TextOf): string {
  const waiting = counts.total > 0 ? describeCounts(counts, text) : text("AllDone");
  return unread > 0 ? `${waiting} · ${text("NotSent", { count: unread })}` : waiting;
}

/** Counts down to the next call, and to the last one if that is later. */
export function describeQueue(calls: readonly QueuedCallStatus[], services: Services): string {
  const { text, now } = services;
  const inTime = calls.filter((call) => !willExpire(call)).map(({ startMs }) => startMs);
  if (inTime.length === 0) return describeExpiry(calls, services);
  const [nextMs, lastMs] = [Math.min(...inTime), Math.max(...inTime)];
  const seconds = Math.max(1, secondsUntil(nextMs, now()));
  const lastSeconds = secondsUntil(lastMs, now());
  const isLong = lastMs - nextMs > 1000 && lastSeconds > seconds;
  return text(isLong ? "NextAndLastIn" : "NextIn", { seconds, lastSeconds });
}

/** Counts down to the next attempt. A later attempt has its number, because its countdown may be longer. */
export function describeRetry({ nextAtMs, attempt, queued }: ThrottledCalls, services: Services): string {
  const { text, now } = services;
  const seconds = secondsUntil(nextAtMs, now());
  const expiring = queued.filter(willExpire);
  if (expiring.length > 0 && expiring.length === queued.length) return describeExpiry(expiring, services);
  const next =
    seconds === 0 ? text("RetryingNow") : text(attempt > 2 ? "RetryingAgain" : "RetryingIn", { seconds, attempt });
  const outlook = expiring.length > 0 ? text("MayExpire", { count: expiring.length }) : text("NothingLost");
  return `${next} ${outlook}`;
}

/** For calls that are all expected to expire. */
function describeExpiry(calls: readonly QueuedCallStatus[], { text, now }: Services): string {
  return text("ExpiresIn", {
    seconds: Math.max(1, secondsUntil(Math.min(...calls.map(({ expiresAtMs }) => expiresAtMs)), now())),
  });
}

/** @returns an empty text unless Twilio has limited a call for long; not while one is being sent. */
export function describeLongWait({ status }: ThrottleState, services: Services): string {
  const longest = selectLongest(status, services.now());
  if (!longest) return "";
  const seconds = secondsUntil(services.now(), longest.waitingSinceMs);
  return services.text("Longest", { call: describeCall(longest, services), seconds });
}

function selectLongest(status: ThrottleState["status"], nowMs: number): QueuedCallStatus | undefined {
  const throttled = selectThrottled(status);
  const longest = throttled && throttled.nextAtMs > nowMs ? selectLongestWait(throttled.queued) : undefined;
  return longest && nowMs - longest.waitingSinceMs >= LONG_WAIT_MS ? longest : undefined;
}

/** Whether Twilio has limited a call for long. */
export const isLongWait = ({ status }: ThrottleState, nowMs: number) => selectLongest(status, nowMs) !== undefined;

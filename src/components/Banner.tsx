/** What stands in the banners. Each reads the throttle's state itself, so a banner that is open stays true. */

import React, { useEffect, useState } from "react";
import { connect } from "react-redux";

import { describeProblem } from "../settings/readSettings";
import { selectThrottle, ThrottleState } from "../state/throttleState";
import { fill, TextKey, Texts } from "./texts";

interface BannerProps {
  readonly throttle: ThrottleState;
  readonly texts: Texts;
  /** Milliseconds on the throttle's clock. */
  readonly now: () => number;
}

type OwnProps = Omit<BannerProps, "throttle">;

const connected = connect((state: unknown) => ({ throttle: selectThrottle(state) }));

/** Wakes four times a second, so that a countdown is never a second off. */
function useNow(now: () => number): number {
  const [nowMs, setNowMs] = useState(now);
  useEffect(() => {
    const timer = setInterval(() => setNowMs(now()), 250);
    return () => clearInterval(timer);
  }, [now]);
  return Math.max(nowMs, now());
}

const secondsUntil = (atMs: number, nowMs: number) => Math.max(0, Math.ceil((atMs - nowMs) / 1000));

/** A screen reader hears the first part when it changes; the countdown is for the eye. */
function Line({ children, countdown }: { children: string; countdown?: string }) {
  return (
    <span>
      <span role="status">{children}</span>
      {countdown && <span aria-hidden="true"> {countdown}</span>}
    </span>
  );
}

/** The texts for many and for one. */
type Plural = readonly [many: TextKey, one: TextKey];

const QUEUED_JOINS: Plural = ["FlexThrottleQueuedJoins", "FlexThrottleQueuedJoin"];
const QUEUED_CALLS: Plural = ["FlexThrottleQueuedCalls", "FlexThrottleQueuedCall"];
const LIMITED_JOINS: Plural = ["FlexThrottleLimitedJoins", "FlexThrottleLimitedJoin"];
const LIMITED_CALLS: Plural = ["FlexThrottleLimitedCalls", "FlexThrottleLimitedCall"];
const SETTINGS_PROBLEMS: Plural = ["FlexThrottleSettingsProblems", "FlexThrottleSettingsProblem"];

const counted = (texts: Texts, [many, one]: Plural, count: number) => fill(texts[count === 1 ? one : many], { count });

/** Customers who wait come first: where there are any, only they are counted. */
function countWaiting({ waiting }: ThrottleState["status"]): { joins: number; calls: number } {
  return { joins: waiting.filter(({ purpose }) => purpose === "join").length, calls: waiting.length };
}

function Queued({ throttle: { status, deferred }, texts, now }: BannerProps) {
  const nowMs = useNow(now);
  const { joins, calls } = countWaiting(status);
  if (calls === 0 && deferred?.state === "done") return <Line>{fill(texts.FlexThrottleDeferredDone, { action: deferred.action })}</Line>;
  const seconds = Math.max(1, secondsUntil(status.nextStartMs, nowMs));
  const text = joins > 0 ? counted(texts, QUEUED_JOINS, joins) : counted(texts, QUEUED_CALLS, calls);
  return <Line countdown={`· ${fill(texts.FlexThrottleNextIn, { seconds })}`}>{text}</Line>;
}

function RateLimited({ throttle: { status }, texts, now }: BannerProps) {
  const nowMs = useNow(now);
  const waiting = countWaiting(status);
  const joins = Math.max(waiting.joins, status.retryingJoins);
  const calls = Math.max(waiting.calls, status.retrying);
  const retryAtMs = Math.max(status.nextStartMs, ...Object.values(status.coolingUntilMs).map(Number));
  const seconds = secondsUntil(retryAtMs, nowMs);
  const countdown = seconds > 0 ? fill(texts.FlexThrottleRetryingIn, { seconds }) : texts.FlexThrottleRetryingNow;
  return <Line countdown={countdown}>{joins > 0 ? counted(texts, LIMITED_JOINS, joins) : counted(texts, LIMITED_CALLS, calls)}</Line>;
}

const REFUSED_TEXTS: Record<string, TextKey> = {
  ThrottleQueueFullError: "FlexThrottleRefusedFull",
  ThrottleTimeoutError: "FlexThrottleRefusedTimeout",
  ThrottleRejectedError: "FlexThrottleRefusedReject",
  ThrottleCapacityError: "FlexThrottleRefusedCapacity",
  "deferred-failed": "FlexThrottleDeferredFailed",
  "deferred-lost": "FlexThrottleDeferredLost",
};

function Refused({ throttle: { givenUp }, texts }: BannerProps) {
  const text = texts[REFUSED_TEXTS[givenUp?.reason ?? ""] ?? "FlexThrottleRefusedByTwilio"];
  const seconds = Math.max(1, Math.ceil((givenUp?.waitMs ?? 0) / 1000));
  return <Line>{fill(text, { seconds, action: givenUp?.name ?? "" })}</Line>;
}

function SettingsProblems({ throttle: { problems, status }, texts }: BannerProps) {
  const { capacity } = status;
  return (
    <div>
      {capacity.isNearlyFull && <Line>{fill(texts.FlexThrottleCapacityNear, { count: capacity.count, max: capacity.max })}</Line>}
      {problems.length > 0 && (
        <>
          <span role="status">{counted(texts, SETTINGS_PROBLEMS, problems.length)}</span>
          <ul style={{ margin: "4px 0 0", paddingLeft: 18 }}>
            {problems.map((problem) => (
              <li key={problem.path}>{describeProblem(problem)}</li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

export const QueuedBanner = connected(Queued) as React.ComponentType<OwnProps>;
export const RateLimitedBanner = connected(RateLimited) as React.ComponentType<OwnProps>;
export const RefusedBanner = connected(Refused) as React.ComponentType<OwnProps>;
export const SettingsBanner = connected(SettingsProblems) as React.ComponentType<OwnProps>;

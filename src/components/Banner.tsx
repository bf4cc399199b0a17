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
      {countdown && <span aria-hidden="true"> · {countdown}</span>}
    </span>
  );
}

function Queued({ throttle: { status }, texts, now }: BannerProps) {
  const nowMs = useNow(now);
  const joins = status.waiting.filter(({ purpose }) => purpose === "join").length;
  const count = joins || status.waiting.length;
  const [many, one]: [TextKey, TextKey] = joins
    ? ["FlexThrottleQueuedJoins", "FlexThrottleQueuedJoin"]
    : ["FlexThrottleQueuedCalls", "FlexThrottleQueuedCall"];
  const seconds = secondsUntil(status.nextStartMs, nowMs);
  return <Line countdown={fill(texts.FlexThrottleNextIn, { seconds: Math.max(1, seconds) })}>{fill(texts[count === 1 ? one : many], { count })}</Line>;
}

function RateLimited({ throttle: { status }, texts, now }: BannerProps) {
  const nowMs = useNow(now);
  const isJoin = status.waiting.some(({ purpose }) => purpose === "join");
  const retryAtMs = Math.max(status.nextStartMs, ...Object.values(status.coolingUntilMs).map(Number));
  const seconds = secondsUntil(retryAtMs, nowMs);
  const countdown = seconds > 0 ? fill(texts.FlexThrottleRetryingIn, { seconds }) : texts.FlexThrottleRetryingNow;
  return <Line countdown={countdown}>{isJoin || status.waiting.length === 0 ? texts.FlexThrottleLimitedJoins : texts.FlexThrottleLimitedCalls}</Line>;
}

const REFUSED_TEXTS: Record<string, TextKey> = {
  ThrottleQueueFullError: "FlexThrottleRefusedFull",
  ThrottleTimeoutError: "FlexThrottleRefusedTimeout",
  ThrottleRejectedError: "FlexThrottleRefusedReject",
  ThrottleCapacityError: "FlexThrottleRefusedCapacity",
};

function Refused({ throttle: { givenUp }, texts }: BannerProps) {
  const text = texts[REFUSED_TEXTS[givenUp?.reason ?? ""] ?? "FlexThrottleRefusedByTwilio"];
  return <Line>{fill(text, { seconds: Math.max(1, Math.ceil((givenUp?.waitMs ?? 0) / 1000)) })}</Line>;
}

function SettingsProblems({ throttle: { problems }, texts }: BannerProps) {
  const text = problems.length === 1 ? texts.FlexThrottleSettingsProblem : texts.FlexThrottleSettingsProblems;
  return (
    <div>
      <span role="status">{fill(text, { count: problems.length })}</span>
      <ul style={{ margin: "4px 0 0", paddingLeft: 18 }}>
        {problems.map((problem) => (
          <li key={problem.path}>{describeProblem(problem)}</li>
        ))}
      </ul>
    </div>
  );
}

export const QueuedBanner = connected(Queued) as React.ComponentType<OwnProps>;
export const RateLimitedBanner = connected(RateLimited) as React.ComponentType<OwnProps>;
export const RefusedBanner = connected(Refused) as React.ComponentType<OwnProps>;
export const SettingsBanner = connected(SettingsProblems) as React.ComponentType<OwnProps>;

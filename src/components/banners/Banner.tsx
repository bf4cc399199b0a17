/** What stands in the banners. Each reads the throttle's state itself, so a banner that is open stays true. */

import React from "react";

import { problemDescriber } from "../../settings/readSettings";
import { GivenUpCall, limitedCalls, nextLimited, queuedCalls } from "../../state/throttleState";
import { sayer, TextKey, TextOf } from "../../texts/texts";
import { customerIn, describeCall } from "../describeCall";
import { connected, LiveProps, secondsUntil, ticking } from "../live";

/** Seen by nobody, and read all the same. */
const HEARD_ONLY: React.CSSProperties = { position: "absolute", width: 1, height: 1, overflow: "hidden", clip: "rect(0 0 0 0)", whiteSpace: "nowrap" };

interface LineProps {
  readonly children: string;
  readonly countdown?: string;
  /** What it is about. A screen reader hears a text once for each topic; its numbers go on for the eye alone. */
  readonly topic?: string;
}

class Line extends React.Component<LineProps, { readonly topic?: string; readonly heard?: string }> {
  state: { readonly topic?: string; readonly heard?: string } = {};

  static getDerivedStateFromProps({ children, countdown, topic = children }: LineProps, state: { readonly topic?: string }) {
    return topic === state.topic ? null : { topic, heard: withCountdown(children, countdown) };
  }

  render() {
    return (
      <span>
        <span role="status" style={HEARD_ONLY}>
          {this.state.heard}
        </span>
        <span aria-hidden="true">{withCountdown(this.props.children, this.props.countdown)}</span>
      </span>
    );
  }
}

const withCountdown = (text: string, countdown = "") => (countdown ? `${text} ${countdown}` : text);

function Waiting({ throttle: { status }, services: { text, now } }: LiveProps) {
  const queued = queuedCalls(status);
  if (queued.length === 0) return null;
  // Customers who wait come first: where there are any, only they are counted.
  const joins = queued.filter(({ purpose }) => purpose === "join");
  const told = joins.length > 0 ? joins : queued;
  const nowMs = now();
  const starts = told.map(({ startMs }) => startMs);
  const [nextMs, lastMs] = [Math.min(...starts), Math.max(...starts)];
  const seconds = Math.max(1, secondsUntil(nextMs, nowMs));
  const lastSeconds = secondsUntil(lastMs, nowMs);
  const isLong = lastMs - nextMs > 1000 && lastSeconds > seconds;
  const countdown = text(isLong ? "FlexThrottleNextAndLastIn" : "FlexThrottleNextIn", { seconds, lastSeconds });
  const topic = joins.length > 0 ? "FlexThrottleQueuedJoins" : "FlexThrottleQueuedCalls";
  return (
    <Line topic={topic} countdown={`· ${countdown}`}>
      {text(topic, { count: told.length })}
    </Line>
  );
}

const MOST_NAMES = 3;

/** What ran is told also while others wait. */
function describeDone(actions: readonly string[], text: TextOf): string {
  if (actions.length === 1) return text("FlexThrottleDeferredDone", { action: actions[0] });
  const names = Array.from(new Set(actions));
  const listed = names.slice(0, MOST_NAMES).join(", ") + (names.length > MOST_NAMES ? ", …" : "");
  return text("FlexThrottleDeferredDoneMany", { count: actions.length, actions: listed });
}

function Queued(props: LiveProps) {
  const {
    throttle,
    services: { text },
  } = props;
  const done = throttle.done.map(({ action }) => action);
  return (
    <div>
      <Waiting {...props} />
      {done.length > 0 && (
        <div>
          <Line>{describeDone(done, text)}</Line>
        </div>
      )}
    </div>
  );
}

function RateLimited({ throttle: { status }, services: { text, now } }: LiveProps) {
  const { joins, calls, nextAtMs } = limitedCalls(status);
  const seconds = secondsUntil(nextAtMs, now());
  const countdown = seconds > 0 ? text("FlexThrottleRetryingIn", { seconds }) : text("FlexThrottleRetryingNow");
  const topic = joins > 0 ? "FlexThrottleLimitedJoins" : "FlexThrottleLimitedCalls";
  return (
    <Line topic={topic} countdown={countdown}>
      {text(topic, { count: joins || calls })}
    </Line>
  );
}

const REFUSED_TEXTS: Record<string, TextKey> = {
  ThrottleQueueFullError: "FlexThrottleRefusedFull",
  ThrottleTimeoutError: "FlexThrottleRefusedTimeout",
  ThrottleRejectedError: "FlexThrottleRefusedReject",
  ThrottleCapacityError: "FlexThrottleRefusedCapacity",
  "deferred-failed": "FlexThrottleDeferredFailed",
  "deferred-lost": "FlexThrottleDeferredLost",
};

function refusedText({ reason, isJoin, isAction }: GivenUpCall): TextKey {
  if (reason === "ThrottleCanceledError") return isJoin ? "FlexThrottleGivenUpJoin" : "FlexThrottleGivenUpCall";
  if (isJoin && reason === "ThrottleRejectedError") return "FlexThrottleRefusedAccept";
  if (isAction && reason === "ThrottleTimeoutError") return "FlexThrottleActionTimeout";
  return REFUSED_TEXTS[reason] ?? "FlexThrottleRefusedByTwilio";
}

function Refused({ throttle: { givenUp }, services }: LiveProps) {
  if (!givenUp) return null;
  const seconds = Math.max(1, Math.ceil((givenUp.waitMs ?? 0) / 1000));
  const values = { seconds, action: givenUp.name, call: describeCall(givenUp, services), customer: customerIn(givenUp, services) };
  return <Line>{services.text(refusedText(givenUp), values)}</Line>;
}

function SettingsProblems({ throttle: { problems, status }, services: { text } }: LiveProps) {
  const { capacity } = status;
  const describeProblem = problemDescriber(sayer(text));
  return (
    <div>
      {capacity.isNearlyFull && <Line>{text("FlexThrottleCapacityNear", { count: capacity.count, max: capacity.max })}</Line>}
      {problems.length > 0 && (
        <>
          <span role="status">{text("FlexThrottleSettingsProblems", { count: problems.length })}</span>
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

export const QueuedBanner = connected(ticking<LiveProps>(Queued));
export const RateLimitedBanner = connected(ticking<LiveProps>(RateLimited));
export const RefusedBanner = connected(Refused);
export const SettingsBanner = connected(SettingsProblems);

const BUTTON: React.CSSProperties = { margin: 0, padding: 0, border: 0, background: "none", color: "inherit", font: "inherit", textTransform: "inherit", cursor: "inherit" };

function GiveUp({ throttle: { status }, services }: LiveProps) {
  const next = nextLimited(status);
  const name = next && services.text("FlexThrottleGiveUpNamed", { call: describeCall(next, services) });
  // One that is just being sent cannot be called back; the focus stays where it is.
  return (
    <button type="button" style={BUTTON} aria-disabled={!next} aria-label={name} title={name}>
      {services.text("FlexThrottleGiveUp")}
    </button>
  );
}

export const GiveUpLabel = connected(GiveUp);

/** Flex's own action is a `div` that no key reaches; a button inside it is. The click goes on to the action. */
export function ActionLabel({ text, of }: { readonly text: TextOf; readonly of: TextKey }) {
  return (
    <button type="button" style={BUTTON}>
      {text(of)}
    </button>
  );
}

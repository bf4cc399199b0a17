/** The contents of the banners. Each reads the throttle's state itself, so that an open banner stays current. */

import React from "react";

import { createProblemDescriber } from "../../settings/readSettings";
import {
  countThrottledCalls,
  isThrottledByTwilio,
  selectNextThrottled,
  selectQueuedCalls,
  willExpire,
} from "../../state/selectors";
import { DroppedCall } from "../../state/slice";
import { QueuedCallStatus } from "../../state/publishedStatus";
import { messageFormatter, TextKey, TextOf } from "../../texts/texts";
import { customerIn, describeCall } from "../describeCall";
import { connected, LiveProps, secondsUntil, ticking } from "../live";
import { Services } from "../services";
import { LabelButton } from "./LabelButton";

/** Topics of the announcer. */
export type Topic = "queued" | "done" | "limited" | "dropped" | "capacity" | "settings";

interface LineProps {
  readonly services: Services;
  readonly children: string;
  readonly countdown?: string;
  readonly topic: Topic;
  /** A screen reader hears the line once per id, so that it does not hear every second of a countdown. */
  readonly id?: string;
}

class Line extends React.Component<LineProps> {
  componentDidMount(): void {
    this.announce();
  }

  componentDidUpdate(): void {
    this.announce();
  }

  private announce(): void {
    const { services, children, countdown, topic, id = children } = this.props;
    services.announcer.announce(topic, { id, text: withCountdown(children, countdown) });
  }

  render() {
    return <span>{withCountdown(this.props.children, this.props.countdown)}</span>;
  }
}

const withCountdown = (text: string, countdown = "") => (countdown ? `${text} ${countdown}` : text);

function QueuedCalls({ throttle: { status }, services }: LiveProps) {
  const { text, now } = services;
  const queued = selectQueuedCalls(status);
  if (queued.length === 0) return null;
  // Waiting customers matter most: if there are any, only their joins are counted.
  const joins = queued.filter(({ purpose }) => purpose === "join");
  const counted = joins.length > 0 ? joins : queued;
  const nowMs = now();
  const inTime = counted.filter((call) => !willExpire(call)).map(({ startMs }) => startMs);
  const [nextMs, lastMs] = [Math.min(...inTime), Math.max(...inTime)];
  const seconds = Math.max(1, secondsUntil(nextMs, nowMs));
  const lastSeconds = secondsUntil(lastMs, nowMs);
  const isLong = lastMs - nextMs > 1000 && lastSeconds > seconds;
  const countdown =
    inTime.length > 0
      ? text(isLong ? "FlexThrottleNextAndLastIn" : "FlexThrottleNextIn", { seconds, lastSeconds })
      : describeExpiry(counted, services);
  const key = joins.length > 0 ? "FlexThrottleQueuedJoins" : "FlexThrottleQueuedCalls";
  return (
    <Line services={services} topic="queued" id={key} countdown={`· ${countdown}`}>
      {text(key, { count: counted.length })}
    </Line>
  );
}

const MAX_NAMES = 3;

function describeDone(actions: readonly string[], text: TextOf): string {
  if (actions.length === 1) return text("FlexThrottleDeferredDone", { action: actions[0] });
  const names = Array.from(new Set(actions));
  const listed = names.slice(0, MAX_NAMES).join(", ") + (names.length > MAX_NAMES ? ", …" : "");
  return text("FlexThrottleDeferredDoneMany", { count: actions.length, actions: listed });
}

function Queued(props: LiveProps) {
  const { throttle, services } = props;
  const done = throttle.done.map(({ action }) => action);
  return (
    <div>
      <QueuedCalls {...props} />
      {done.length > 0 && (
        <div>
          <Line services={services} topic="done">
            {describeDone(done, services.text)}
          </Line>
        </div>
      )}
    </div>
  );
}

function RateLimited({ throttle: { status }, services }: LiveProps) {
  const { text, now } = services;
  const { joins, calls, nextAtMs } = countThrottledCalls(status);
  const seconds = secondsUntil(nextAtMs, now());
  // Only of the calls that are counted: if joins are counted, another call that expires does not matter.
  const expiring = status.waiting.filter(
    (call) => isThrottledByTwilio(call, status) && willExpire(call) && (joins === 0 || call.purpose === "join"),
  );
  const retrying = seconds > 0 ? text("FlexThrottleRetryingIn", { seconds }) : text("FlexThrottleRetryingNow");
  const key = joins > 0 ? "FlexThrottleLimitedJoins" : "FlexThrottleLimitedCalls";
  return (
    <Line
      services={services}
      topic="limited"
      id={key}
      countdown={expiring.length > 0 ? describeExpiry(expiring, services) : retrying}
    >
      {text(key, { count: joins || calls })}
    </Line>
  );
}

/** For calls that are all expected to expire. */
function describeExpiry(calls: readonly QueuedCallStatus[], { text, now }: Services): string {
  return text("FlexThrottleExpiresIn", {
    seconds: Math.max(1, secondsUntil(Math.min(...calls.map(({ expiresAtMs }) => expiresAtMs)), now())),
  });
}

const DROPPED_TEXTS: Record<string, TextKey> = {
  ThrottleQueueFullError: "FlexThrottleDroppedFull",
  ThrottleTimeoutError: "FlexThrottleDroppedTimeout",
  ThrottleRejectedError: "FlexThrottleDroppedReject",
  ThrottleCapacityError: "FlexThrottleDroppedCapacity",
  "deferred-failed": "FlexThrottleDeferredFailed",
  "deferred-lost": "FlexThrottleDeferredLost",
};

function droppedText({ reason, isJoin, isAction }: DroppedCall): TextKey {
  if (reason === "ThrottleCanceledError") return isJoin ? "FlexThrottleCanceledJoin" : "FlexThrottleCanceledCall";
  if (isJoin && reason === "ThrottleRejectedError") return "FlexThrottleDroppedAccept";
  if (isAction && reason === "ThrottleTimeoutError") return "FlexThrottleActionTimeout";
  return DROPPED_TEXTS[reason] ?? "FlexThrottleDroppedByTwilio";
}

const LINK: React.CSSProperties = { marginLeft: 12, textDecoration: "underline", cursor: "pointer" };

function Dropped({ throttle: { dropped, droppedCount, droppedRead, notJoined }, services }: LiveProps) {
  if (!dropped) return null;
  const { text, joinAgain } = services;
  const { chat } = dropped;
  const seconds = Math.max(1, Math.ceil((dropped.waitMs ?? 0) / 1000));
  const values = {
    seconds,
    action: dropped.name,
    call: describeCall(dropped, services),
    customer: customerIn(dropped, services),
  };
  const others = droppedCount - droppedRead - 1;
  return (
    <span>
      <Line
        services={services}
        topic="dropped"
        id={String(droppedCount)}
        countdown={others > 0 ? `(${text("FlexThrottleAndMore", { count: others })})` : undefined}
      >
        {text(droppedText(dropped), values)}
      </Line>
      {chat !== undefined && notJoined.includes(chat) && (
        <LabelButton name="join-now" label={text("FlexThrottleJoinNow")} style={LINK} onClick={() => joinAgain(chat)} />
      )}
    </span>
  );
}

/** A long list scrolls, so that it does not cover Flex. */
const PROBLEM_LIST: React.CSSProperties = { margin: "4px 0 0", paddingLeft: 18, maxHeight: "30vh", overflow: "auto" };

function SettingsProblems({ throttle: { problems, status }, services }: LiveProps) {
  const { capacity } = status;
  const { text } = services;
  const describeProblem = createProblemDescriber(messageFormatter(text));
  return (
    <div>
      {capacity.isNearlyFull && (
        <Line services={services} topic="capacity" id="near">
          {text("FlexThrottleCapacityNear", { count: capacity.count, max: capacity.max })}
        </Line>
      )}
      {problems.length > 0 && (
        <>
          <Line services={services} topic="settings">
            {text("FlexThrottleSettingsProblems", { count: problems.length })}
          </Line>
          <ul style={PROBLEM_LIST} tabIndex={0}>
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
export const DroppedBanner = connected(Dropped);
export const SettingsBanner = connected(SettingsProblems);

function CancelNext({ throttle: { status }, services }: LiveProps) {
  const { text } = services;
  const next = selectNextThrottled(status);
  // A call that is being sent cannot be canceled. The button stays, so that it keeps the focus.
  if (!next) return <LabelButton name="cancel" label={text("FlexThrottleCancel")} isDisabled />;
  const title = text("FlexThrottleCancelNamed", { call: describeCall(next, services) });
  const isJoin = next.chat !== undefined;
  const label = isJoin ? text("FlexThrottleCancelJoin", { customer: customerIn(next, services) }) : title;
  return <LabelButton name="cancel" label={label} title={title} isDisabled={false} />;
}

export const CancelNextLabel = connected(CancelNext);

/** Connected to the state so that it renders again after a change of language. */
export const RetryNowLabel = connected(({ services }: LiveProps) => (
  <LabelButton name="retry-now" label={services.text("FlexThrottleRetryNow")} />
));

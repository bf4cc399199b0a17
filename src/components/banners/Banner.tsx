/** What stands in the banners. Each reads the throttle's state itself, so a banner that is open stays true. */

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

/** What there is to hear of. */
export type Heard = "queued" | "done" | "limited" | "refused" | "capacity" | "settings";

interface LineProps {
  readonly services: Services;
  readonly children: string;
  readonly countdown?: string;
  /** What this is the latest of, for who listens. */
  readonly about: Heard;
  /** A screen reader hears a text once for each topic; its numbers go on for the eye alone. */
  readonly topic?: string;
}

class Line extends React.Component<LineProps> {
  componentDidMount(): void {
    this.say();
  }

  componentDidUpdate(): void {
    this.say();
  }

  private say(): void {
    const { services, children, countdown, about, topic = children } = this.props;
    services.announcer.say(about, { topic, text: withCountdown(children, countdown) });
  }

  render() {
    return <span>{withCountdown(this.props.children, this.props.countdown)}</span>;
  }
}

const withCountdown = (text: string, countdown = "") => (countdown ? `${text} ${countdown}` : text);

function Waiting({ throttle: { status }, services }: LiveProps) {
  const { text, now } = services;
  const queued = selectQueuedCalls(status);
  if (queued.length === 0) return null;
  // Customers who wait come first: where there are any, only they are counted.
  const joins = queued.filter(({ purpose }) => purpose === "join");
  const told = joins.length > 0 ? joins : queued;
  const nowMs = now();
  const inTime = told.filter((call) => !willExpire(call)).map(({ startMs }) => startMs);
  const [nextMs, lastMs] = [Math.min(...inTime), Math.max(...inTime)];
  const seconds = Math.max(1, secondsUntil(nextMs, nowMs));
  const lastSeconds = secondsUntil(lastMs, nowMs);
  const isLong = lastMs - nextMs > 1000 && lastSeconds > seconds;
  const countdown =
    inTime.length > 0
      ? text(isLong ? "FlexThrottleNextAndLastIn" : "FlexThrottleNextIn", { seconds, lastSeconds })
      : untilGivenUp(told, services);
  const topic = joins.length > 0 ? "FlexThrottleQueuedJoins" : "FlexThrottleQueuedCalls";
  return (
    <Line services={services} about="queued" topic={topic} countdown={`· ${countdown}`}>
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
  const { throttle, services } = props;
  const done = throttle.done.map(({ action }) => action);
  return (
    <div>
      <Waiting {...props} />
      {done.length > 0 && (
        <div>
          <Line services={services} about="done">
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
  // Of those that are counted: a chat is not given up because a request is.
  const tooLate = status.waiting.filter(
    (call) => isThrottledByTwilio(call, status) && willExpire(call) && (joins === 0 || call.purpose === "join"),
  );
  const retrying = seconds > 0 ? text("FlexThrottleRetryingIn", { seconds }) : text("FlexThrottleRetryingNow");
  const topic = joins > 0 ? "FlexThrottleLimitedJoins" : "FlexThrottleLimitedCalls";
  return (
    <Line
      services={services}
      about="limited"
      topic={topic}
      countdown={tooLate.length > 0 ? untilGivenUp(tooLate, services) : retrying}
    >
      {text(topic, { count: joins || calls })}
    </Line>
  );
}

/** For calls of which none goes in time, as things stand. */
function untilGivenUp(calls: readonly QueuedCallStatus[], { text, now }: Services): string {
  return text("FlexThrottleGivenUpIn", {
    seconds: Math.max(1, secondsUntil(Math.min(...calls.map(({ expiresAtMs }) => expiresAtMs)), now())),
  });
}

const REFUSED_TEXTS: Record<string, TextKey> = {
  ThrottleQueueFullError: "FlexThrottleRefusedFull",
  ThrottleTimeoutError: "FlexThrottleRefusedTimeout",
  ThrottleRejectedError: "FlexThrottleRefusedReject",
  ThrottleCapacityError: "FlexThrottleRefusedCapacity",
  "deferred-failed": "FlexThrottleDeferredFailed",
  "deferred-lost": "FlexThrottleDeferredLost",
};

function refusedText({ reason, isJoin, isAction }: DroppedCall): TextKey {
  if (reason === "ThrottleCanceledError") return isJoin ? "FlexThrottleGivenUpJoin" : "FlexThrottleGivenUpCall";
  if (isJoin && reason === "ThrottleRejectedError") return "FlexThrottleRefusedAccept";
  if (isAction && reason === "ThrottleTimeoutError") return "FlexThrottleActionTimeout";
  return REFUSED_TEXTS[reason] ?? "FlexThrottleRefusedByTwilio";
}

const IN_TEXT: React.CSSProperties = { marginLeft: 12, textDecoration: "underline", cursor: "pointer" };

function Refused({ throttle: { dropped, droppedCount, droppedRead, notJoined }, services }: LiveProps) {
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
        about="refused"
        topic={String(droppedCount)}
        countdown={others > 0 ? `(${text("FlexThrottleAndMore", { count: others })})` : undefined}
      >
        {text(refusedText(dropped), values)}
      </Line>
      {chat !== undefined && notJoined.includes(chat) && (
        <LabelButton
          name="join-now"
          label={text("FlexThrottleJoinNow")}
          style={IN_TEXT}
          onClick={() => joinAgain(chat)}
        />
      )}
    </span>
  );
}

/** Of many, Flex is not covered; the arrow keys go through the rest. */
const PROBLEM_LIST: React.CSSProperties = { margin: "4px 0 0", paddingLeft: 18, maxHeight: "30vh", overflow: "auto" };

function SettingsProblems({ throttle: { problems, status }, services }: LiveProps) {
  const { capacity } = status;
  const { text } = services;
  const describeProblem = createProblemDescriber(messageFormatter(text));
  return (
    <div>
      {capacity.isNearlyFull && (
        <Line services={services} about="capacity" topic="near">
          {text("FlexThrottleCapacityNear", { count: capacity.count, max: capacity.max })}
        </Line>
      )}
      {problems.length > 0 && (
        <>
          <Line services={services} about="settings">
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
export const RefusedBanner = connected(Refused);
export const SettingsBanner = connected(SettingsProblems);

function CancelNext({ throttle: { status }, services }: LiveProps) {
  const { text } = services;
  const next = selectNextThrottled(status);
  // A call that is being sent cannot be canceled. The button stays, so that it keeps the focus.
  if (!next) return <LabelButton name="cancel" label={text("FlexThrottleGiveUp")} isDisabled />;
  const title = text("FlexThrottleGiveUpNamed", { call: describeCall(next, services) });
  const isJoin = next.chat !== undefined;
  const label = isJoin ? text("FlexThrottleGiveUpJoin", { customer: customerIn(next, services) }) : title;
  return <LabelButton name="cancel" label={label} title={title} isDisabled={false} />;
}

export const CancelNextLabel = connected(CancelNext);

/** Drawn with every change of the throttle's state, so that it follows the language, too. */
export const RetryNowLabel = connected(({ services }: LiveProps) => (
  <LabelButton name="retry-now" label={services.text("FlexThrottleRetryNow")} />
));

/** The contents of the banners. Each reads the throttle's state itself, so that an open banner stays current. */

import React from "react";

import { countWaits, selectQueuedCalls, selectThrottled } from "../../state/selectors";
import { News } from "../../state/slice";
import { TextOf } from "../../texts/texts";
import { describeCall } from "../describeCall";
import { describeDropped } from "../describeDropped";
import { describeCounts, describeLongWait, describeQueue, describeRetry } from "../describeWaits";
import { connected, LiveProps, ticking } from "../live";
import { Services } from "../services";
import { LabelButton } from "./LabelButton";

/** Topics of the announcer. */
export type Topic = "queued" | "news" | "limited" | "dropped" | "capacity" | "settings";

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
    this.announceText();
  }

  componentDidUpdate(): void {
    this.announceText();
  }

  private announceText(): void {
    const { services, children, countdown, topic, id = children } = this.props;
    services.announcer.announce(topic, { id, text: withCountdown(children, countdown) });
  }

  render() {
    return <span>{withCountdown(this.props.children, this.props.countdown)}</span>;
  }
}

const withCountdown = (text: string, countdown = "") => (countdown ? `${text} ${countdown}` : text);

function QueuedCalls({ throttle: { status }, services }: LiveProps) {
  const queued = selectQueuedCalls(status);
  if (queued.length === 0) return null;
  return (
    <Line services={services} topic="queued" id="queued" countdown={`· ${describeQueue(queued, services)}`}>
      {describeCounts(countWaits(status), services.text)}
    </Line>
  );
}

const MAX_NAMES = 3;

function describeNews(news: readonly News[], { text, labelOf }: Services): string {
  const ran = news.flatMap((each) => (each.type === "ran" ? [labelOf(each.action)] : []));
  const joined = news.reduce((count, each) => (each.type === "joined" ? count + each.count : count), 0);
  const resumed = news.filter(({ type }) => type === "resumed").length;
  const parts = [
    resumed > 0 && text("Resumed", { count: resumed }),
    joined > 0 && text("Joined", { count: joined }),
    ran.length > 0 && describeRan(ran, text),
  ];
  return parts.filter(Boolean).join(" ");
}

function describeRan(actions: readonly string[], text: TextOf): string {
  if (actions.length === 1) return text("DeferredDone", { action: actions[0] });
  const names = Array.from(new Set(actions));
  const listed = names.slice(0, MAX_NAMES).join(", ") + (names.length > MAX_NAMES ? ", …" : "");
  return text("DeferredDoneMany", { count: actions.length, actions: listed });
}

function Queued(props: LiveProps) {
  const { throttle, services } = props;
  const news = describeNews(throttle.news, services);
  return (
    <div>
      <QueuedCalls {...props} />
      {news !== "" && (
        <div>
          <Line services={services} topic="news">
            {news}
          </Line>
        </div>
      )}
    </div>
  );
}

function RateLimited({ throttle, services }: LiveProps) {
  const { text } = services;
  const throttled = selectThrottled(throttle.status);
  const long = describeLongWait(throttle, services);
  const cause = throttled?.accountCause;
  const limited =
    cause === undefined ? text("Limited") : text("LimitedAccount", { call: describeCall({ name: cause }, services) });
  const parts = [limited, `${describeCounts(countWaits(throttle.status), text)}.`, long].filter(Boolean);
  return (
    <Line services={services} topic="limited" id="limited" countdown={throttled && describeRetry(throttled, services)}>
      {parts.join(" ")}
    </Line>
  );
}

const LINK: React.CSSProperties = { marginLeft: 12, textDecoration: "underline", cursor: "pointer" };

function Dropped({ throttle: { unread, notJoined }, services }: LiveProps) {
  const dropped = unread[unread.length - 1];
  if (!dropped) return null;
  const { text, joinAgain } = services;
  const { chat, id } = dropped;
  return (
    <span>
      <Line
        services={services}
        topic="dropped"
        id={String(id)}
        countdown={unread.length > 1 ? `· ${text("NotSent", { count: unread.length })}` : undefined}
      >
        {describeDropped(dropped, services)}
      </Line>
      {chat !== undefined && notJoined.includes(chat) && (
        <LabelButton name="join-now" label={text("JoinNow")} style={LINK} onClick={() => joinAgain(chat)} />
      )}
    </span>
  );
}

function SettingsProblems({ throttle: { problems, status }, services }: LiveProps) {
  const { capacity } = status;
  const { text } = services;
  return (
    <div>
      {capacity.isNearlyFull && (
        <Line services={services} topic="capacity" id="near">
          {text("CapacityNear", { count: capacity.count, max: capacity.max })}
        </Line>
      )}{" "}
      {problems.length > 0 && (
        <Line services={services} topic="settings">
          {text("SettingsProblems", { count: problems.length })}
        </Line>
      )}
    </div>
  );
}

export const QueuedBanner = connected(ticking<LiveProps>(Queued));
export const RateLimitedBanner = connected(ticking<LiveProps>(RateLimited));
export const DroppedBanner = connected(Dropped);
export const SettingsBanner = connected(SettingsProblems);

// The labels are connected to the state so that they render again after a change of language.
export const RetryNowLabel = connected(({ services }: LiveProps) => (
  <LabelButton name="retry-now" label={services.text("RetryNow")} />
));
export const DetailsLabel = connected(({ services }: LiveProps) => (
  <LabelButton name="details" label={services.text("Details")} />
));

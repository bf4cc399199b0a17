/** Under the badge in the header: which calls wait, in the order of their turns, and which were not sent. */

import React from "react";

import { areAlertsOn, canAlert, toggleAlerts } from "../../page/alertSetting";
import { QueuedCallStatus } from "../../state/publishedStatus";
import { countWaits, isThrottledByTwilio, selectThrottled, willExpire } from "../../state/selectors";
import { describeCall } from "../describeCall";
import { describeCounts, describeLongWait, describeRetry } from "../describeWaits";
import { connected, tickingOnly, LiveProps, secondsUntil } from "../live";
import {
  Description,
  findItems,
  Heading,
  ITEM,
  List,
  ListButton,
  Muted,
  Name,
  Note,
  Position,
  Row,
} from "./listStyles";
import { NotSent } from "./NotSent";

/** More rows would be slow to render, and nobody reads them. */
const MAX_ROWS = 50;

interface OwnProps {
  /** The focused element is gone and no other item can take the focus. */
  readonly onFocusLost: () => void;
}

interface ListState {
  /** Canceled in this list. Hidden at once, before the throttle's state follows. */
  readonly canceled: readonly number[];
}

class WaitingListView extends React.Component<LiveProps & OwnProps, ListState> {
  state: ListState = { canceled: [] };
  private readonly root = React.createRef<HTMLDivElement>();

  /** @returns which item has the focus, or -1. */
  getSnapshotBeforeUpdate(): number {
    return this.items().findIndex((item) => item.contains(document.activeElement));
  }

  componentDidUpdate(_props: unknown, _state: unknown, focused: number): void {
    const items = this.items();
    const isLost = focused >= 0 && !this.root.current?.contains(document.activeElement);
    if (!isLost) return;
    if (items.length > 0) items[Math.min(focused, items.length - 1)].focus();
    else this.props.onFocusLost();
  }

  private items(): HTMLElement[] {
    return findItems(this.root.current);
  }

  private cancelCall(id: number): void {
    // A call that was just sent stays in the list: it may come back as a retry.
    if (this.props.services.cancel(id)) this.setState(({ canceled }) => ({ canceled: [...canceled, id] }));
  }

  render() {
    const { throttle, services } = this.props;
    const { status } = throttle;
    const { text, retryNow } = services;
    const waiting = status.waiting
      .filter(({ id }) => !this.state.canceled.includes(id))
      .sort((a, b) => a.startMs - b.startMs);
    const counts = countWaits({ ...status, waiting });
    const heading = describeCounts(counts, text);
    const long = describeLongWait(throttle, services);
    const throttled = selectThrottled(status);
    return (
      <div ref={this.root}>
        {counts.total > 0 && <Heading>{heading}</Heading>}
        {long !== "" && (
          <Note>
            {long} {throttled && describeRetry(throttled, services)} {text("KeepWorking")}
          </Note>
        )}
        {waiting.length > 0 && (
          <List aria-label={heading}>
            {waiting.slice(0, MAX_ROWS).map((call, index) => this.renderCall(call, index))}
          </List>
        )}
        {waiting.length > MAX_ROWS && <Note>{text("AndMore", { count: waiting.length - MAX_ROWS })}</Note>}
        {counts.total > 0 && waiting.length === 0 && <Note>{text("BeingSent")}</Note>}
        <Note role="status">{counts.total === 0 && text("AllDone")}</Note>
        {throttled && (
          <Note>
            <ListButton type="button" {...ITEM} onClick={retryNow}>
              {text("RetryNow")}
            </ListButton>
          </Note>
        )}
        <NotSent throttle={throttle} services={services} />
        {canAlert() && this.renderAlertSwitch()}
      </div>
    );
  }

  private renderAlertSwitch() {
    const { text, report } = this.props.services;
    return (
      <Note>
        <label>
          <input
            type="checkbox"
            {...ITEM}
            checked={areAlertsOn()}
            onChange={() => toggleAlerts(() => this.forceUpdate(), report)}
          />{" "}
          {text("AlertMe")}
        </label>
      </Note>
    );
  }

  private renderCall(call: QueuedCallStatus, index: number) {
    const {
      throttle: { status },
      services,
    } = this.props;
    const { text, now } = services;
    const name = describeCall(call, services);
    const wait = willExpire(call) ? "ExpiresIn" : isThrottledByTwilio(call, status) ? "WaitsForTwilio" : "WaitsForTurn";
    const seconds = Math.max(1, secondsUntil(willExpire(call) ? call.expiresAtMs : call.startMs, now()));
    return (
      <Row key={call.id} {...ITEM} tabIndex={index === 0 ? 0 : -1}>
        <Position>{index + 1}.</Position>
        <Description>
          <Name title={name}>{name}</Name>
          <Muted>{text(wait, { seconds })}</Muted>
        </Description>
        {!call.proceedsWithoutPermit && (
          <ListButton
            type="button"
            aria-label={text("CancelNamed", { call: name })}
            onClick={() => this.cancelCall(call.id)}
          >
            {text("Cancel")}
          </ListButton>
        )}
      </Row>
    );
  }
}

export const WaitingList = connected<OwnProps>(tickingOnly(WaitingListView));

/** Which calls wait, in the order of their turns, under the badge in the header. */

import { styled, Theme } from "@twilio/flex-ui";
import React from "react";

import { QueuedCallStatus } from "../../state/publishedStatus";
import { countThrottledCalls, countWaitingCalls, isThrottledByTwilio, willExpire } from "../../state/selectors";
import { describeCall } from "../describeCall";
import { connected, tickingOnly, LiveProps, secondsUntil } from "../live";

/** More rows would be slow to render, and nobody reads them. */
const MAX_ROWS = 50;

/** Marks the elements that the arrow keys move through. */
export const ITEM = "data-flex-throttle-item";

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
    return Array.from(this.root.current?.querySelectorAll<HTMLElement>(`[${ITEM}]`) ?? []);
  }

  private cancel(id: number): void {
    // A call that was just sent stays in the list: it may come back as a retry.
    if (this.props.services.cancel(id)) this.setState(({ canceled }) => ({ canceled: [...canceled, id] }));
  }

  render() {
    const {
      throttle: { status },
      services: { text, retryNow, report },
    } = this.props;
    const waiting = status.waiting
      .filter(({ id }) => !this.state.canceled.includes(id))
      .sort((a, b) => a.startMs - b.startMs);
    const count = countWaitingCalls({ ...status, waiting });
    const heading = text("FlexThrottleWaitingCalls", { count });
    return (
      <div ref={this.root}>
        {count > 0 && <Heading>{heading}</Heading>}
        {waiting.length > 0 && (
          <List aria-label={heading}>
            {waiting.slice(0, MAX_ROWS).map((call, index) => this.renderCall(call, index))}
          </List>
        )}
        {waiting.length > MAX_ROWS && <Note>{text("FlexThrottleAndMore", { count: waiting.length - MAX_ROWS })}</Note>}
        {count > 0 && waiting.length === 0 && <Note>{text("FlexThrottleBeingSent")}</Note>}
        <Note role="status">{count === 0 && text("FlexThrottleAllDone")}</Note>
        {countThrottledCalls(status).calls > 0 && (
          <Command type="button" {...{ [ITEM]: "" }} onClick={retryNow}>
            {text("FlexThrottleRetryNow")}
          </Command>
        )}
        {canAskPermission() && (
          <Command type="button" {...{ [ITEM]: "" }} onClick={() => askPermission(report)}>
            {text("FlexThrottleAlertMe")}
          </Command>
        )}
      </div>
    );
  }

  private renderCall(call: QueuedCallStatus, index: number) {
    const {
      throttle: { status },
      services,
    } = this.props;
    const { text, now } = services;
    const name = describeCall(call, services);
    const wait = willExpire(call)
      ? "FlexThrottleExpiresIn"
      : isThrottledByTwilio(call, status)
        ? "FlexThrottleWaitsForTwilio"
        : "FlexThrottleWaitsForTurn";
    const seconds = Math.max(1, secondsUntil(willExpire(call) ? call.expiresAtMs : call.startMs, now()));
    // No customer waits for these.
    const isCancelable = call.purpose !== "join" && !call.proceedsWithoutPermit;
    return (
      <Row key={call.id} {...{ [ITEM]: "" }} tabIndex={index === 0 ? 0 : -1}>
        <Position>{index + 1}.</Position>
        <Description>
          <Name title={name}>{name}</Name>
          <Muted>{text(wait, { seconds })}</Muted>
        </Description>
        {isCancelable && (
          <Cancel
            type="button"
            aria-label={text("FlexThrottleCancelNamed", { call: name })}
            onClick={() => this.cancel(call.id)}
          >
            {text("FlexThrottleCancel")}
          </Cancel>
        )}
      </Row>
    );
  }
}

export const WaitingList = connected<OwnProps>(tickingOnly(WaitingListView));

/** Browsers ask only once, and only on a click. */
function canAskPermission(): boolean {
  return typeof Notification !== "undefined" && Notification.permission === "default";
}

function askPermission(report: (error: unknown) => void): void {
  try {
    // Safari before 15 returns nothing.
    Promise.resolve(Notification.requestPermission()).catch(report);
  } catch (error) {
    report(error);
  }
}

interface Themed {
  readonly theme?: Theme;
}

/** A custom theme may lack colors that Flex's themes have. */
const focused = ({ theme }: Themed) =>
  `outline: 2px solid ${theme?.colors?.focusColor ?? "currentColor"}; outline-offset: -2px;`;
const line = ({ theme }: Themed) => `1px solid ${theme?.colors?.base4 ?? "currentColor"}`;
const hovered = ({ theme }: Themed) => theme?.colors?.base3 ?? "none";

const Heading = styled("h2")`
  margin: 0;
  padding: 12px 16px 8px;
  font-size: 14px;
  font-weight: bold;
`;
const List = styled("ol")`
  margin: 0;
  padding: 0;
  list-style: none;
  overflow-y: auto;
  max-height: 60vh;
`;
const Row = styled("li")`
  display: flex;
  align-items: center;
  padding: 6px 16px;
  border-top: ${line};
  &:focus {
    ${focused}
  }
`;
const Position = styled("span")`
  flex: 0 0 28px;
`;
const Description = styled("div")`
  flex: 1 1 auto;
  min-width: 0;
`;
const Name = styled("div")`
  overflow: hidden;
  text-overflow: ellipsis;
  white-space: nowrap;
`;
const Muted = styled("div")`
  margin-top: 2px;
  opacity: 0.8;
`;
const Note = styled("div")`
  &:not(:empty) {
    padding: 10px 16px;
    border-top: ${line};
  }
`;
const Cancel = styled("button")`
  flex: 0 0 auto;
  margin-left: 8px;
  padding: 4px 8px;
  border: ${line};
  border-radius: 4px;
  background: none;
  color: inherit;
  font: inherit;
  cursor: pointer;
  &:hover {
    background: ${hovered};
  }
  &:focus {
    ${focused}
  }
`;
const Command = styled("button")`
  display: block;
  width: 100%;
  padding: 12px 16px;
  border: none;
  border-top: ${line};
  background: none;
  color: inherit;
  font: inherit;
  text-align: left;
  cursor: pointer;
  &:hover {
    background: ${hovered};
  }
  &:focus {
    ${focused}
  }
`;

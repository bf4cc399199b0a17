/** The hourglass in the header, with the number of waiting calls. A click opens the list. */

import { Badge, IconButton, styled, Theme, withTheme } from "@twilio/flex-ui";
import React from "react";
import { connect } from "react-redux";

import { countWaits, selectThrottle, WaitCounts } from "../../state/selectors";
import { describeBadge } from "../describeWaits";
import { Services } from "../services";
import { findItems } from "./listStyles";
import { WaitingList } from "./WaitingList";

interface WaitingCallsProps extends WaitCounts {
  readonly services: Services;
  /** How many calls were not sent. */
  readonly unread: number;
  readonly theme?: Theme;
}

interface WaitingCallsState {
  readonly isOpen: boolean;
}

/** A little wider than Flex's own menu in the header. */
const WIDTH_PX = 340;
const MARGIN_PX = 8;

class WaitingCallsView extends React.Component<WaitingCallsProps, WaitingCallsState> {
  state: WaitingCallsState = { isOpen: false };
  private readonly root = React.createRef<HTMLDivElement>();

  componentDidUpdate(_: WaitingCallsProps, before: WaitingCallsState): void {
    const { isOpen } = this.state;
    if (before.isOpen === isOpen) return;
    this.props.services.dispatch({ type: "flex-throttle/LIST_TOGGLED", isOpen });
    if (isOpen) this.toggleListeners("addEventListener");
    else this.toggleListeners("removeEventListener");
  }

  componentWillUnmount(): void {
    if (this.state.isOpen) this.props.services.dispatch({ type: "flex-throttle/LIST_TOGGLED", isOpen: false });
    this.toggleListeners("removeEventListener");
  }

  private toggleListeners(method: "addEventListener" | "removeEventListener"): void {
    // Tab moves the focus away; a click elsewhere may leave the focus where it is.
    document[method]("focusin", this.closeIfOutside);
    document[method]("mousedown", this.closeIfOutside);
    // A resize moves the header's buttons.
    window[method]("resize", this.rerender);
  }

  private readonly rerender = () => this.forceUpdate();

  private readonly closeIfOutside = ({ target }: Event) => {
    if (!this.root.current?.contains(target as Node)) this.setState({ isOpen: false });
  };

  private readonly toggle = () => this.setState(({ isOpen }) => ({ isOpen: !isOpen }));

  private readonly focusButton = () => this.root.current?.querySelector("button")?.focus();

  private readonly onKeyDown = (event: React.KeyboardEvent) => {
    if (!this.state.isOpen) return;
    if (event.key === "Escape") {
      this.focusButton();
      this.setState({ isOpen: false });
    } else if (!this.moveFocus(event.key)) {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  };

  /** @returns whether the key moves the focus. */
  private moveFocus(key: string): boolean {
    const items = findItems(this.root.current);
    const focused = items.findIndex((item) => item.contains(document.activeElement));
    const last = items.length - 1;
    const targets: Record<string, number> = {
      ArrowDown: Math.min(focused + 1, last),
      ArrowUp: focused < 0 ? last : Math.max(focused - 1, 0),
      Home: 0,
      End: last,
    };
    if (!(key in targets)) return false;
    items[targets[key]]?.focus();
    return true;
  }

  render() {
    const { services, total, unread, theme } = this.props;
    const { isOpen } = this.state;
    const label = describeBadge(this.props, unread, services.text);
    return (
      <div ref={this.root} style={{ display: "flex" }} onKeyDown={this.onKeyDown}>
        <Focusable>
          <IconButton
            icon={<Hourglass />}
            themeOverride={theme?.MainHeader?.Button}
            title={label}
            aria-label={label}
            aria-haspopup="dialog"
            aria-expanded={isOpen}
            onClick={this.toggle}
          />
          {(total > 0 || unread > 0) && (
            // Flex's own exclamation mark for calls that were not sent.
            <Badge
              max={99}
              variant={total > 0 ? Badge.variants.standard : Badge.variants.danger}
              position={{ top: "0px", right: "0px" }}
            >
              {total}
            </Badge>
          )}
        </Focusable>
        {isOpen && (
          <div role="dialog" aria-label={label} style={this.popupStyle()}>
            <WaitingList services={services} onFocusLost={this.focusButton} />
          </div>
        )}
      </div>
    );
  }

  /** Places the popup below the button and inside the window, even if the window is small. */
  private popupStyle(): React.CSSProperties {
    const { theme } = this.props;
    const { right, bottom } = this.root.current?.getBoundingClientRect() ?? { right: window.innerWidth, bottom: 0 };
    const width = Math.min(WIDTH_PX, window.innerWidth - 2 * MARGIN_PX);
    const top = bottom + MARGIN_PX;
    const left = Math.max(MARGIN_PX, Math.min(right, window.innerWidth - MARGIN_PX) - width);
    return {
      position: "fixed",
      top,
      left,
      width,
      maxHeight: `calc(100vh - ${top + MARGIN_PX}px)`,
      overflowY: "auto",
      zIndex: 1300,
      boxShadow: "0 2px 12px rgba(0, 0, 0, 0.4)",
      background: String(theme?.UserActivityControls?.Items?.background ?? "Canvas"),
      color: theme?.calculated?.textColor ?? "CanvasText",
      fontSize: 12,
    };
  }
}

/** Flex's button has no visible focus, and Flex's focus color has too little contrast on the header. */
const Focusable = styled("div")`
  position: relative;
  display: flex;
  & button:focus {
    outline: 2px solid currentColor;
    outline-offset: -2px;
  }
`;

function Hourglass() {
  return (
    <svg width="24" height="24" viewBox="0 0 24 24" fill="currentColor" aria-hidden="true">
      <path d="M7 4h10v4.4L13.4 12l3.6 3.6V20H7v-4.4l3.6-3.6L7 8.4zM9 6v1.6l3 3 3-3V6zM12 13.4l-3 3V18h6v-1.6z" />
    </svg>
  );
}

export const WaitingCalls = connect((state: unknown) => {
  const { status, unread } = selectThrottle(state);
  return { ...countWaits(status), unread: unread.length };
})(withTheme(WaitingCallsView) as unknown as React.ComponentType<WaitingCallsProps>) as unknown as React.ComponentType<{
  readonly services: Services;
}>;

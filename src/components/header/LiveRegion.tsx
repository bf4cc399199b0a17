/** Where screen readers hear announcements. */

import React from "react";

import type { Uninstall } from "../../patch";
import { Announcer } from "../announcer";

/** Invisible, but not hidden from screen readers. */
const SCREEN_READER_ONLY: React.CSSProperties = {
  position: "absolute",
  width: 1,
  height: 1,
  overflow: "hidden",
  clip: "rect(0 0 0 0)",
  whiteSpace: "nowrap",
};

export class LiveRegion extends React.Component<{ readonly announcer: Announcer }> {
  private unsubscribe?: Uninstall;

  componentDidMount(): void {
    this.unsubscribe = this.props.announcer.subscribe(() => this.forceUpdate());
  }

  componentWillUnmount(): void {
    this.unsubscribe?.();
  }

  render() {
    return (
      <div role="log" style={SCREEN_READER_ONLY}>
        {this.props.announcer.texts().map(({ key, text }) => (
          <p key={key}>{text}</p>
        ))}
      </div>
    );
  }
}

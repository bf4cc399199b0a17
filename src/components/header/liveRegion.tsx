/** Where a screen reader hears what is announced: in the header, which is always there. */

import type { MainHeader } from "@twilio/flex-ui";
import React from "react";

import type { Uninstall } from "../../patch";
import { Announcer } from "../announcer";
import { Guard } from "../guard";
import { Services } from "../services";

/** Seen by nobody, and read all the same. */
const HEARD_ONLY: React.CSSProperties = {
  position: "absolute",
  width: 1,
  height: 1,
  overflow: "hidden",
  clip: "rect(0 0 0 0)",
  whiteSpace: "nowrap",
};

class LiveRegion extends React.Component<{ readonly announcer: Announcer }> {
  private unwatch?: Uninstall;

  componentDidMount(): void {
    this.unwatch = this.props.announcer.watch(() => this.forceUpdate());
  }

  componentWillUnmount(): void {
    this.unwatch?.();
  }

  render() {
    return (
      <div role="log" style={HEARD_ONLY}>
        {this.props.announcer.texts().map(({ key, text }) => (
          <p key={key}>{text}</p>
        ))}
      </div>
    );
  }
}

export function installLiveRegion(
  { MainHeader: header }: { readonly MainHeader: typeof MainHeader },
  { announcer, report }: Services,
): Uninstall {
  return header.Content.add(
    <Guard key="flex-throttle-live-region" report={report}>
      <LiveRegion announcer={announcer} />
    </Guard>,
    { sortOrder: -1, align: "end" },
  );
}

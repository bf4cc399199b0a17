/** Polls the services once a second while the view is open and visible, and renders only after a change. */

import React from "react";

import { isPageHidden } from "../../helpers/isPageHidden";
import { listen } from "../../helpers/listen";
import { tryTo } from "../../helpers/tryTo";
import { AdminServices } from "../services";
import { reuseUnchanged } from "./reuseUnchanged";
import { ViewSnapshot, createViewSnapshot } from "./viewSnapshot";

const POLL_INTERVAL_MS = 1000;

interface SnapshotPollerProps {
  readonly services: AdminServices;
  readonly renderSnapshot: (snapshot: ViewSnapshot) => React.ReactElement;
}

export class SnapshotPoller extends React.Component<SnapshotPollerProps, { readonly snapshot: ViewSnapshot }> {
  state = { snapshot: createViewSnapshot(this.props.services) };
  private timer: ReturnType<typeof setInterval> | undefined;
  private endListening: (() => void) | undefined;

  componentDidMount(): void {
    this.endListening = listen(document, ["visibilitychange"], this.startOrStop);
    this.startOrStop();
  }

  componentWillUnmount(): void {
    this.endListening?.();
    this.stop();
  }

  shouldComponentUpdate(_: SnapshotPollerProps, { snapshot }: { readonly snapshot: ViewSnapshot }): boolean {
    return snapshot !== this.state.snapshot;
  }

  render() {
    return this.props.renderSnapshot(this.state.snapshot);
  }

  private readonly startOrStop = () => {
    this.stop();
    if (isPageHidden()) return;
    this.poll();
    this.timer = setInterval(this.poll, POLL_INTERVAL_MS);
  };

  private stop(): void {
    clearInterval(this.timer);
  }

  private readonly poll = () => {
    const { services } = this.props;
    tryTo(() => {
      const { snapshot } = this.state;
      const next = reuseUnchanged(snapshot, createViewSnapshot(services, snapshot));
      if (next !== snapshot) this.setState({ snapshot: next });
    }, services.report);
  };
}

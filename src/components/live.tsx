/** What keeps a component true while it is open: the throttle's state, and the time. Classes: React 16.5 has no hooks. */

import React from "react";
import { connect } from "react-redux";

import { selectThrottle, ThrottleState } from "../state/throttleState";
import { Services } from "./services";

/** What a component gets that reads the throttle's state itself. */
export interface LiveProps {
  readonly throttle: ThrottleState;
  readonly services: Services;
}

export function connected<Own>(View: React.ComponentType<LiveProps & Own>): React.ComponentType<{ readonly services: Services } & Own> {
  return connect((state: unknown) => ({ throttle: selectThrottle(state) }))(View as React.ComponentType<LiveProps>) as unknown as React.ComponentType<{ readonly services: Services } & Own>;
}

/** Draws four times a second, so that a countdown is never a second off. */
export function ticking<Props>(View: React.ComponentType<Props>): React.ComponentType<Props> {
  return class Ticking extends React.Component<Props> {
    private timer: ReturnType<typeof setInterval> | undefined;

    componentDidMount(): void {
      this.timer = setInterval(() => this.forceUpdate(), 250);
    }

    componentWillUnmount(): void {
      if (this.timer !== undefined) clearInterval(this.timer);
    }

    render() {
      return <View {...this.props} />;
    }
  };
}

/** Draws once a second and not in between, however often the throttle's state changes: for what is long. */
export function drawnEverySecond<Props>(View: React.ComponentType<Props>): React.ComponentType<Props> {
  return class DrawnEverySecond extends React.Component<Props> {
    private timer: ReturnType<typeof setInterval> | undefined;

    componentDidMount(): void {
      this.timer = setInterval(() => this.forceUpdate(), 1000);
    }

    shouldComponentUpdate(): boolean {
      return false;
    }

    componentWillUnmount(): void {
      if (this.timer !== undefined) clearInterval(this.timer);
    }

    render() {
      return <View {...this.props} />;
    }
  };
}

/** Whole seconds until then, never less than none; both in milliseconds on the throttle's clock. */
export const secondsUntil = (atMs: number, nowMs: number) => Math.max(0, Math.ceil((atMs - nowMs) / 1000));

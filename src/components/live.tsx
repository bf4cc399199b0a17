/** What keeps a component true while it is open: the throttle's state, and the time. Classes: React 16.5 has no hooks. */

import React from "react";
import { connect } from "react-redux";

import { selectThrottle } from "../state/selectors";
import { ThrottleState } from "../state/slice";
import { Services } from "./services";

/** What a component gets that reads the throttle's state itself. */
export interface LiveProps {
  readonly throttle: ThrottleState;
  readonly services: Services;
}

export function connected<Own>(
  View: React.ComponentType<LiveProps & Own>,
): React.ComponentType<{ readonly services: Services } & Own> {
  return connect((state: unknown) => ({ throttle: selectThrottle(state) }))(
    View as React.ComponentType<LiveProps>,
  ) as unknown as React.ComponentType<{ readonly services: Services } & Own>;
}

/** Four times a second, so that a countdown is never a second off, and all at once, so that no two tell different seconds. */
const TICK_MS = 250;
const open = new Set<React.Component>();
let timer: ReturnType<typeof setInterval> | undefined;

function drawnByTheClock<Props>(View: React.ComponentType<Props>, isDrawnBetween: boolean): React.ComponentType<Props> {
  return class DrawnByTheClock extends React.Component<Props> {
    componentDidMount(): void {
      open.add(this);
      timer = timer ?? setInterval(() => open.forEach((each) => each.forceUpdate()), TICK_MS);
    }

    shouldComponentUpdate(): boolean {
      return isDrawnBetween;
    }

    componentWillUnmount(): void {
      open.delete(this);
      if (open.size > 0 || timer === undefined) return;
      clearInterval(timer);
      timer = undefined;
    }

    render() {
      return <View {...this.props} />;
    }
  };
}

/** Draws with the clock, and whenever the throttle's state changes. */
export const ticking = <Props,>(View: React.ComponentType<Props>) => drawnByTheClock(View, true);

/** Draws with the clock and not in between, however often the throttle's state changes: for what is long. */
export const drawnByTicks = <Props,>(View: React.ComponentType<Props>) => drawnByTheClock(View, false);

/** Whole seconds until then, never less than none; both in milliseconds on the throttle's clock. */
export const secondsUntil = (atMs: number, nowMs: number) => Math.max(0, Math.ceil((atMs - nowMs) / 1000));

/** Renders components again when the throttle's state or the time changes. Classes, because React 16.5 has no hooks. */

import React from "react";
import { connect } from "react-redux";

import { selectThrottle } from "../state/selectors";
import { ThrottleState } from "../state/slice";
import { Guard } from "./guard";
import { Services } from "./services";

/** The props of a component inside `connected`. */
export interface LiveProps {
  readonly throttle: ThrottleState;
  readonly services: Services;
}

/** Passes the throttle's state as a prop. An error in the component does not reach Flex, wherever Flex renders it. */
export function connected<Own>(
  View: React.ComponentType<LiveProps & Own>,
): React.ComponentType<{ readonly services: Services } & Own> {
  type Props = { readonly services: Services } & Own;
  const Connected = connect((state: unknown) => ({ throttle: selectThrottle(state) }))(
    View as React.ComponentType<LiveProps>,
  ) as unknown as React.ComponentType<Props>;
  return (props: Props) => (
    <Guard report={props.services.report}>
      <Connected {...props} />
    </Guard>
  );
}

/** Four times a second, so that countdowns are accurate; one timer for all, so that they agree. */
const TICK_MS = 250;
const mounted = new Set<React.Component>();
let timer: ReturnType<typeof setInterval> | undefined;

function withTicks<Props>(View: React.ComponentType<Props>, rendersBetweenTicks: boolean): React.ComponentType<Props> {
  return class Ticking extends React.Component<Props> {
    componentDidMount(): void {
      mounted.add(this);
      timer = timer ?? setInterval(() => mounted.forEach((each) => each.forceUpdate()), TICK_MS);
    }

    shouldComponentUpdate(): boolean {
      return rendersBetweenTicks;
    }

    componentWillUnmount(): void {
      mounted.delete(this);
      if (mounted.size > 0) return;
      clearInterval(timer);
      timer = undefined;
    }

    render() {
      return <View {...this.props} />;
    }
  };
}

/** Renders at each tick and at each change of the props. */
export const ticking = <Props,>(View: React.ComponentType<Props>) => withTicks(View, true);

/** Renders at each tick only, however often the props change: for components that are expensive to render. */
export const tickingOnly = <Props,>(View: React.ComponentType<Props>) => withTicks(View, false);

/** Whole seconds, at least 0. Both times are milliseconds on the throttle's clock. */
export const secondsUntil = (atMs: number, nowMs: number) => Math.max(0, Math.ceil((atMs - nowMs) / 1000));

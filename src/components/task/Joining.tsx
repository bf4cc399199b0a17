/** Replaces Flex's endless spinner in an accepted chat until the agent has joined it. */

import { Button, CircularProgress, styled, Template, templates, Theme, withTheme } from "@twilio/flex-ui";
import React from "react";

import { connected, LiveProps, ticking } from "../live";
import { Services } from "../services";
import { optionalColor } from "../themed";
import { describeWait, secondsUntilNextJoin, selectJoinState, WaitingJoin } from "./joinState";

interface OwnProps {
  /** Channel sid. */
  readonly chat: string;
}

const CENTERED: React.CSSProperties = {
  display: "flex",
  flex: "1 1 auto",
  flexDirection: "column",
  alignItems: "center",
  justifyContent: "center",
  height: "100%",
  padding: 16,
  textAlign: "center",
  outline: "none",
};
const SENTENCE: React.CSSProperties = { marginTop: 12, maxWidth: "40ch", lineHeight: 1.5 };

class JoiningView extends React.Component<LiveProps & OwnProps> {
  private readonly root = React.createRef<HTMLDivElement>();

  /** Moves the keyboard focus to this element, because the button disappears. */
  private readonly joinNow = () => {
    this.root.current?.focus();
    this.props.services.joinAgain(this.props.chat);
  };

  render() {
    const { throttle, services, chat } = this.props;
    const state = selectJoinState(throttle, chat);
    const isNotJoined = state?.is === "not-joined";
    return (
      <div ref={this.root} tabIndex={-1} style={CENTERED}>
        {!isNotJoined && <CircularProgress size={80} borderWidth={2} animating />}
        {!isNotJoined && (
          <div style={SENTENCE}>
            {state?.is === "waiting" ? (
              <Countdown state={state} services={services} />
            ) : (
              <Template source={templates.LoadingChatCanvas} />
            )}
          </div>
        )}
        <div role="status">{isNotJoined && services.text("NotJoined")}</div>
        {isNotJoined && <JoinAgain throttle={throttle} services={services} onClick={this.joinNow} />}
      </div>
    );
  }
}

interface JoinAgainProps extends LiveProps {
  readonly onClick: () => void;
}

/** Says when the chat would be joined. */
const JoinAgain = ticking(({ throttle, services: { text, now }, onClick }: JoinAgainProps) => {
  const seconds = secondsUntilNextJoin(throttle, now());
  const label = seconds > 1 ? text("JoinIn", { seconds }) : text("JoinNow");
  return <JoinNow label={label} onClick={onClick} />;
});

interface CountdownProps {
  readonly state: WaitingJoin;
  readonly services: Services;
}

const Countdown = ticking(({ state, services }: CountdownProps) => <span>{describeWait(state, services)}</span>);

/** Flex's button has no visible focus. The outline is offset because the button's edge has the same color. */
const Focusable = styled("span")`
  display: flex;
  & button:focus {
    outline: 2px solid ${optionalColor("focusColor")};
    outline-offset: 1px;
  }
`;

interface JoinNowProps {
  readonly theme?: Theme;
  readonly label: string;
  readonly onClick: () => void;
}

const JoinNow = withTheme(({ theme, label, onClick }: JoinNowProps) => (
  <Focusable>
    <Button
      type="button"
      themeOverride={{ background: theme?.colors?.defaultButtonColor, color: theme?.colors?.lightTextColor }}
      style={{ marginTop: 16 }}
      onClick={onClick}
    >
      {label}
    </Button>
  </Focusable>
)) as React.ComponentType<JoinNowProps>;

export const Joining = connected<OwnProps>(JoiningView);

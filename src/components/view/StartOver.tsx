/** A button that forgets days of measuring: it asks first. */

import React from "react";

import { TextOf } from "../../texts/texts";

interface StartOverProps {
  readonly text: TextOf;
  readonly onStartOver: () => void;
}

export class StartOver extends React.Component<StartOverProps, { readonly isAsking: boolean }> {
  state = { isAsking: false };

  private readonly ask = () => this.setState({ isAsking: true });
  private readonly keep = () => this.setState({ isAsking: false });
  private readonly forget = () => {
    this.keep();
    this.props.onStartOver();
  };

  render() {
    const { text } = this.props;
    if (!this.state.isAsking) {
      return (
        <p>
          <button type="button" onClick={this.ask}>
            {text("FlexThrottleViewStartOver")}
          </button>
        </p>
      );
    }
    return (
      <p className="buttons">
        <span role="alert">{text("FlexThrottleViewStartOverAsk")}</span>
        {/* The key press that opened the question must not answer it. */}
        <button type="button" onClick={this.keep} autoFocus>
          {text("FlexThrottleViewStartOverNo")}
        </button>
        <button type="button" onClick={this.forget}>
          {text("FlexThrottleViewStartOverYes")}
        </button>
      </p>
    );
  }
}

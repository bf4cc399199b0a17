/** A button that forgets what took time to come by: it asks first. */

import React from "react";

import { TextKey, TextOf } from "../texts/texts";

interface StartOverProps {
  readonly text: TextOf;
  readonly label: TextKey;
  /** Asks whether to forget it. */
  readonly question: TextKey;
  readonly onStartOver: () => void;
}

export class StartOver extends React.Component<StartOverProps, { readonly isAsking?: boolean }> {
  state: { readonly isAsking?: boolean } = {};

  private readonly ask = () => this.setState({ isAsking: true });
  private readonly keep = () => this.setState({ isAsking: false });
  private readonly forget = () => {
    this.keep();
    this.props.onStartOver();
  };

  render() {
    const { text, label, question } = this.props;
    const { isAsking } = this.state;
    if (!isAsking) {
      return (
        // Once it was answered, the keyboard goes on here.
        <button type="button" onClick={this.ask} autoFocus={isAsking === false}>
          {text(label)}
        </button>
      );
    }
    return (
      <span className="buttons">
        <span role="alert">{text(question)}</span>
        {/* The key press that opened the question must not answer it. */}
        <button type="button" onClick={this.keep} autoFocus>
          {text("FlexThrottleViewStartOverNo")}
        </button>
        <button type="button" onClick={this.forget}>
          {text("FlexThrottleViewStartOverYes")}
        </button>
      </span>
    );
  }
}

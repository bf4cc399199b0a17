/** A button that discards data after a confirmation. */

import React from "react";

import { TextKey, TextOf } from "../texts/texts";

interface StartOverProps {
  readonly text: TextOf;
  readonly label: TextKey;
  /** The confirmation. */
  readonly question: TextKey;
  readonly onStartOver: () => void;
}

export class StartOver extends React.Component<StartOverProps, { readonly isAsking?: boolean }> {
  state: { readonly isAsking?: boolean } = {};

  private readonly ask = () => this.setState({ isAsking: true });
  private readonly keep = () => this.setState({ isAsking: false });
  private readonly discard = () => {
    this.keep();
    this.props.onStartOver();
  };

  render() {
    const { text, label, question } = this.props;
    const { isAsking } = this.state;
    if (!isAsking) {
      return (
        // Takes the focus back after the question was answered.
        <button type="button" onClick={this.ask} autoFocus={isAsking === false}>
          {text(label)}
        </button>
      );
    }
    return (
      <span className="buttons">
        <span role="alert">{text(question)}</span>
        {/* Focuses the harmless answer, so that a repeated key press does not discard. */}
        <button type="button" onClick={this.keep} autoFocus>
          {text("ViewStartOverNo")}
        </button>
        <button type="button" onClick={this.discard}>
          {text("ViewStartOverYes")}
        </button>
      </span>
    );
  }
}

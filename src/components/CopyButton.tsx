/** A button that copies a text, and says whether it did. */

import React from "react";

import { copyText } from "../page/copyText";
import { TextKey, TextOf } from "../texts/texts";

interface CopyButtonProps {
  /** Asked at the click. */
  readonly content: () => string;
  readonly label: TextKey;
  readonly text: TextOf;
}

const SAID_MS = 4000;

export class CopyButton extends React.Component<CopyButtonProps, { readonly said?: TextKey }> {
  state: { readonly said?: TextKey } = {};
  private timer: ReturnType<typeof setTimeout> | undefined;

  componentWillUnmount(): void {
    this.say = () => undefined;
    if (this.timer !== undefined) clearTimeout(this.timer);
  }

  private readonly copy = () =>
    copyText(this.props.content()).then(
      () => this.say("FlexThrottleViewCopied"),
      () => this.say("FlexThrottleViewCopyFailed"),
    );

  private say = (said: TextKey) => {
    this.setState({ said });
    if (this.timer !== undefined) clearTimeout(this.timer);
    this.timer = setTimeout(() => this.setState({ said: undefined }), SAID_MS);
  };

  render() {
    const { label, text } = this.props;
    const { said } = this.state;
    return (
      <span className="copy">
        <button type="button" onClick={() => void this.copy()}>
          {text(label)}
        </button>
        <span role="status">{said && text(said)}</span>
      </span>
    );
  }
}

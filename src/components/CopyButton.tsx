/** A button that copies a text and shows whether that worked. */

import React from "react";

import { copyText } from "../page/copyText";
import { TextKey, TextOf } from "../texts/texts";

interface CopyButtonProps {
  /** Called on each click. */
  readonly content: () => string;
  readonly label: TextKey;
  readonly text: TextOf;
}

const MESSAGE_MS = 4000;

export class CopyButton extends React.Component<CopyButtonProps, { readonly message?: TextKey }> {
  state: { readonly message?: TextKey } = {};
  private timer: ReturnType<typeof setTimeout> | undefined;

  componentWillUnmount(): void {
    this.show = () => undefined;
    clearTimeout(this.timer);
  }

  private readonly copy = () =>
    copyText(this.props.content()).then(
      () => this.show("ViewCopied"),
      () => this.show("ViewCopyFailed"),
    );

  private show = (message: TextKey) => {
    this.setState({ message });
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.setState({ message: undefined }), MESSAGE_MS);
  };

  render() {
    const { label, text } = this.props;
    const { message } = this.state;
    return (
      <span className="copy">
        <button type="button" onClick={() => void this.copy()}>
          {text(label)}
        </button>
        <span role="status">{message && text(message)}</span>
      </span>
    );
  }
}

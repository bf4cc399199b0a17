/** A text to take elsewhere, with a button that copies it. */

import React from "react";

import { TextKey, TextOf } from "../../texts/texts";

interface CopyableProps {
  readonly text: TextOf;
  readonly copied: string;
  /** What the button says. */
  readonly copy: string;
  /** What the text is. */
  readonly title: string;
}

interface CopyableState {
  readonly outcome?: TextKey;
  /** The text that it is the outcome for: another has not been copied. */
  readonly of: string;
}

export class Copyable extends React.Component<CopyableProps, CopyableState> {
  private readonly shown = React.createRef<HTMLPreElement>();
  state: CopyableState = { of: this.props.copied };

  static getDerivedStateFromProps({ copied }: CopyableProps, { of }: CopyableState) {
    return copied === of ? null : { outcome: undefined, of: copied };
  }

  render() {
    const { text, copied, copy, title, children } = this.props;
    const { outcome } = this.state;
    return (
      <>
        <pre ref={this.shown} tabIndex={0} role="region" aria-label={title}>
          {copied}
        </pre>
        <div className="row">
          <button type="button" onClick={this.copy}>
            {copy}
          </button>
          {children}
          <span role="status">{outcome && text(outcome)}</span>
        </div>
      </>
    );
  }

  private readonly copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(this.props.copied);
      this.tell("FlexThrottleFormCopied");
    } catch {
      // Only a page that is served safely may, and not in every frame.
      if (this.shown.current) window.getSelection()?.selectAllChildren(this.shown.current);
      this.tell("FlexThrottleFormNotCopied");
    }
  };

  private tell(outcome: TextKey): void {
    if (this.shown.current) this.setState({ outcome });
  }
}

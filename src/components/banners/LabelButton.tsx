/** The buttons in our banners. */

import React from "react";

const BUTTON: React.CSSProperties = {
  margin: 0,
  padding: 0,
  border: 0,
  background: "none",
  color: "inherit",
  font: "inherit",
  textTransform: "inherit",
  cursor: "inherit",
  maxWidth: 260,
  overflow: "hidden",
  textOverflow: "ellipsis",
  whiteSpace: "nowrap",
};

interface LabelProps {
  /** What tells it from the other buttons of the banners. */
  readonly name: string;
  readonly label: string;
  /** The whole of it, where the label is shorter. */
  readonly title?: string;
  readonly isDisabled?: boolean;
  readonly style?: React.CSSProperties;
  /** Where no action of Flex is around it. */
  readonly onClick?: () => void;
}

/**
 * Flex's own action is a `div` that no key reaches; a button inside it is. The click goes on to the action. When Flex draws
 * the banners anew, because another comes or goes, who works by keys stays on the button.
 */
export class LabelButton extends React.Component<LabelProps> {
  /** The one that went with the focus on it, for as long as Flex may be drawing. */
  private static left: string | undefined;
  private readonly button = React.createRef<HTMLButtonElement>();

  componentDidMount(): void {
    if (LabelButton.left === this.props.name) this.button.current?.focus();
  }

  componentWillUnmount(): void {
    if (document.activeElement !== this.button.current) return;
    LabelButton.left = this.props.name;
    setTimeout(() => (LabelButton.left = undefined));
  }

  render() {
    const { label, title = label, isDisabled, style, onClick } = this.props;
    return (
      <button
        ref={this.button}
        type="button"
        style={{ ...BUTTON, ...style }}
        aria-disabled={isDisabled}
        title={title}
        onClick={onClick}
      >
        {label}
      </button>
    );
  }
}

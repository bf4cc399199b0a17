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
  /** Unique among the buttons of all banners. */
  readonly name: string;
  readonly label: string;
  readonly style?: React.CSSProperties;
  /** Not needed inside an action of Flex, which handles the click. */
  readonly onClick?: () => void;
}

/**
 * Makes Flex's banner actions, which are `div`s, reachable by keyboard; clicks bubble to the action. Flex mounts all
 * banners again when one is added or removed, so the button restores the focus.
 */
export class LabelButton extends React.Component<LabelProps> {
  /** The name of the focused button that was just unmounted. */
  private static unmounted: string | undefined;
  private readonly button = React.createRef<HTMLButtonElement>();

  componentDidMount(): void {
    if (LabelButton.unmounted === this.props.name) this.button.current?.focus();
  }

  componentWillUnmount(): void {
    if (document.activeElement !== this.button.current) return;
    LabelButton.unmounted = this.props.name;
    setTimeout(() => (LabelButton.unmounted = undefined));
  }

  render() {
    const { label, style, onClick } = this.props;
    return (
      <button ref={this.button} type="button" style={{ ...BUTTON, ...style }} title={label} onClick={onClick}>
        {label}
      </button>
    );
  }
}

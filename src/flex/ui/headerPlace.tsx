/**
 * Places a banner in Flex's header, between the buttons. Flex itself lays banners over the top of the desktop, and so over
 * buttons such as "End chat".
 */

import React from "react";

/** In a narrower place, the text would be cut off after a few words. Flex's own place is used instead. */
const MIN_WIDTH_PX = 200;

/** Between the banner and the buttons. */
const MARGIN_PX = 8;

/** As many as fit into the header. The list of waiting calls says the same. */
const MAX_LINES = 3;

const TEXT: React.CSSProperties = {
  display: "-webkit-box",
  WebkitBoxOrient: "vertical",
  WebkitLineClamp: MAX_LINES,
  overflow: "hidden",
};

const BANNER = ".Twilio-NotificationBar-NotificationContainer";
const HEADER = ".Twilio-MainHeader";
const CLICKABLE = "button, a, input, select, textarea, [role=button], [tabindex]";

export class HeaderPlace extends React.Component {
  private readonly root = React.createRef<HTMLDivElement>();
  private end: () => void = () => undefined;

  componentDidMount(): void {
    const banner = this.root.current?.closest<HTMLElement>(BANNER);
    const header = document.querySelector(HEADER);
    if (!banner || !header) return;
    // The header's parts move with the window, and with the length of the agent's activity.
    const observer = new ResizeObserver(() => place(banner, header));
    [header, ...Array.from(header.children)].forEach((part) => observer.observe(part));
    place(banner, header);
    this.end = () => {
      observer.disconnect();
      // Flex may use the element for another banner.
      banner.removeAttribute("style");
    };
  }

  componentWillUnmount(): void {
    this.end();
  }

  render() {
    return (
      <div ref={this.root} style={TEXT}>
        {this.props.children}
      </div>
    );
  }
}

function place(banner: HTMLElement, header: Element): void {
  banner.removeAttribute("style");
  const { top, height } = header.getBoundingClientRect();
  const { left, width } = findPlace(header);
  if (width < MIN_WIDTH_PX) return;
  const px = { left, width, top, height };
  for (const [name, value] of Object.entries(px)) banner.style.setProperty(name, `${value}px`);
  Object.assign(banner.style, { position: "fixed", boxSizing: "border-box", padding: "0 4px" });
}

/** @returns the widest part of the header without anything to click. */
function findPlace(header: Element): { readonly left: number; readonly width: number } {
  const { left, right, bottom } = header.getBoundingClientRect();
  const clickable = Array.from(header.querySelectorAll(CLICKABLE), (element) => element.getBoundingClientRect())
    // A closed menu is below the header.
    .filter((rect) => rect.width > 0 && rect.top < bottom)
    .sort((a, b) => a.left - b.left);
  let from = left;
  let widest = { left, width: 0 };
  for (const rect of [...clickable, { left: right, right }]) {
    const width = rect.left - from - 2 * MARGIN_PX;
    if (width > widest.width) widest = { left: from + MARGIN_PX, width };
    from = Math.max(from, rect.right);
  }
  return widest;
}

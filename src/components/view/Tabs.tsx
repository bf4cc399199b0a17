/**
 * Tabs with the keyboard behavior of the ARIA pattern: arrow keys select the next tab. The heading is above them, so that
 * Flex's banners cover the heading and not the tabs.
 *
 * @see https://www.w3.org/WAI/ARIA/apg/patterns/tabs/
 */

import { styled } from "@twilio/flex-ui";
import React from "react";

import { color, textColor } from "../themed";

interface Tab {
  readonly label: string;
  /** @param selectNext shows the next tab and moves the focus to it. The same function at every call. */
  readonly renderPanel: (selectNext: () => void) => React.ReactNode;
}

interface TabsProps {
  readonly tabs: readonly Tab[];
  /** Called once, after the first render. */
  readonly onOpen: () => void;
}

const ID = "flex-throttle-tab";

export class Tabs extends React.Component<TabsProps, { readonly shown: number }> {
  state = { shown: 0 };
  private readonly tabList = React.createRef<HTMLDivElement>();

  componentDidMount(): void {
    this.props.onOpen();
  }

  private readonly selectByArrow = ({ key }: React.KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[key];
    if (step) this.move(step);
  };

  private readonly selectNext = () => this.move(1);

  private move(step: number): void {
    const { length } = this.props.tabs;
    const shown = (this.state.shown + step + length) % length;
    this.setState({ shown }, () => (this.tabList.current?.children[shown] as HTMLElement | undefined)?.focus());
  }

  render() {
    const { tabs } = this.props;
    const { shown } = this.state;
    return (
      <TabsRoot>
        <h1>{tabs[shown].label}</h1>
        <div role="tablist" ref={this.tabList} onKeyDown={this.selectByArrow}>
          {tabs.map(({ label }, index) => (
            <button
              key={index}
              type="button"
              role="tab"
              id={`${ID}-${index}`}
              aria-controls={`${ID}-panel`}
              aria-selected={index === shown}
              tabIndex={index === shown ? 0 : -1}
              onClick={() => this.setState({ shown: index })}
            >
              {label}
            </button>
          ))}
        </div>
        <div role="tabpanel" id={`${ID}-panel`} aria-labelledby={`${ID}-${shown}`}>
          {tabs[shown].renderPanel(this.selectNext)}
        </div>
      </TabsRoot>
    );
  }
}

const TabsRoot = styled("div")`
  display: flex;
  flex: 1 1 auto;
  flex-direction: column;
  min-width: 0;
  background: ${color("base1")};
  color: ${textColor};

  > h1 {
    margin: 0;
    padding: 12px 24px 2px;
    font-size: 20px;
    font-weight: bold;
  }
  > [role="tablist"] {
    flex: 0 0 auto;
    padding: 0 12px;
    border-bottom: 1px solid ${color("base3")};
  }
  > [role="tabpanel"] {
    display: flex;
    flex: 1 1 auto;
    min-height: 0;
  }
  [role="tab"] {
    padding: 10px 12px 8px;
    border: 0;
    border-bottom: 2px solid transparent;
    background: none;
    color: inherit;
    font-size: 13px;
    cursor: pointer;
  }
  [role="tab"][aria-selected="true"] {
    border-color: ${color("tabSelectedColor")};
    font-weight: bold;
  }
  [role="tab"]:focus {
    outline: 2px solid ${color("focusColor")};
    outline-offset: -2px;
  }
`;

import { fireEvent, render, screen } from "@testing-library/react";
import * as Flex from "@twilio/flex-ui";
import React from "react";

import { Tabs } from "./Tabs";

/** Exported by Flex, but missing in its types. */
const { StorelessThemeProvider: Themed } = Flex as unknown as {
  StorelessThemeProvider: React.ComponentType<{ themeConf: object }>;
};

const tab = (name: string) => screen.getByText(name, { selector: "[role=tab]" });
const panel = () => document.querySelector("[role=tabpanel]") as HTMLElement;

const onOpen = jest.fn();

beforeEach(() => {
  onOpen.mockClear();
  const tabs = ["One", "Two", "Three"].map((label) => ({
    label,
    renderPanel: (selectNext: () => void) => <p onClick={selectNext}>{`Page ${label}`}</p>,
  }));
  render(
    <Themed themeConf={{ baseName: "FlexLight" }}>
      <Tabs tabs={tabs} onOpen={onOpen} />
    </Themed>,
  );
});

test("lets a panel select the next tab", () => {
  fireEvent.click(screen.getByText("Page One"));
  expect(panel()).toHaveTextContent(/^Page Two$/);
  expect(tab("Two")).toHaveFocus();
});

test("shows only the selected tab's panel, labeled by the tab", () => {
  expect(panel()).toHaveTextContent(/^Page One$/);
  expect(document.querySelector("h1")).toHaveTextContent("One");
  fireEvent.click(tab("Three"));
  expect(panel()).toHaveTextContent(/^Page Three$/);
  expect(document.getElementById(panel().getAttribute("aria-labelledby") ?? "")).toBe(tab("Three"));
  expect(tab("Three")).toHaveAttribute("aria-selected", "true");
  expect(tab("One")).toHaveAttribute("aria-selected", "false");
  expect(document.querySelector("h1")).toHaveTextContent("Three");
  expect(onOpen).toHaveBeenCalledTimes(1);
});

test("arrow keys wrap around; only the selected tab is in the tab order", () => {
  fireEvent.keyDown(tab("One"), { key: "ArrowLeft" });
  expect(tab("Three")).toHaveFocus();
  fireEvent.keyDown(tab("Three"), { key: "ArrowRight" });
  fireEvent.keyDown(tab("One"), { key: "ArrowRight" });
  expect(tab("Two")).toHaveFocus();
  expect(panel()).toHaveTextContent(/^Page Two$/);
  expect(["One", "Two", "Three"].map((name) => tab(name).tabIndex)).toEqual([-1, 0, -1]);
  fireEvent.keyDown(tab("Two"), { key: "a" });
  expect(panel()).toHaveTextContent(/^Page Two$/);
});

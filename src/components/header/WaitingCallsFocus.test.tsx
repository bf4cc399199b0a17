import "@testing-library/jest-dom";
import { fireEvent, screen } from "@testing-library/react";

import { useFakeTimers } from "../../../testing/fakeTimers";
import { badge, call, isOpen, join, open, pass, press, rows, show } from "../../../testing/waitingCalls";

useFakeTimers();

test("focuses the badge and says that nothing waits after the last call was canceled", () => {
  const { change } = show([call({ name: "A" })]);
  open();
  const button = screen.getByRole("button", { name: "Cancel: A" });
  button.focus();
  fireEvent.click(button);
  change([]);
  expect(document.activeElement).toBe(badge());
  expect(screen.getByRole("status")).toHaveTextContent("No requests are waiting.");
});

test("moves the focus to the next row when the focused call is sent", () => {
  const [first, second] = [join("CH1"), join("CH2")];
  const { change } = show([first, second]);
  open();
  press("ArrowDown");
  expect(document.activeElement).toBe(rows()[0]);
  change([second]);
  pass(1000);
  expect(rows()).toHaveLength(1);
  expect(document.activeElement).toBe(rows()[0]);
});

test("moves through the list with the arrow keys, Home and End; Escape closes it and focuses the badge", () => {
  show([join("CH1"), join("CH2"), call()]);
  open();
  expect(document.activeElement).toBe(badge());
  const at = () => rows().indexOf(document.activeElement as HTMLElement);
  const visited = ["ArrowDown", "ArrowDown", "End", "ArrowDown", "ArrowUp", "Home", "ArrowUp"].map((key) => {
    press(key);
    return at();
  });
  expect(visited).toEqual([0, 1, 2, 2, 1, 0, 0]);
  expect(rows().map(({ tabIndex }) => tabIndex)).toEqual([0, -1, -1]);
  press("Escape");
  expect(isOpen()).toBe(false);
  expect(document.activeElement).toBe(badge());
  expect(badge()).toHaveAttribute("aria-expanded", "false");
});

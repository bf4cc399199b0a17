import { screen } from "@testing-library/react";

import { readSettings } from "../../settings/readSettings";
import { showBanner } from "../../../testing/banners";
import { useFakeTimers } from "../../../testing/fakeTimers";
import { SettingsBanner } from "./Banner";

useFakeTimers();

test("invalid settings: shows the number, and each path with the expected value", () => {
  const { problems } = readSettings({ mode: "on", queu: {} });
  const { text, announced } = showBanner(SettingsBanner, { problems });
  expect(text()).toContain("Flex Throttle: 2 settings are invalid. Their defaults are in use.");
  expect(announced()).toEqual(["Flex Throttle: 2 settings are invalid. Their defaults are in use."]);
  expect(screen.getAllByRole("listitem").map(({ textContent }) => textContent)).toEqual([
    'flexThrottle.mode is "on"; expected one of "enforce", "observe", "off".',
    'flexThrottle.queu is unknown; expected "queue".',
  ]);
  // A long list scrolls, also by keyboard.
  const list = screen.getByRole("list");
  expect(list.style).toMatchObject({ maxHeight: "30vh", overflow: "auto" });
  list.focus();
  expect(document.activeElement).toBe(list);
});

test("a single invalid setting has the singular form", () => {
  expect(showBanner(SettingsBanner, readSettings({ mode: 1 })).text()).toContain(
    "Flex Throttle: 1 setting is invalid. Its default is in use.",
  );
});

test("shows the number of Flex Flows near the maximum, without a list of problems", () => {
  const { text } = showBanner(SettingsBanner, { status: { capacity: { count: 2400, max: 2500, isNearlyFull: true } } });
  expect(text()).toContain("This account has 2,400 of at most 2,500 Flex Flows.");
  expect(screen.queryByRole("list")).toBeNull();
});

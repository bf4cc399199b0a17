import { readSettings } from "../../settings/readSettings";
import { showBanner } from "../../../testing/banners";
import { useFakeTimers } from "../../../testing/fakeTimers";
import { SettingsBanner } from "./Banner";

useFakeTimers();

test("shows the number of invalid settings", () => {
  const { problems } = readSettings({ mode: "on", queu: {} });
  const { text, announced } = showBanner(SettingsBanner, { problems });
  expect(text().trim()).toBe("Flex Throttle: 2 settings are invalid. Their defaults are in use.");
  expect(announced()).toEqual(["Flex Throttle: 2 settings are invalid. Their defaults are in use."]);
});

test("a single invalid setting has the singular form", () => {
  expect(showBanner(SettingsBanner, readSettings({ mode: 1 })).text()).toContain(
    "Flex Throttle: 1 setting is invalid. Its default is in use.",
  );
});

test("shows the number of Flex Flows near the maximum", () => {
  const { text } = showBanner(SettingsBanner, { status: { capacity: { count: 2400, max: 2500, isNearlyFull: true } } });
  expect(text()).toContain("This account has 2,400 of at most 2,500 Flex Flows.");
});

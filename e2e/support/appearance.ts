/** The parts of the page that the appearance tests check, and the theme, language and size in which they do. */

import { LANGUAGES, textIn, TextKey } from "../../src/texts/texts";
import { cutOff } from "./cutOff";
import { Desk } from "./desk";

export const THEMES = ["FlexLight", "FlexDark"] as const;
export { LANGUAGES };
const SCREENS = [
  { width: 1024, height: 900 },
  { width: 1600, height: 900 },
];

/** CSS selectors of parts of the page. */
export const BADGE = "div:has(> [aria-haspopup=dialog])";
export const LIST = "[role=dialog]";
export const BANNERS = ".Twilio-NotificationBar-NotificationContainer";
export const TASK = ".Twilio-TaskCanvasTabs [tabindex='-1']:has(> [role=status])";
export const LINES = ".Twilio-TaskListBaseItem-SecondLine";
export const PAGE = "div:has(> #flex-throttle-tab-panel)";
export const VIEW = "[data-flex-throttle=view]";

/** Resolves after two frames: React's changes are laid out and painted by then. */
export const painted = (desk: Pick<Desk, "evaluate">) =>
  desk.evaluate(
    () => new Promise<void>((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve()))),
  );

/** Changes Flex's own configuration while it runs, such as the language or the theme. */
export async function configure(desk: Desk, config: object): Promise<void> {
  await desk.evaluate((wanted) => window.Twilio.Flex.Manager.getInstance().updateConfig(wanted), config);
  await painted(desk);
}

/** The longest part of a text, or of one of its plural forms, between its placeholders and their units. */
export function longestPart(language: string, key: TextKey, form: "one" | "other" = "other"): string {
  const text = textIn(language, key);
  return (typeof text === "string" ? text : (text[form] ?? text.other))
    .split(/\{\{\w+\}\}(?: (?:s|秒)(?![a-z]))?/)
    .reduce((longest, part) => (part.length > longest.length ? part : longest))
    .trim();
}

/** What is cut off on a narrow and on a wide screen, in a light and in a dark theme. */
export async function cutOffAnywhere(desk: Desk, selectors: readonly string[]): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {};
  for (const baseName of THEMES) {
    await configure(desk, { colorTheme: { baseName } });
    for (const screen of SCREENS) {
      await desk.page.setViewportSize(screen);
      await painted(desk);
      found[`${baseName}, ${screen.width}`] = await cutOff(desk, selectors);
    }
  }
  return found;
}

/** The result of `cutOffAnywhere` when nothing is cut off. */
export const NOTHING = Object.fromEntries(
  THEMES.flatMap((theme) => SCREENS.map(({ width }) => [`${theme}, ${width}`, []])),
);

import { SettingDescription, SETTING_DESCRIPTIONS, SettingPattern } from "../settings/descriptions";

type SettingTexts<Part extends string> = {
  readonly [Pattern in SettingPattern as `FlexThrottleSetting.${Pattern}.${Part}`]: string;
};

/** The titles or the descriptions of all settings in English, such as `FlexThrottleSetting.limits.*.burst.title`. */
export const settingTexts = <Part extends keyof SettingDescription>(part: Part) =>
  Object.fromEntries(
    Object.entries<SettingDescription>(SETTING_DESCRIPTIONS).map(([pattern, description]) => [
      `FlexThrottleSetting.${pattern}.${part}`,
      description[part],
    ]),
  ) as SettingTexts<Part>;

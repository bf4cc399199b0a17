import { SettingDescription, SETTING_DESCRIPTIONS, SettingPattern } from "../settings/descriptions";

type SettingTexts<Part extends keyof SettingDescription> = {
  readonly [
    Pattern in SettingPattern as (typeof SETTING_DESCRIPTIONS)[Pattern] extends { readonly [Key in Part]: string }
      ? `Setting.${Pattern}.${Part}`
      : never
  ]: string;
};

/** The titles or the descriptions of the settings that have one, in English, such as `Setting.mode.title`. */
export const settingTexts = <Part extends keyof SettingDescription>(part: Part) =>
  Object.fromEntries(
    Object.entries<SettingDescription>(SETTING_DESCRIPTIONS)
      .filter(([, description]) => description[part])
      .map(([pattern, description]) => [`Setting.${pattern}.${part}`, description[part]]),
  ) as SettingTexts<Part>;

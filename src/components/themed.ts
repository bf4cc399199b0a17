import type { Theme } from "@twilio/flex-ui";

interface Themed {
  readonly theme?: Theme;
}

/** A style value taken from Flex's theme, which Flex passes to every styled component. */
export const themed =
  (read: (theme: Theme) => string) =>
  ({ theme }: Themed): string =>
    read(theme as Theme);

export const color = (name: keyof Theme["colors"]) => themed(({ colors }) => colors[name]);

export const textColor = themed(({ calculated }) => calculated.textColor);

/** For the components in Flex's own screens: a custom theme may lack colors that Flex's themes have. */
export const optionalColor =
  (name: keyof Theme["colors"], missing = "currentColor") =>
  ({ theme }: Themed): string =>
    theme?.colors?.[name] ?? missing;

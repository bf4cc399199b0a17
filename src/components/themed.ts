import type { Theme } from "@twilio/flex-ui";

/** A style value taken from Flex's theme, which Flex passes to every styled component. */
export const themed =
  (read: (theme: Theme) => string) =>
  ({ theme }: { readonly theme?: Theme }): string =>
    read(theme as Theme);

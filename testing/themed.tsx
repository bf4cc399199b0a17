/** Wraps a component in Flex's theme, as Flex does. */

import * as Flex from "@twilio/flex-ui";
import React from "react";

/** Exported, but missing in Flex's types. */
const { StorelessThemeProvider } = Flex as unknown as {
  StorelessThemeProvider: React.ComponentType<{ themeConf: object }>;
};

export const Themed = ({ children }: { readonly children: React.ReactElement }) => (
  <StorelessThemeProvider themeConf={{ colorTheme: { baseName: "FlexLight" } }}>{children}</StorelessThemeProvider>
);

/** Removes Flex's three thousand style rules. jsdom matches each against every element, so a query by role takes seconds. */
export function dropStyles(): void {
  document.querySelectorAll("style").forEach((sheet) => sheet.remove());
}

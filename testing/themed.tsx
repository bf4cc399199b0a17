/** Flex's own theme around a component, as everything in Flex has it. */

import * as Flex from "@twilio/flex-ui";
import React from "react";

/** Exported, but missing in Flex's types. */
const { StorelessThemeProvider } = Flex as unknown as {
  StorelessThemeProvider: React.ComponentType<{ themeConf: object }>;
};

export const Themed = ({ children }: { readonly children: React.ReactElement }) => (
  <StorelessThemeProvider themeConf={{ colorTheme: { baseName: "FlexLight" } }}>{children}</StorelessThemeProvider>
);

/** Without Flex's three thousand rules, for each of which jsdom looks at each element: a query by role takes seconds otherwise. */
export function dropStyles(): void {
  document.querySelectorAll("style").forEach((sheet) => sheet.remove());
}

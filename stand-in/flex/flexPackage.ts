// The package of the Flex UI that desktops load.

import { readFileSync } from "fs";
import { dirname, join } from "path";

/** `FLEX_UI_FOLDER` is the folder of another version; see scripts/testVersions.ts. */
export function flexFolder(): string {
  return process.env.FLEX_UI_FOLDER ?? dirname(require.resolve("@twilio/flex-ui/package.json"));
}

export function flexVersion(): string {
  const { version } = JSON.parse(readFileSync(join(flexFolder(), "package.json"), "utf8")) as { version: string };
  return version;
}

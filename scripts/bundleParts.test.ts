import { randomBytes } from "crypto";

import { measureParts } from "./bundleParts";

test("attributes each character to its source, and the rest to the start", () => {
  // Random text, which does not compress: the second part is twice as long as the first.
  const [flex, sdk] = [randomBytes(1000).toString("base64"), randomBytes(2000).toString("base64")];
  const map = {
    file: "bundle.js",
    version: 3,
    sources: ["webpack:///./src/flex/desktop.ts", "webpack:///./node_modules/twilio-sync/lib/client.js"],
    sourcesContent: [],
    names: [],
    // One segment at the start of each line, the second line in the second source.
    mappings: "AAAA;ACAA",
    sourceRoot: "",
  };
  const parts = measureParts(`${flex}\n${sdk}`, map);
  expect(parts.map(({ part }) => part)).toEqual(["Twilio's Sync SDK", "`src/flex/`"]);
  expect(Math.round(parts[0].bytes / parts[1].bytes)).toBe(2);
});

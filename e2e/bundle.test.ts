import { readFileSync } from "fs";
import { gzipSync } from "zlib";

import { BUNDLE } from "./support/desk";

test("the bundle is at most 70 kB gzipped", () => {
  expect(gzipSync(readFileSync(BUNDLE)).length).toBeLessThanOrEqual(70_000);
});

test("its source map leads back to the sources", () => {
  const map = JSON.parse(readFileSync(`${BUNDLE}.map`, "utf8")) as { sources: string[]; mappings: string };
  expect(map.sources.some((source) => source.endsWith("src/throttle/throttle.ts"))).toBe(true);
  expect(map.mappings.length).toBeGreaterThan(1000);
});

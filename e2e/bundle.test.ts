import { readFileSync } from "fs";
import { gzipSync } from "zlib";

import packageJson from "../package.json";
import { BUNDLE } from "./support/desk";

test("the gzipped bundle is at most the size in package.json", () => {
  const [{ limit }] = packageJson["size-limit"];
  expect(limit).toMatch(/^\d+ B$/);
  expect(gzipSync(readFileSync(BUNDLE), { level: 9 }).length).toBeLessThanOrEqual(Number.parseInt(limit, 10));
});

test("its source map leads back to the sources", () => {
  const map = JSON.parse(readFileSync(`${BUNDLE}.map`, "utf8")) as { sources: string[]; mappings: string };
  expect(map.sources.some((source) => source.endsWith("src/throttle/throttle.ts"))).toBe(true);
  expect(map.mappings.length).toBeGreaterThan(1000);
});

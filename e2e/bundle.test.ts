import { readdirSync, readFileSync } from "fs";
import { join } from "path";
import { gzipSync } from "zlib";

import packageJson from "../package.json";
import { BUNDLE } from "./support/desk";

const ROOT = join(__dirname, "..");

test("the gzipped bundle is at most the size in package.json", () => {
  const [{ limit }] = packageJson["size-limit"];
  expect(limit).toMatch(/^\d+ B$/);
  expect(gzipSync(readFileSync(BUNDLE), { level: 9 }).length).toBeLessThanOrEqual(Number.parseInt(limit, 10));
});

test("all translations come after the code, of which gzip remembers 32 kB", () => {
  const code = readFileSync(BUNDLE, "utf8");
  const [start, end] = [code.indexOf('"pt-BR":['), code.indexOf("//# sourceMappingURL")];
  expect(start).toBeGreaterThan(0);
  expect(end - start).toBeGreaterThan(32_768);
  expect(code.slice(start, end)).not.toMatch(/=>|function/);
});

interface SourceMap {
  readonly sources: readonly string[];
  readonly mappings: string;
}

const readSourceMap = () => JSON.parse(readFileSync(`${BUNDLE}.map`, "utf8")) as SourceMap;

test("its source map leads back to the sources of the plugin and its dependencies", () => {
  const { sources, mappings } = readSourceMap();
  const paths = sources.map((source) => source.replace("webpack:///", ""));
  expect(paths).toContain("./src/throttle/throttle.ts");
  expect(paths).toContain("./node_modules/limiter/dist/esm/TokenBucket.js");
  expect(paths.filter((path) => path.includes("../"))).toEqual([]);
  expect(mappings.length).toBeGreaterThan(1000);
});

test("it has the license and the copyright notice of every package in it", () => {
  const [comment] = readFileSync(BUNDLE, "utf8").split("*/", 1);
  expect(comment).toContain(readFileSync(join(ROOT, "LICENSE"), "utf8").trim());
  const packages = readSourceMap().sources.flatMap(
    (source) => /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(source)?.[1] ?? [],
  );
  expect(packages).toContain("valibot");
  for (const name of Array.from(new Set([...packages, "webpack"]))) {
    const directory = join(ROOT, "node_modules", name);
    const file = readdirSync(directory).find((entry) => /^licen[cs]e/i.test(entry)) as string;
    // What follows in a license of Twilio are those of other packages.
    const [license] = readFileSync(join(directory, file), "utf8").split("This software includes");
    if (license.includes("Permission is hereby granted, free of charge")) {
      const [notice] = /^ *copyright.*/im.exec(license) as RegExpExecArray;
      expect(comment).toContain(`${name}: ${notice.trim()}`);
    } else expect(comment).toContain(license.replace(/^ +/gm, "").trim());
  }
});

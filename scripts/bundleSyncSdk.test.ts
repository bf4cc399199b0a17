/** The real Sync SDK in a bundle of its own. */

import { mkdtempSync, readFileSync, rmSync } from "fs";
import { createRequire } from "module";
import { tmpdir } from "os";
import { dirname, join, resolve } from "path";

interface Module {
  readonly name: string;
  /** What it is made of. */
  readonly modules?: readonly Module[];
}

interface Stats {
  toJson(options: object): { readonly modules: readonly Module[]; readonly errors: readonly string[] };
}

type Webpack = (configuration: object, done: (error: Error | null, stats: Stats) => void) => void;

const ROOT = join(__dirname, "..");

const requireOfBuilder = createRequire(require.resolve("@twilio/flex-plugin-scripts/package.json"));
const babelLoader = requireOfBuilder.resolve("babel-loader");
const webpack = jest.requireActual<Webpack>(requireOfBuilder.resolve("webpack"));
const { bundleSyncSdk } = jest.requireActual<{
  bundleSyncSdk(configuration: object, babelLoader: string, webpack: Webpack): void;
}>("./bundleSyncSdk");

const directory = mkdtempSync(join(tmpdir(), "flex-throttle-sdk-"));
afterAll(() => rmSync(directory, { recursive: true }));

let modules: readonly Module[];
let code: string;
beforeAll(async () => {
  // webpack 4 cannot parse the syntax of today's browsers.
  const presets = [["@babel/preset-env", { ignoreBrowserslistConfig: true }]];
  const ownFiles = { test: /scripts/, loader: babelLoader, options: { presets } };
  const configuration = {
    mode: "production",
    context: ROOT,
    entry: "twilio-sync",
    output: { path: directory, filename: "sdk.js" },
    module: { rules: [ownFiles] },
    optimization: { minimize: false },
    resolve: { alias: {} },
    plugins: [],
  };
  bundleSyncSdk(configuration, babelLoader, webpack);
  const stats = await new Promise<Stats>((done, fail) => {
    webpack(configuration, (error, result) => (error ? fail(error) : done(result)));
  });
  const { errors, modules: all } = stats.toJson({ maxModules: Infinity });
  expect(errors).toEqual([]);
  modules = all;
  code = readFileSync(join(directory, "sdk.js"), "utf8");
});

const isOfSdk = ({ name }: Module) => name.includes("node_modules");

/** @returns the paths of the files that webpack merged, in the order of execution. */
const mergedFiles = () =>
  Array.from(code.matchAll(/^\/\/ CONCATENATED MODULE: (.+)$/gm), ([, name]) => resolve(ROOT, name));

test("webpack merges all files of the SDK", () => {
  expect(modules.filter((module) => isOfSdk(module) && !module.modules)).toEqual([]);
  expect(modules.filter((module) => module.modules?.some(isOfSdk))).toHaveLength(1);
  expect(mergedFiles().length).toBeGreaterThan(40);
});

test("each file runs after the files that it requires", () => {
  const files = mergedFiles();
  files.forEach((file, index) => {
    const required = Array.from(readFileSync(file, "utf8").matchAll(/require\('(\.[^']+)'\)/g), ([, path]) =>
      files.indexOf(resolve(dirname(file), path)),
    );
    expect(Math.max(-1, ...required)).toBeLessThan(index);
  });
});

test.each([
  "documentsUri",
  "mapsUri",
  "streamsUri",
  "insightsUri",
  "nextPage",
  "prevPage",
  "getFirstItem",
  "getNextItem",
])("the SDK has no method %s, which nothing calls", (name) => {
  expect(code.match(new RegExp(`^.*\\b${name}\\(.*\\) {$`, "gm"))).toBeNull();
});

test("the SDK logs nothing", () => {
  expect(code.match(/^[^*\n]*\.(trace|debug|info|warn|error)\(.*/gm)).toBeNull();
});

test("the bundle makes no function from a text, which content security policies reject", () => {
  expect(code).toContain("globalThis");
  expect(code.match(/.*(new Function\(|\beval\().*/g)).toBeNull();
});

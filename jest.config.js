/**
 * `npx jest --selectProjects …` runs the projects below. The Twilio CLI (`flex:plugins:test`) passes its own
 * configuration, which lacks only `moduleNameMapper`.
 */

const { dirname } = require("path");

const transform = { "^.+\\.(js|jsx|ts|tsx)$": require.resolve("@twilio/flex-plugin-test/dist/jestTransforms/babel") };
// jest 27 does not read the `exports` of a package, and these packages have no other entry.
const moduleNameMapper = {
  "^fast-check$": require.resolve("fast-check"),
  "^valibot$": require.resolve("valibot"),
  "^@valibot/to-json-schema$": require.resolve("@valibot/to-json-schema"),
  "^pure-rand/(.*)$": `${dirname(require.resolve("pure-rand/package.json"))}/lib/$1.js`,
};
const shared = { rootDir: __dirname, transform, moduleNameMapper };

/** These tests run in Node, because they connect Twilio's SDK to the stand-in. */
const SYNC_TESTS = "<rootDir>/src/account/sync";

/** The plugin, in jsdom, with the real `@twilio/flex-ui`. */
const plugin = {
  ...shared,
  displayName: "plugin",
  testEnvironment: "jsdom",
  testMatch: ["<rootDir>/src/**/*.test.{ts,tsx}"],
  testPathIgnorePatterns: ["/node_modules/", SYNC_TESTS],
  setupFiles: [require.resolve("react-app-polyfill/jsdom")],
  setupFilesAfterEnv: ["<rootDir>/setupTests.js"],
};

/** The command line, the stand-in, the scripts and the engine of the account budget, in Node. */
const node = {
  ...shared,
  displayName: "node",
  testEnvironment: "<rootDir>/testing/nodeEnvironment.js",
  testMatch: ["<rootDir>/{cli,stand-in,bench,scripts}/**/*.test.ts", `${SYNC_TESTS}*.test.ts`],
};

/** The plugin in the real Flex, in a real Chromium. */
const e2e = {
  ...shared,
  displayName: "e2e",
  testEnvironment: "<rootDir>/testing/nodeEnvironment.js",
  testMatch: ["<rootDir>/e2e/**/*.test.ts"],
  setupFilesAfterEnv: ["<rootDir>/e2e/setup.ts"],
};

/** Milliseconds. Ends a test that hangs; a busy machine may take long for the others. */
const testTimeout = 60_000;

module.exports = (stock) => (stock ? { ...stock, moduleNameMapper } : { testTimeout, projects: [plugin, node, e2e] });

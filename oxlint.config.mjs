import { defineConfig } from "oxlint";

/**
 * What the code in each directory or file may import, besides itself and packages. The longest path that matches a file
 * applies. Tests may import anything.
 */
const LAYERS = {
  "src/helpers": [],
  "src/limits": ["src/helpers"],
  "src/settings": ["src/helpers", "src/limits"],
  "src/throttle": ["src/helpers"],
  "src/account": ["src/helpers", "src/throttle"],
  "src/flexThrottle.ts": ["src/limits", "src/throttle"],
  "src/patch.ts": [],
  "src/interceptor.ts": ["src/flexThrottle.ts", "src/throttle", "src/patch.ts"],
  "src/record": ["src/helpers", "src/limits", "src/settings", "src/flexThrottle.ts", "src/throttle"],
  "src/state": ["src/limits", "src/settings", "src/flexThrottle.ts", "src/throttle", "src/patch.ts"],
  "src/intercept": [
    "src/helpers",
    "src/interceptor.ts",
    "src/limits",
    "src/flexThrottle.ts",
    "src/throttle",
    "src/patch.ts",
  ],
  "src/texts": ["src/limits", "src/settings"],
  "src/page": [
    "src/helpers",
    "src/limits",
    "src/settings",
    "src/flexThrottle.ts",
    "src/throttle",
    "src/patch.ts",
    "src/record",
    "src/state",
    "src/texts",
  ],
  "src/components": [
    "src/helpers",
    "src/limits",
    "src/settings",
    "src/flexThrottle.ts",
    "src/throttle",
    "src/patch.ts",
    "src/record",
    "src/state",
    "src/texts",
    "src/page",
  ],
  "src/desktop.ts": ["src/interceptor.ts", "src/settings", "src/patch.ts", "src/state", "src/page", "src/components"],
  "src/flex": [
    "src/desktop.ts",
    "src/helpers",
    "src/interceptor.ts",
    "src/limits",
    "src/settings",
    "src/flexThrottle.ts",
    "src/throttle",
    "src/patch.ts",
    "src/state",
    "src/texts",
    "src/components",
  ],
  "src/flex/ui": ["src/components", "src/helpers", "src/flex/taskChat.ts", "src/patch.ts", "src/state"],
  cli: ["src/limits", "src/settings", "src/throttle"],
  "stand-in": [],
  // It builds the plugin.
  "stand-in/main.ts": ["stand-in", "scripts"],
  scripts: ["src/limits", "src/settings"],
  testing: ["src", "stand-in"],
  e2e: ["src/limits", "src/settings", "src/texts", "stand-in", "scripts", "testing"],
  bench: ["src", "stand-in", "scripts", "testing", "e2e"],
};

const FRAMEWORK_FREE = [
  "src/helpers",
  "src/limits",
  "src/settings",
  "src/throttle",
  "src/account",
  "src/record",
  "src/patch.ts",
  "src/texts",
];
const FLEX_FREE = [
  ...FRAMEWORK_FREE,
  "src/desktop.ts",
  "src/interceptor.ts",
  "src/intercept",
  "src/page",
  "src/parts.ts",
  "src/state",
];

/** Interceptors know nothing of each other. */
const INTERCEPTORS = [
  "src/flex/actions/actions.ts",
  "src/flex/chat/chatClient.ts",
  "src/flex/join/join.ts",
  "src/intercept/fetch.ts",
];

/** Clock, timers, chance and the network are injected into the throttle. */
const INJECTED = [
  "window",
  "document",
  "navigator",
  "localStorage",
  "sessionStorage",
  "fetch",
  "XMLHttpRequest",
  "WebSocket",
  "Worker",
  "performance",
  "Date",
  "setTimeout",
  "setInterval",
  "requestAnimationFrame",
];

const TYPESCRIPT = "**/*.{ts,tsx}";
const TESTS = ["**/*.test.{ts,tsx}", "cli/support/**"];

const filesIn = (path) => (path.endsWith(".ts") ? path : `${path}/${TYPESCRIPT}`);

const forbidPackages = (paths, patterns) => ({
  files: paths.map(filesIn),
  rules: {
    "no-restricted-imports": [
      "error",
      { patterns: [{ group: patterns, message: "This directory knows nothing of it: see oxlint.config.mjs." }] },
    ],
  },
});

export default defineConfig({
  plugins: ["typescript", "import", "unicorn"],
  jsPlugins: ["./scripts/layers.mjs"],
  ignorePatterns: ["build/", "node_modules/", "public/"],
  // Rules with type information use tsconfig.json for src and testing, and TypeScript's defaults for other directories.
  options: { typeAware: true, reportUnusedDisableDirectives: "error" },
  categories: { correctness: "off" },
  rules: {
    "typescript/await-thenable": "error",
    "typescript/no-floating-promises": "error",
    "typescript/no-misused-promises": "error",

    "layers/allowed-imports": ["error", LAYERS, INTERCEPTORS],
    "import/no-cycle": "error",

    // CONTRIBUTING.md says how to state an exception.
    "max-lines": ["error", 300],
    "max-lines-per-function": ["error", 50],

    eqeqeq: "error",
    "no-array-constructor": "error",
    "no-unused-expressions": "error",
    "no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_", caughtErrorsIgnorePattern: "^_" }],
    "no-var": "error",
    "prefer-const": "error",
    "prefer-rest-params": "error",
    "prefer-spread": "error",
    "typescript/ban-ts-comment": "error",
    "typescript/no-duplicate-enum-values": "error",
    "typescript/no-empty-object-type": "error",
    "typescript/no-explicit-any": "error",
    "typescript/no-extra-non-null-assertion": "error",
    "typescript/no-misused-new": "error",
    "typescript/no-namespace": "error",
    "typescript/no-non-null-asserted-optional-chain": "error",
    "typescript/no-require-imports": "error",
    "typescript/no-unnecessary-type-constraint": "error",
    "typescript/no-unsafe-declaration-merging": "error",
    "typescript/no-unsafe-function-type": "error",
    "typescript/no-wrapper-object-types": "error",
    "typescript/prefer-as-const": "error",
    "typescript/prefer-namespace-keyword": "error",
    "typescript/triple-slash-reference": "error",
    "unicorn/no-this-assignment": "error",
  },
  overrides: [
    forbidPackages(FLEX_FREE, ["@twilio/*"]),
    forbidPackages(FRAMEWORK_FREE, ["@twilio/*", "react", "react-*", "redux"]),
    {
      files: [filesIn("src/throttle")],
      rules: {
        "no-restricted-globals": ["error", ...INJECTED],
        "no-restricted-properties": ["error", { object: "Math", property: "random" }],
      },
    },
    {
      // Node runs these without a build step.
      files: ["**/*.js"],
      rules: { "typescript/no-require-imports": "off" },
    },
    {
      // The stand-in's pages run these in any browser, without a build step.
      files: ["stand-in/**/*.js"],
      rules: { "no-var": "off", "prefer-const": "off", "prefer-rest-params": "off" },
    },
    {
      files: ["**/*.test.{ts,tsx}"],
      rules: { "max-lines-per-function": "off" },
    },
    {
      files: TESTS,
      rules: {
        "layers/allowed-imports": "off",
        "no-restricted-globals": "off",
        "no-restricted-imports": "off",
        "no-restricted-properties": "off",
      },
    },
  ],
});

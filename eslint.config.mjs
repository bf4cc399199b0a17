import { createNodeResolver, importX } from "eslint-plugin-import-x";
import tseslint from "typescript-eslint";

/** What the code in each directory or file may import, besides itself and packages. Tests may import anything. */
const LAYERS = {
  "src/limits": [],
  "src/settings": ["src/limits"],
  "src/throttle": [],
  "src/account": ["src/throttle"],
  "src/flexThrottle.ts": ["src/limits", "src/throttle"],
  "src/patch.ts": [],
  "src/interceptor.ts": ["src/flexThrottle.ts", "src/throttle", "src/patch.ts"],
  "src/record": ["src/limits", "src/settings", "src/flexThrottle.ts", "src/throttle"],
  "src/state": ["src/limits", "src/settings", "src/flexThrottle.ts", "src/throttle", "src/patch.ts"],
  "src/intercept": ["src/interceptor.ts", "src/limits", "src/flexThrottle.ts", "src/throttle", "src/patch.ts"],
  "src/texts": ["src/limits", "src/settings"],
  "src/page": [
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
  // After src/flex, whose rule it replaces.
  "src/flex/ui": ["src/components", "src/flex/taskChat.ts", "src/patch.ts", "src/state"],
  cli: ["src/limits", "src/settings", "src/throttle"],
  "stand-in": [],
  // After stand-in, whose rule it replaces. It builds the plugin.
  "stand-in/main.ts": ["stand-in", "scripts"],
  scripts: ["src/limits", "src/settings"],
  testing: ["src", "stand-in"],
  e2e: ["src/limits", "src/settings", "src/texts", "stand-in", "scripts", "testing"],
  bench: ["src", "stand-in", "scripts", "testing", "e2e"],
};

const FRAMEWORK_FREE = [
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

const interceptorZones = INTERCEPTORS.map((path) => ({
  target: `./${path}`,
  from: INTERCEPTORS.filter((other) => other !== path).map((other) => `./${other}`),
  message: "An interceptor may not import another one.",
}));

const layerRules = Object.entries(LAYERS).map(([path, allowed]) => ({
  files: [filesIn(path)],
  ignores: TESTS,
  rules: {
    "import-x/no-restricted-paths": [
      "error",
      {
        zones: [
          {
            target: `./${path}`,
            from: ".",
            except: ["node_modules", "package.json", path, ...allowed],
            message: `${path} may not import it: see LAYERS in eslint.config.mjs.`,
          },
          ...interceptorZones,
        ],
      },
    ],
  },
}));

const forbidPackages = (paths, patterns) => ({
  files: paths.map(filesIn),
  ignores: TESTS,
  rules: {
    "no-restricted-imports": [
      "error",
      { patterns: [{ group: patterns, message: "This directory knows nothing of it: see eslint.config.mjs." }] },
    ],
  },
});

export default tseslint.config(
  { ignores: ["build/", "node_modules/", "public/"] },
  ...tseslint.configs.recommended,
  {
    plugins: { "import-x": importX },
    settings: {
      "import-x/resolver-next": [createNodeResolver({ extensions: [".ts", ".tsx", ".js", ".json"] })],
      "import-x/parsers": { "@typescript-eslint/parser": [".ts", ".tsx"] },
      "import-x/extensions": [".ts", ".tsx", ".js"],
    },
    rules: {
      "import-x/no-cycle": "error",
      eqeqeq: "error",
      "no-var": "error",
      "prefer-const": "error",
      "@typescript-eslint/no-unused-vars": [
        "error",
        { argsIgnorePattern: "^_", varsIgnorePattern: "^_", caughtErrorsIgnorePattern: "^_" },
      ],
    },
  },
  {
    files: [TYPESCRIPT],
    // One program for all code: rules with type information take half of the time of lint.
    languageOptions: { parserOptions: { project: "tsconfig.eslint.json", tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/await-thenable": "error",
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/no-misused-promises": "error",
    },
  },
  {
    // CONTRIBUTING.md says how to state an exception.
    rules: { "max-lines": ["error", 300] },
  },
  {
    ignores: ["**/*.test.{ts,tsx}"],
    rules: { "max-lines-per-function": ["error", 50] },
  },
  ...layerRules,
  forbidPackages(FLEX_FREE, ["@twilio/*"]),
  forbidPackages(FRAMEWORK_FREE, ["@twilio/*", "react", "react-*", "redux"]),
  {
    files: [filesIn("src/throttle")],
    ignores: TESTS,
    rules: {
      "no-restricted-globals": ["error", ...INJECTED],
      "no-restricted-properties": ["error", { object: "Math", property: "random" }],
    },
  },
  {
    // Node runs these without a build step.
    files: ["**/*.js"],
    rules: { "@typescript-eslint/no-require-imports": "off" },
  },
  {
    // The stand-in's pages run these in any browser, without a build step.
    files: ["stand-in/**/*.js"],
    rules: { "no-var": "off", "prefer-const": "off" },
  },
);

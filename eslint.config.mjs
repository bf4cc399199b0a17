import tseslint from "typescript-eslint";

export default tseslint.config(
  { ignores: ["build/", "node_modules/", "public/"] },
  ...tseslint.configs.recommended,
  {
    rules: {
      "no-console": "off",
      eqeqeq: "error",
      "no-var": "error",
      "prefer-const": "error",
      // A comment on why stands there where something is left unused on purpose.
      "@typescript-eslint/no-unused-vars": [
        "error",
        { argsIgnorePattern: "^_", varsIgnorePattern: "^_", caughtErrorsIgnorePattern: "^_" },
      ],
    },
  },
  {
    // Configuration and setup that Node reads as it is.
    files: ["**/*.js"],
    rules: { "@typescript-eslint/no-require-imports": "off" },
  },
  {
    // Scripts that run in the stand-in's pages as they are, in any browser.
    files: ["stand-in/**/*.js"],
    rules: { "no-var": "off", "prefer-const": "off" },
  },
);

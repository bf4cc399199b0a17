const { readFileSync } = require("fs");
const { createRequire } = require("module");
const { dirname, join } = require("path");

const { bundleSyncSdk } = require("./scripts/bundleSyncSdk");

/** Dependencies whose syntax webpack 4 cannot parse. The stock configuration runs Babel on `src` only. */
const MODERN = /node_modules[\\/](limiter|microdiff|valibot)[\\/]/;

/** The bundle is all that is deployed, so it carries the notices that the licenses of its parts require. These are MIT. */
const NOTICES = {
  "@twilio/flex-plugin": "Copyright (C) 2018, Twilio, Inc. <help@twilio.com>",
  "@twilio/flex-plugin-scripts": "Copyright (C) 2018, Twilio, Inc. <help@twilio.com>",
  backoff: "Copyright (C) 2012 Mathieu Turcotte",
  limiter: "Copyright (C) 2011-2021 by John Hurliman",
  microdiff: "Copyright (c) 2021 AsyncBanana",
  valibot: "Copyright (c) Fabian Hiller",
  webpack: "Copyright JS Foundation and other contributors",
};

const readLicense = (...path) => readFileSync(join(...path), "utf8");

function licenseComment() {
  const notices = Object.entries(NOTICES).map(([name, notice]) => `${name}: ${notice}`);
  const sdk = dirname(require.resolve("twilio-sync/package.json"));
  const retrier = dirname(createRequire(`${sdk}/`).resolve("@twilio/operation-retrier/package.json"));
  // What follows in the file are the MIT licenses of packages in NOTICES, and that of a package that is not in the bundle.
  const [bsd] = readLicense(sdk, "LICENSE").split("This software includes");
  const texts = [
    `${readLicense(__dirname, "LICENSE").trim()}\n\nThe same license covers these parts:\n${notices.join("\n")}`,
    `twilio-sync, twilsock: ${bsd.replace(/^ +/gm, "").trim()}`,
    `@twilio/operation-retrier: ${readLicense(retrier, "LICENSE").trim()}`,
  ];
  return `/*!\n${texts.join("\n\n")}\n*/`;
}

const isSourceMap = (plugin) => plugin.constructor.name === "SourceMapDevToolPlugin";

/** Rejects imports from outside of `src`. */
const isModuleScope = (plugin) => plugin.constructor.name === "ModuleScopePlugin";

const TRANSLATIONS = /src[\\/]texts[\\/]translations\.ts$/;

/**
 * Puts the translations after all code. They are larger than what gzip looks back at: in the middle, they would keep it from
 * using the code before them.
 */
const translationsLast = {
  apply({ hooks }) {
    const isTranslations = ({ resource }) => Number(TRANSLATIONS.test(resource));
    hooks.compilation.tap("translationsLast", (compilation) => {
      // After webpack's own order, by the number of uses.
      compilation.hooks.optimizeModuleOrder.tap({ name: "translationsLast", stage: 1 }, (modules) => {
        modules.sort((a, b) => isTranslations(a) - isTranslations(b));
      });
    });
  },
};

const isTerser = (plugin) => plugin.constructor.name === "TerserPlugin";

/**
 * The stock preset compiles `?.`, `??`, rest parameters and destructuring, and initializes fields that only have a type:
 * 4 % of the bundle. With `bugfixes`, Babel works around single bugs of browsers instead.
 */
function babelPresets({ resolve }) {
  const exclude = ["transform-optional-chaining", "transform-nullish-coalescing-operator"];
  return [
    [resolve("@babel/preset-env"), { bugfixes: true, exclude }],
    [resolve("@babel/preset-react"), { useBuiltIns: true, pragma: "h" }],
    [resolve("@babel/preset-typescript"), { jsxPragma: "h" }],
  ];
}

/** Lets webpack 4 read `?.` and `??`: Babel parses what its own parser rejects. */
function readModernSyntax(Parser, { parseSync }) {
  const { parse } = Parser;
  Parser.parse = (code, options) => {
    try {
      return parse(code, options);
    } catch {
      const parserOpts = { plugins: ["estree"], ranges: true };
      const { program, comments } = parseSync(code, { babelrc: false, configFile: false, parserOpts });
      // The comments inside `import()` are instructions for webpack.
      options.onComment?.push(...comments.map((comment) => ({ ...comment, range: [comment.start, comment.end] })));
      return program;
    }
  };
  const { walkExpression } = Parser.prototype;
  Parser.prototype.walkExpression = function walk(node) {
    walkExpression.call(this, toWebpackNode(node));
  };
}

/** @returns the node as webpack 4 knows it. */
function toWebpackNode(node) {
  if (node.type === "ChainExpression") return node.expression;
  if (node.type !== "ImportExpression") return node;
  return Object.assign(node, { type: "CallExpression", callee: { type: "Import" }, arguments: [node.source] });
}

function minimize(config) {
  // The stock configuration keeps function names, writes ES5 and evades a bug of Safari 10. The browsers in package.json
  // need none of that.
  const { options: minimizing } = config.optimization.minimizer.find(isTerser);
  // The preamble has the notices. A second file would not be deployed.
  minimizing.extractComments = false;
  Object.assign(minimizing.terserOptions, { keep_fnames: false, keep_classnames: false, mangle: {} });
  Object.assign(minimizing.terserOptions.compress, { ecma: 2020, passes: 3 });
  Object.assign(minimizing.terserOptions.output, { ecma: 2020, preamble: licenseComment() });
  // The stock configuration adds two source map plugins, which together write an empty map.
  const { constructor: SourceMaps } = config.plugins.find(isSourceMap);
  config.devtool = false;
  config.plugins = config.plugins.filter((plugin) => !isSourceMap(plugin));
  // The CLI uploads the map under this name.
  config.plugins.push(new SourceMaps({ filename: "[file].map", append: "\n//# sourceMappingURL=bundle.js.map" }));
}

module.exports = (config, { isProd }) => {
  // Use the tools of whoever builds: the scripts of this package or the Twilio CLI's own copy.
  const rules = config.module.rules.flatMap(({ oneOf }) => oneOf || []);
  const babel = rules.find((rule) => /babel-loader/.test(rule.loader));
  const requireOfBuilder = createRequire(babel.loader);
  readModernSyntax(requireOfBuilder("webpack/lib/Parser"), requireOfBuilder("@babel/core"));
  babel.include = [babel.include, MODERN].flat();
  babel.test = /\.(?:[cm]?js|tsx?)$/;
  Object.assign(babel.options, {
    // `?.` and `??` need no check for `document.all`, and rest properties none for symbols.
    assumptions: { noDocumentAll: true, objectRestNoSymbols: true, setPublicClassFields: true },
    presets: babelPresets(createRequire(babel.options.presets[0])),
    plugins: [
      ...(babel.options.plugins || []),
      require.resolve("./scripts/shortenPrivateNames"),
      require.resolve("./scripts/importCreateElement"),
      require.resolve("./scripts/shortenStyles"),
    ],
    // The dependencies' own maps lead to files outside this package.
    inputSourceMap: false,
    sourceType: "unambiguous",
  });
  const createElement = require.resolve("./scripts/createElement");
  config.resolve.alias["create-element$"] = createElement;
  config.resolve.plugins.find(isModuleScope).allowedFiles.add(createElement);
  // The package's other functions load scripts and styles, which this plugin does not need.
  config.resolve.alias["@twilio/flex-plugin$"] = "@twilio/flex-plugin/dist/lib/flex-plugin";
  config.module.rules.push({
    test: TRANSLATIONS,
    loader: require.resolve("./scripts/evaluateModule"),
  });
  config.plugins.push(translationsLast);
  bundleSyncSdk(config, babel.loader, requireOfBuilder("webpack"));
  if (isProd) minimize(config);
  return config;
};

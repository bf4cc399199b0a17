const { readFileSync } = require("fs");
const { dirname, join } = require("path");

/** Dependencies whose syntax webpack 4 cannot parse. The stock configuration runs Babel on `src` only. */
const MODERN = /node_modules[\\/](limiter|microdiff|valibot)[\\/]/;

/** The bundle is all that is deployed, so it carries the notices that the licenses of its parts require. All are MIT. */
const NOTICES = {
  "@babel/runtime": "Copyright (c) 2014-present Sebastian McKenzie and other contributors",
  "@twilio/flex-plugin": "Copyright (C) 2018, Twilio, Inc. <help@twilio.com>",
  "@twilio/flex-plugin-scripts": "Copyright (C) 2018, Twilio, Inc. <help@twilio.com>",
  limiter: "Copyright (C) 2011-2021 by John Hurliman",
  microdiff: "Copyright (c) 2021 AsyncBanana",
  valibot: "Copyright (c) Fabian Hiller",
  webpack: "Copyright JS Foundation and other contributors",
};

function licenseComment() {
  const notices = Object.entries(NOTICES).map(([name, notice]) => `${name}: ${notice}`);
  const license = readFileSync(join(__dirname, "LICENSE"), "utf8").trim();
  return `/*!\n${license}\n\nThe same license covers these parts:\n${notices.join("\n")}\n*/`;
}

const isSourceMap = (plugin) => plugin.constructor.name === "SourceMapDevToolPlugin";

const isTerser = (plugin) => plugin.constructor.name === "TerserPlugin";

/** Browsers have bugs in rest parameters and destructuring. Working around each bug replaces less code than compiling both. */
function useBugfixes(preset) {
  const [, env] = preset.presets.find(Array.isArray);
  env.bugfixes = true;
  return preset;
}

module.exports = (config, { isProd }) => {
  // Use the Babel of whoever builds: the scripts of this package or the Twilio CLI's own copy.
  const rules = config.module.rules.flatMap(({ oneOf }) => oneOf || []);
  const { loader, options } = rules.find((rule) => /babel-loader/.test(rule.loader));
  // `?.` and `??` need no check for `document.all`, and rest properties none for symbols: 2 % of the bundle.
  options.assumptions = { noDocumentAll: true, objectRestNoSymbols: true };
  const [stockPreset] = options.presets;
  options.presets = [(...args) => useBugfixes(require(stockPreset)(...args))];
  config.module.rules.push({
    test: /\.(js|mjs|cjs)$/,
    include: MODERN,
    loader,
    options: {
      babelrc: false,
      // The dependencies' own maps lead to files outside this package.
      inputSourceMap: false,
      configFile: false,
      presets: [[join(dirname(stockPreset), "dependencies.js"), { helpers: true }]],
      sourceType: "unambiguous",
    },
  });
  if (isProd) {
    // The stock configuration keeps function names and writes ES5. The browsers in package.json need neither.
    const { options: minimizing } = config.optimization.minimizer.find(isTerser);
    Object.assign(minimizing.terserOptions, { keep_fnames: false, keep_classnames: false });
    Object.assign(minimizing.terserOptions.compress, { ecma: 2017, passes: 3 });
    Object.assign(minimizing.terserOptions.output, { ecma: 2017, preamble: licenseComment() });
    // The stock configuration adds two source map plugins, which together write an empty map.
    const { constructor: SourceMaps } = config.plugins.find(isSourceMap);
    config.devtool = false;
    config.plugins = config.plugins.filter((plugin) => !isSourceMap(plugin));
    // The CLI uploads the map under this name.
    config.plugins.push(new SourceMaps({ filename: "[file].map", append: "\n//# sourceMappingURL=bundle.js.map" }));
  }
  return config;
};

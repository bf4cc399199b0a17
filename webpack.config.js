const { dirname, join } = require("path");

/** Dependencies in newer syntax than webpack 4 can parse; the stock configuration runs Babel on `src` only. */
const MODERN = /node_modules[\\/](limiter|microdiff|valibot)[\\/]/;

const isSourceMap = (plugin) => plugin.constructor.name === "SourceMapDevToolPlugin";

const isTerser = (plugin) => plugin.constructor.name === "TerserPlugin";

module.exports = (config, { isProd }) => {
  // Whoever builds (this package's scripts or the Twilio CLI's own copy), its Babel and its webpack are used.
  const rules = config.module.rules.flatMap(({ oneOf }) => oneOf || []);
  const { loader, options } = rules.find((rule) => /babel-loader/.test(rule.loader));
  config.module.rules.push({
    test: /\.(js|mjs|cjs)$/,
    include: MODERN,
    loader,
    options: {
      babelrc: false,
      configFile: false,
      presets: [[join(dirname(options.presets[0]), "dependencies.js"), { helpers: true }]],
      sourceType: "unambiguous",
    },
  });
  if (isProd) {
    // The stock configuration keeps every function's name, which nobody reads, and writes ES5 for browsers that ours (package.json) are not.
    const { options: minimizing } = config.optimization.minimizer.find(isTerser);
    Object.assign(minimizing.terserOptions, { keep_fnames: false, keep_classnames: false });
    Object.assign(minimizing.terserOptions.compress, { ecma: 2017, passes: 3 });
    Object.assign(minimizing.terserOptions.output, { ecma: 2017 });
    // The stock configuration asks for two source maps, which cancel each other out to an empty one.
    const { constructor: SourceMaps } = config.plugins.find(isSourceMap);
    config.devtool = false;
    config.plugins = config.plugins.filter((plugin) => !isSourceMap(plugin));
    // Under this name the CLI uploads it.
    config.plugins.push(new SourceMaps({ filename: "[file].map", append: "\n//# sourceMappingURL=bundle.js.map" }));
  }
  return config;
};

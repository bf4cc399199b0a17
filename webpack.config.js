const { SourceMapDevToolPlugin } = require("webpack");

/** Dependencies in newer syntax than webpack 4 can parse; the stock configuration runs Babel on `src` only. */
const MODERN = /node_modules[\\/](limiter|valibot)[\\/]/;

module.exports = (config, { isProd }) => {
  config.module.rules.push({
    test: /\.(js|mjs|cjs)$/,
    include: MODERN,
    loader: require.resolve("babel-loader"),
    options: {
      babelrc: false,
      configFile: false,
      presets: [[require.resolve("babel-preset-react-app/dependencies"), { helpers: true }]],
      sourceType: "unambiguous",
    },
  });
  if (isProd) {
    // The stock configuration asks for two source maps, which cancel each other out to an empty one.
    config.devtool = false;
    config.plugins = config.plugins.filter((plugin) => !(plugin instanceof SourceMapDevToolPlugin));
    config.plugins.push(new SourceMapDevToolPlugin({ filename: "[file].map" }));
  }
  return config;
};

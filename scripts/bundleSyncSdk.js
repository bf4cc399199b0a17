/** How webpack bundles Twilio's Sync SDK. */

const { createRequire } = require("module");
const { dirname, join } = require("path");

/**
 * Parts of the SDK that the plugin does not use: Sync's other data types, the check of arguments, which TypeScript does, logs
 * and telemetry, and the storage of tokens and data in the browser.
 */
const UNUSED_BY_SYNC =
  /^(?:platform|@twilio\/declarative-type-validator|.*\/(?:livequery|logger|storage|syncdocument|syncmap|syncmapitem|syncstream|telemetrytracker|tokenStorage)\.js)$/;

/** Calls of those parts, which the minifier can remove, together with their messages and schemas. */
const WITHOUT_EFFECT = [
  ...["trace", "debug", "info", "warn", "error"].flatMap((level) => [`logger.log.${level}`, `logger.default.${level}`]),
  ...["literal", "custom", "objectSchema", "validateTypes", "validateTypesAsync"].map(
    (name) => `declarativeTypeValidator.${name}`,
  ),
  "tslib_es6.__decorate",
  "tslib_es6.__metadata",
];

/** The SDK's build for browsers repeats what Babel and core-js add for old ones. Its ES2017 files are half the size. */
function bundleSyncSdk({ resolve, plugins }, { NormalModuleReplacementPlugin }) {
  const requireOfSdk = createRequire(require.resolve("twilio-sync/package.json"));
  for (const name of ["twilio-sync", "twilsock", "@twilio/operation-retrier"])
    resolve.alias[`${name}$`] = join(dirname(requireOfSdk.resolve(`${name}/package.json`)), "dist/index.js");
  const events = require.resolve("./sdkEvents");
  resolve.alias["@twilio/replay-event-emitter$"] = events;
  plugins.push(
    new NormalModuleReplacementPlugin(/_polyfill-node\.events\.js$/, events),
    new NormalModuleReplacementPlugin(UNUSED_BY_SYNC, (resource) => {
      if (/[\\/](?:twilio-sync|twilsock)[\\/]dist\b/.test(resource.context))
        resource.request = require.resolve("./sdkStubs");
    }),
  );
}

module.exports = { bundleSyncSdk, WITHOUT_EFFECT };

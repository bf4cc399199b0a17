/** How webpack bundles Twilio's Sync SDK. */

const { createRequire } = require("module");
const { dirname, join } = require("path");

const { sdkModules } = require("./sdkModules");
const { trimSyncSdk } = require("./trimSyncSdk");

/**
 * Parts of the SDK that the plugin does not use: Sync's other data types, changes of items, the check of arguments, which
 * TypeScript does, logs and telemetry, notifications, and the storage of tokens and data in the browser.
 */
const UNUSED_BY_SYNC =
  /^(?:platform|@twilio\/declarative-type-validator|.*\/(?:deferred|livequery|logger|mergingqueue|offlinestorage|registrations|storage|syncdocument|syncmap|syncmapitem|syncstream|telemetrytracker|tokenStorage|tslib\.es6)\.js)$/;

const SDK_FILES = /[\\/](?:twilio-sync|twilsock|operation-retrier)[\\/]dist[\\/]/;

/** The SDK's build for browsers repeats what Babel and core-js add for old ones. Its ES2017 files are half the size. */
function bundleSyncSdk({ module, resolve, plugins }, babelLoader, { NormalModuleReplacementPlugin }) {
  const requireOfSdk = createRequire(require.resolve("twilio-sync/package.json"));
  for (const name of ["twilio-sync", "twilsock", "@twilio/operation-retrier"])
    resolve.alias[`${name}$`] = join(dirname(requireOfSdk.resolve(`${name}/package.json`)), "dist/index.js");
  const events = require.resolve("./sdkEvents");
  resolve.alias["@twilio/replay-event-emitter$"] = events;
  resolve.alias["javascript-state-machine$"] = require.resolve("./sdkStateMachine");
  module.rules.push({
    test: SDK_FILES,
    loader: babelLoader,
    options: { babelrc: false, configFile: false, inputSourceMap: false, plugins: [trimSyncSdk, sdkModules] },
  });
  plugins.push(
    new NormalModuleReplacementPlugin(/_polyfill-node\.events\.js$/, events),
    new NormalModuleReplacementPlugin(/utils\/tree\.js$/, require.resolve("./sdkTreeMap")),
    new NormalModuleReplacementPlugin(/^\.\/parser\.js$/, require.resolve("./sdkPackets")),
    new NormalModuleReplacementPlugin(/utils\/uuid\.js$/, require.resolve("./sdkUuid")),
    new NormalModuleReplacementPlugin(UNUSED_BY_SYNC, (resource) => {
      if (/[\\/](?:twilio-sync|twilsock)[\\/]dist\b/.test(resource.context))
        resource.request = require.resolve("./sdkStubs");
    }),
  );
}

module.exports = { bundleSyncSdk };

/** How webpack bundles Twilio's Sync SDK. */

const { createRequire } = require("module");
const { dirname, join } = require("path");

/** Parts of the SDK that the plugin does not use, and the check of arguments, which TypeScript does. */
const UNUSED_BY_SYNC =
  /^(?:platform|@twilio\/declarative-type-validator|.*\/(?:livequery|syncdocument|syncmap|syncmapitem|syncstream)\.js)$/;

/** The SDK's build for browsers repeats what Babel and core-js add for old ones. Its ES2017 files are half the size. */
module.exports = function bundleSyncSdk({ resolve, plugins }, { NormalModuleReplacementPlugin }) {
  const requireOfSdk = createRequire(require.resolve("twilio-sync/package.json"));
  for (const name of ["twilio-sync", "twilsock", "@twilio/operation-retrier", "@twilio/replay-event-emitter"])
    resolve.alias[`${name}$`] = join(dirname(requireOfSdk.resolve(`${name}/package.json`)), "dist/index.js");
  const events = join(dirname(resolve.alias["@twilio/replay-event-emitter$"]), "_virtual/_polyfill-node.events.js");
  plugins.push(
    // Two packages have a copy of it.
    new NormalModuleReplacementPlugin(/_polyfill-node\.events\.js$/, events),
    new NormalModuleReplacementPlugin(UNUSED_BY_SYNC, (resource) => {
      if (/[\\/](?:twilio-sync|twilsock)[\\/]dist\b/.test(resource.context))
        resource.request = require.resolve("./sdkStubs");
    }),
  );
};

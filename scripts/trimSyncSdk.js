/**
 * A Babel plugin that removes what the plugin does not use from files of Twilio's Sync SDK, and all that the SDK logs. The
 * minifier cannot know it.
 */

/** The objects of the SDK that log. */
const LOGGERS = ["logger.log", "logger.default"];

/** The entry of other files. */
const NOTHING = { methods: [], names: [] };

/** By file: methods that nothing calls, and names whose statements are removed. */
const UNUSED = {
  "twilio-sync/dist/client.js": {
    methods: [
      ...["document", "map", "stream", "liveQuery", "instantQuery"],
      ...["_createDocument", "_getDocument", "_createMap", "_getMap", "_createStream", "_getStream", "_getLiveQuery"],
    ],
    names: ["__decorate"],
  },
  "twilio-sync/dist/synclist.js": {
    methods: [
      ...["set", "mutate", "update", "getContext", "setTtl", "setItemTtl", "removeList"],
      ...["_updateItemUnconditionally", "_updateItemWithIfMatch"],
    ],
    names: ["__decorate", "updateMergingQueue"],
  },
  "twilio-sync/dist/configuration.js": {
    methods: ["documentsUri", "mapsUri", "streamsUri", "insightsUri"],
    names: [],
  },
  "twilio-sync/dist/paginator.js": { methods: ["prevPage", "nextPage"], names: [] },
  "twilio-sync/dist/itemsCache.js": { methods: ["getFirstItem", "getNextItem"], names: [] },
  "twilio-sync/dist/services/network.js": { methods: ["put"], names: [] },
  "@twilio/operation-retrier/dist/backoff.js": { methods: ["failAfter"], names: [] },
  "twilsock/dist/client.js": {
    methods: [
      ...["put", "setNotificationsContext", "removeNotificationsContext"],
      ...["addTelemetryEvent", "addPartialTelemetryEvent", "handleStorageId", "storageId"],
    ],
    names: [
      ...["__decorate", "telemetryTracker", "TelemetryEvents", "tokenStorage"],
      ...["offlineStorageDeferred", "handleStorageId", "registrations"],
    ],
  },
};

/** @returns the entry of `UNUSED` for the file with this path. */
function unusedIn(path) {
  const file = Object.keys(UNUSED).find((each) => path.replace(/\\/g, "/").endsWith(`/${each}`));
  return UNUSED[file] ?? NOTHING;
}

function trimSyncSdk() {
  return {
    // Babel uses one plugin for all files.
    pre() {
      this.found = new Set();
    },
    visitor: {
      ClassMethod(path, { filename, found }) {
        const { name } = path.node.key;
        if (!unusedIn(filename).methods.includes(name)) return;
        found.add(name);
        path.remove();
      },
      ExpressionStatement: {
        // The innermost statement goes first: a class that is assigned to `exports` is a statement, too.
        exit(path, { filename, found }) {
          const callee = path.get("expression.callee");
          // Also the messages, of which the minifier would keep what it cannot know to have no effect.
          let isUnused = LOGGERS.some((logger) => callee.node && callee.matchesPattern(logger, true));
          path.traverse({
            Identifier({ node: { name } }) {
              if (!unusedIn(filename).names.includes(name)) return;
              found.add(name);
              isUnused = true;
            },
          });
          if (isUnused) path.remove();
        },
      },
    },
    post({ opts: { filename } }) {
      const { methods, names } = unusedIn(filename);
      const missing = [...methods, ...names].filter((name) => !this.found.has(name));
      if (missing.length > 0) throw new Error(`Twilio's Sync SDK no longer has ${missing.join(", ")} in ${filename}`);
    },
  };
}

module.exports = { trimSyncSdk };

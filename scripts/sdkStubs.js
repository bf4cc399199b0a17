/**
 * In the bundle, this module replaces parts of Twilio's Sync SDK that the plugin does not use. Whatever the SDK reads from
 * it is a class whose methods do nothing, or an object with such methods.
 */

const unused = new Proxy(function Unused() {}, {
  get: (_, name) => name === "__esModule" || unused,
  apply: () => undefined,
  construct: () => unused,
});

module.exports = unused;

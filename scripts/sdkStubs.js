/**
 * In the bundle, this module replaces parts of Twilio's Sync SDK that the plugin does not use. Whatever the SDK reads from
 * it is a class whose methods do nothing, or an object with such methods.
 */

const KEPT = {
  __esModule: true,
  // Of tslib. The decorators check arguments.
  __decorate: (_, target) => target,
};

const unused = new Proxy(function Unused() {}, {
  get: (_, name) => KEPT[name] || unused,
  apply: () => undefined,
  construct: () => unused,
});

module.exports = unused;

/**
 * In the bundle, this module replaces parts of Twilio's Sync SDK that the plugin does not use. Whatever the SDK reads from
 * it is a class whose methods do nothing, or an object with such methods.
 */

const DECORATORS = {
  __esModule: true,
  // Flex has the polyfill reflect-metadata, which calls whatever this returns.
  validateConstructorTypes: () => () => undefined,
};

const unused = new Proxy(function Unused() {}, {
  get: (_, name) => DECORATORS[name] || unused,
  apply: () => undefined,
  construct: () => unused,
});

module.exports = unused;

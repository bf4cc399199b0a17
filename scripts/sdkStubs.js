/**
 * In the bundle, this module replaces parts of Twilio's Sync SDK that the plugin does not use. Any function of it, such as
 * a decorator that checks arguments, does nothing.
 */

const doNothing = () => () => undefined;

module.exports = new Proxy({}, { get: (_, name) => (name === "__esModule" ? true : doNothing) });

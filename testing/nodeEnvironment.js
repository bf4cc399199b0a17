/** Adds the globals of Node that the Node environment of jest 27 does not have, such as `fetch`. */

const NodeEnvironment = require("jest-environment-node");

module.exports = class extends NodeEnvironment {
  async setup() {
    await super.setup();
    for (const name of Object.getOwnPropertyNames(globalThis)) {
      if (!(name in this.global)) this.global[name] = globalThis[name];
    }
  }
};

/** jest 27's Node environment is older than some of Node's own globals, which the browser's driver uses. */

const NodeEnvironment = require("jest-environment-node");

module.exports = class extends NodeEnvironment {
  async setup() {
    await super.setup();
    for (const name of Object.getOwnPropertyNames(globalThis)) {
      if (!(name in this.global)) this.global[name] = globalThis[name];
    }
  }
};

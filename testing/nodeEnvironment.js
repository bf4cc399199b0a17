/** Node, with the globals that the Node environment of jest 27 does not have, such as `fetch`. Cancels leftover timeouts. */

const NodeEnvironment = require("jest-environment-node");

module.exports = class extends NodeEnvironment {
  timers = new Set();

  async setup() {
    await super.setup();
    for (const name of Object.getOwnPropertyNames(globalThis)) {
      if (!(name in this.global)) this.global[name] = globalThis[name];
    }
    this.recordTimers();
  }

  async teardown() {
    this.timers.forEach((timer) => clearTimeout(timer));
    await super.teardown();
  }

  /** Twilio's SDK leaves timers behind when it is closed. They would keep jest's process from exiting. */
  recordTimers() {
    const { timers } = this;
    const { setTimeout } = this.global;
    const setRecordedTimeout = (callback, delayMs, ...args) => {
      const run = () => {
        timers.delete(timer);
        callback(...args);
      };
      const timer = setTimeout(run, delayMs);
      timers.add(timer);
      return timer;
    };
    this.global.setTimeout = Object.defineProperties(setRecordedTimeout, Object.getOwnPropertyDescriptors(setTimeout));
  }
};

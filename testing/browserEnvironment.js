/** jsdom has neither `fetch` nor what belongs to it: Node's own, which keep to the same standard, stand in for a browser's. */

const JsdomEnvironment = require("jest-environment-jsdom");

const FETCH = {
  fetch,
  Request,
  Response,
  Headers,
  FormData,
  Blob,
  File,
  URL,
  URLSearchParams,
  ReadableStream,
  AbortController,
  AbortSignal,
};

module.exports = class BrowserEnvironment extends JsdomEnvironment {
  async setup() {
    await super.setup();
    Object.assign(this.global, FETCH);
  }
};

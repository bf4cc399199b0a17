/** Adds Node's `fetch` and its related classes to jsdom, which lacks them. Node's follow the same standard. */

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

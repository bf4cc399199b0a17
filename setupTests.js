require("babel-polyfill");
require("@testing-library/jest-dom");

// jsdom plays no sound, and Flex wants to.
for (const method of ["play", "pause", "load"]) {
  Object.defineProperty(window.HTMLMediaElement.prototype, method, {
    configurable: true,
    value: () => Promise.resolve(),
  });
}

// What the build puts into a plugin, and its base class reads.
Object.assign(global, {
  __FPB_PLUGIN_UNIQUE_NAME: "plugin-flex-throttle",
  __FPB_PLUGIN_VERSION: "0.0.0-test",
  __FPB_FLEX_PLUGIN_SCRIPTS_VERSION: "test",
  __FPB_FLEX_PLUGIN_VERSION: "test",
  __FPB_FLEX_UI_VERSION: "test",
  __FPB_REACT_VERSION: "test",
  __FPB_REACT_DOM_VERSION: "test",
});

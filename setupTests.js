require("babel-polyfill");
require("@testing-library/jest-dom");

// jsdom does not implement media playback, which Flex calls.
for (const method of ["play", "pause", "load"]) {
  Object.defineProperty(window.HTMLMediaElement.prototype, method, {
    configurable: true,
    value: () => Promise.resolve(),
  });
}

// Constants that the build defines and the base class FlexPlugin reads.
Object.assign(global, {
  __FPB_PLUGIN_UNIQUE_NAME: "plugin-flex-throttle",
  __FPB_PLUGIN_VERSION: "0.0.0-test",
  __FPB_FLEX_PLUGIN_SCRIPTS_VERSION: "test",
  __FPB_FLEX_PLUGIN_VERSION: "test",
  __FPB_FLEX_UI_VERSION: "test",
  __FPB_REACT_VERSION: "test",
  __FPB_REACT_DOM_VERSION: "test",
});

/** Printed by Flex UI, React and jsdom when a test loads or renders Flex, or makes one of its Actions fail. */
const FLEX_MESSAGES = [
  /^Warning: React\.createFactory\(\) is deprecated/,
  /^Warning: component(WillMount|WillReceiveProps|WillUpdate) has been renamed/,
  /^Flex UI logger decorated$/,
  / - (Actions|NotificationManager): /,
  /^Error on before\w+:/,
  /^loading plugin-flex-throttle@0\.0\.0-test plugin$/,
  // Without a network, Flex cannot load its assets.
  /getaddrinfo \w+ assets\.flex\.twilio\.com/,
];

// A test that makes something print has to expect it, with a spy on the console.
const printed = [];
for (const method of ["debug", "log", "info", "warn", "error"]) {
  console[method] = (...values) => {
    if (!FLEX_MESSAGES.some((message) => message.test(String(values[0])))) printed.push(values.map(String).join(" "));
  };
}
afterEach(() => {
  const unexpected = printed.splice(0);
  if (unexpected.length > 0) throw new Error(`Printed on the console:\n${unexpected.join("\n")}`);
});

// Copy to appConfig.js for `twilio flex:plugins:start`; that file is not committed.
var appConfig = {
  pluginService: { enabled: true, url: "/plugins" },
  ytica: false,
  logLevel: "info",
  showSupervisorDesktopView: true,
};

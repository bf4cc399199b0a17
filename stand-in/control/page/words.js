// Numbers in words.

export function plural(count, noun) {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

export function seconds(ms) {
  return `${(ms / 1000).toFixed(1)} s`;
}

/** "3 with the plugin", "1 with stock Flex". */
export function describeDesktops({ isWithPlugin, budget }) {
  if (!isWithPlugin) return "Stock Flex";
  return budget === "sync" ? "Plugin and account budget" : "Plugin";
}

/**
 * Measures what the plugin adds to Flex's start: how long the bundle and `init` run, over ten starts of the real Flex in
 * Chromium. `npm run bench:start`
 */

import { readFileSync } from "fs";

import { BUNDLE, closeBrowser, Desk, openBrowser, PLUGIN } from "../e2e/support/desk";
import { buildIfStale } from "../scripts/build";
import { installChromium } from "../scripts/chromium";

const STARTS = 10;

interface Cost {
  runMs: number;
  initMs: number;
}

/** @returns the bundle, wrapped in code that times the whole bundle and `init`. */
function timedBundle(): string {
  return `(function () {
    var flexInit = Twilio.Flex.Plugins.init;
    Twilio.Flex.Plugins.init = function (Plugin) {
      Twilio.Flex.Plugins.init = flexInit;
      var pluginInit = Plugin.prototype.init;
      Plugin.prototype.init = function () {
        var startedAtMs = performance.now();
        pluginInit.apply(this, arguments);
        window.pluginCost.initMs = performance.now() - startedAtMs;
      };
      return flexInit.apply(this, arguments);
    };
    window.pluginCost = { startedAtMs: performance.now() };
  })();
  ${readFileSync(BUNDLE, "utf8")}
  ;window.pluginCost.runMs = performance.now() - window.pluginCost.startedAtMs;`;
}

async function measure(source: string): Promise<Cost> {
  const desk = await Desk.open({ isStock: true, others: [{ name: PLUGIN, source }] });
  const cost = await desk.evaluate(() => (window as unknown as { pluginCost: Cost }).pluginCost);
  await desk.close();
  return cost;
}

const describeSpread = (values: number[]) => {
  const sorted = values.slice().sort((a, b) => a - b);
  const [min, median, max] = [0, Math.floor(sorted.length / 2), sorted.length - 1].map((index) =>
    sorted[index].toFixed(1),
  );
  return `median ${median} ms (${min} to ${max})`;
};

async function main(): Promise<void> {
  buildIfStale();
  installChromium();
  const source = timedBundle();
  const costs: Cost[] = [];
  await openBrowser();
  try {
    while (costs.length < STARTS) costs.push(await measure(source));
  } finally {
    await closeBrowser();
  }
  console.log(`Time that the plugin adds to Flex's start, over ${STARTS} starts:`);
  console.log(`  bundle  ${describeSpread(costs.map(({ runMs }) => runMs))}`);
  console.log(`  init    ${describeSpread(costs.map(({ initMs }) => initMs))}`);
  console.log(`  total   ${describeSpread(costs.map(({ runMs, initMs }) => runMs + initMs))}`);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});

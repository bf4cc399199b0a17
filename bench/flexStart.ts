/**
 * What the plugin costs Flex at its start: the time in which the browser runs the bundle, and the time that its `init`
 * takes, over ten starts of the real Flex in a real Chromium. `npm run bench:start`
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

/** The bundle between two looks at the clock, with its `init` timed. */
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

const spread = (values: number[]) => {
  const sorted = values.slice().sort((a, b) => a - b);
  const [least, median, most] = [0, Math.floor(sorted.length / 2), sorted.length - 1].map((index) =>
    sorted[index].toFixed(1),
  );
  return `median ${median} ms (${least} to ${most})`;
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
  console.log(`The plugin at Flex's start, ${STARTS} starts:`);
  console.log(`  running the bundle  ${spread(costs.map(({ runMs }) => runMs))}`);
  console.log(`  init                ${spread(costs.map(({ initMs }) => initMs))}`);
  console.log(`  together            ${spread(costs.map(({ runMs, initMs }) => runMs + initMs))}`);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});

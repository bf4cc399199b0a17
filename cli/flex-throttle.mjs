#!/usr/bin/env node
// The command `flex-throttle`. tsx runs its TypeScript source without a build.

import { fileURLToPath } from "node:url";

try {
  const { require } = await import("tsx/cjs/api");
  const { main } = require("./main.ts", import.meta.url);
  // Not only exitCode: Twilio's SDK for Sync leaves timers behind. main has written all output.
  process.exit(await main(process.argv.slice(2), process));
} catch (error) {
  if (!/MODULE_NOT_FOUND$/.test(error.code)) throw error;
  const folder = fileURLToPath(new URL("..", import.meta.url));
  process.stderr.write(`flex-throttle: The dependencies are not installed. Run npm ci in ${folder}.\n`);
  process.exitCode = 2;
}

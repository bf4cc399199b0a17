#!/usr/bin/env node
// The command `flex-throttle`. tsx runs its TypeScript source without a build.

import { require } from "tsx/cjs/api";

const { main } = require("./main.ts", import.meta.url);
process.exitCode = await main(process.argv.slice(2));

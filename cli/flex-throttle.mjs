#!/usr/bin/env node
// The command `flex-throttle`. What it does is written in TypeScript and runs as it is.

import { require } from "tsx/cjs/api";

const { main } = require("./main.ts", import.meta.url);
process.exitCode = await main(process.argv.slice(2));

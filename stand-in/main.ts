// `npm start`: builds the plugin unless it is built, runs the stand-in with its control page, and prints their URLs.

import { join } from "path";
import { parseArgs } from "util";

import { startStandIn, type StandIn } from ".";
import { listDesktops, MAX_AGENTS, remoteControlPlugin, serveControl } from "./control";
import { buildIfStale } from "../scripts/build";

const DEFAULT_PORT = 8321;
const plugin = { name: "plugin-flex-throttle", file: join(__dirname, "../build/plugin-flex-throttle.js") };

/** An error that the user can fix: printed without a stack trace. */
class UserError extends Error {}

const HELP = `Usage: npm start -- [options]

Builds the plugin if its sources have changed, and starts a local stand-in for Twilio with the real Flex UI and a
control page.

  --port N      the port; 0 for any free one. Default: the variable PORT, or ${DEFAULT_PORT}
  --agents N    how many agents the control page starts with, 1 to ${MAX_AGENTS}. Default: 1
  -h, --help    prints this help
`;

async function main(): Promise<void> {
  const options = readOptions();
  if (options.help) return void process.stdout.write(HELP);
  const port = readPort(options.port);
  const agents = readAgents(options.agents);
  // Before the build, which takes a minute: the port may be in use.
  const standIn = await start(port);
  build();
  closeOnSignal(standIn);
  const control = serveControl(standIn, agents === undefined ? {} : { agents });
  await fetch(control);
  process.stdout.write(startMessage(control, standIn));
}

function readOptions(): { port?: string; agents?: string; help?: boolean } {
  try {
    return parseArgs({
      options: { port: { type: "string" }, agents: { type: "string" }, help: { type: "boolean", short: "h" } },
    }).values;
  } catch (error) {
    throw new UserError(`${(error as Error).message.replace(/\.$/, "")}. See: npm start -- --help`);
  }
}

function readPort(option: string | undefined): number {
  const text = option ?? process.env.PORT ?? String(DEFAULT_PORT);
  const port = readInteger(text, 0, 65535);
  if (port !== undefined) return port;
  throw new UserError(
    `"${text}" is not a port. Choose a number from 1 to 65535, or 0 for any free port: npm start -- --port ${DEFAULT_PORT}`,
  );
}

function readAgents(option: string | undefined): number | undefined {
  if (option === undefined) return undefined;
  const agents = readInteger(option, 1, MAX_AGENTS);
  if (agents !== undefined) return agents;
  throw new UserError(
    `"${option}" is not a number of agents. Choose a number from 1 to ${MAX_AGENTS}: npm start -- --agents 6`,
  );
}

function readInteger(text: string, from: number, to: number): number | undefined {
  const number = Number(text);
  const isValid = text.trim() !== "" && Number.isInteger(number) && number >= from && number <= to;
  return isValid ? number : undefined;
}

async function start(port: number): Promise<StandIn> {
  try {
    return await startStandIn({ port, plugins: [plugin, remoteControlPlugin] });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EADDRINUSE")
      throw new UserError(`Port ${port} is in use. Choose another one: npm start -- --port ${port + 1}`);
    if (code === "EACCES")
      throw new UserError(
        `Port ${port} needs administrator rights. Choose one from 1024 up: npm start -- --port ${DEFAULT_PORT}`,
      );
    throw error;
  }
}

function build(): void {
  try {
    buildIfStale();
  } catch (error) {
    throw new UserError((error as Error).message);
  }
}

function startMessage(control: string, standIn: StandIn): string {
  const url = (isWithPlugin: boolean) => listDesktops(standIn, { agents: 1, isWithPlugin })[0]?.url;
  const variables = Object.entries(standIn.settingsEnvironment).map(([name, value]) => `${name}=${value}`);
  return `
  The Twilio stand-in is running.

    Control page               ${control}
    Desktop with the plugin    ${url(true)}
    Desktop without it         ${url(false)}

  Start with the control page. Press Ctrl-C to stop the server.

  To use the settings command, enter this in another terminal:

    export ${variables.join(" \\\n      ")}
    node ${join(__dirname, "../cli/flex-throttle.mjs")} settings get

`;
}

function closeOnSignal(standIn: StandIn): void {
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => void standIn.close().then(() => process.exit(0)));
  }
}

main().catch((error: unknown) => {
  process.stderr.write(
    error instanceof UserError ? `${error.message}\n` : `${error instanceof Error ? error.stack : String(error)}\n`,
  );
  process.exit(1);
});

// `npm start`: runs the stand-in with the built plugin and its control page, and prints their URLs.

import { existsSync } from "fs";
import { join } from "path";
import { parseArgs } from "util";

import { startStandIn, type StandIn } from ".";
import { remoteControlPlugin, serveControl } from "./control";
import { listDesktops } from "./control/desktops";

const DEFAULT_PORT = 8321;
const plugin = { name: "plugin-flex-throttle", file: join(__dirname, "../build/plugin-flex-throttle.js") };

/** An error that the user can fix: printed without a stack trace. */
class UserError extends Error {}

const HELP = `Starts the stand-in for Twilio, with its control page and the real Flex UI.

  npm start                  on port ${DEFAULT_PORT}, or on that of the variable PORT
  npm start -- --port N      on another port; 0 for any free port
`;

async function main(): Promise<void> {
  const options = readOptions();
  if (options.help) return void process.stdout.write(HELP);
  const port = readPort(options.port);
  if (!existsSync(plugin.file)) {
    throw new UserError("build/plugin-flex-throttle.js is missing. Build the plugin first: npm run build");
  }
  const standIn = await start(port);
  closeOnSignal(standIn);
  const control = serveControl(standIn);
  await fetch(control);
  process.stdout.write(startMessage(control, standIn));
}

function readPort(option: string | undefined): number {
  const text = option ?? process.env.PORT ?? String(DEFAULT_PORT);
  const port = Number(text);
  if (text.trim() !== "" && Number.isInteger(port) && port >= 0 && port <= 65535) return port;
  throw new UserError(
    `"${text}" is not a port. Choose a number from 1 to 65535, or 0 for any free port: npm start -- --port ${DEFAULT_PORT}`,
  );
}

function readOptions(): { port?: string; help?: boolean } {
  try {
    return parseArgs({ options: { port: { type: "string" }, help: { type: "boolean", short: "h" } } }).values;
  } catch (error) {
    throw new UserError(`${(error as Error).message.replace(/\.$/, "")}. See: npm start -- --help`);
  }
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

function startMessage(control: string, standIn: StandIn): string {
  const [withPlugin, without] = listDesktops(standIn);
  const variables = Object.entries(standIn.settingsEnvironment).map(([name, value]) => `${name}=${value}`);
  return `
  The Twilio stand-in is running.

    Control page               ${control}
    Desktop with the plugin    ${withPlugin?.url}
    Desktop without it         ${without?.url}

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

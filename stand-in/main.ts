// The command line of the demo: the stand-in with the built plugin, the control page, and the addresses to open.

import { existsSync } from "fs";
import { join } from "path";
import { parseArgs } from "util";

import { startStandIn, type StandIn } from ".";
import { remoteControlPlugin, serveControl } from "./control";
import { listDesktops } from "./control/desktops";

const DEFAULT_PORT = 8321;
const plugin = { name: "plugin-flex-throttle", file: join(__dirname, "../build/plugin-flex-throttle.js") };

/** What a person can put right: told in one line, without a stack trace. */
class Complaint extends Error {}

async function main(): Promise<void> {
  const port = readPort();
  if (!existsSync(plugin.file)) {
    throw new Complaint(
      "The plugin is not built yet: build/plugin-flex-throttle.js is missing. Build it first: npm run build",
    );
  }
  const standIn = await start(port);
  endOnSignal(standIn);
  const control = serveControl(standIn);
  await fetch(control);
  process.stdout.write(greeting(control, standIn));
}

function readPort(): number {
  const given = portArgument() ?? process.env.PORT ?? String(DEFAULT_PORT);
  const port = Number(given);
  if (given.trim() !== "" && Number.isInteger(port) && port >= 0 && port <= 65535) return port;
  throw new Complaint(
    `"${given}" is not a port. Choose a number from 1 to 65535, or 0 for any that is free: npm start -- --port ${DEFAULT_PORT}`,
  );
}

function portArgument(): string | undefined {
  try {
    return parseArgs({ options: { port: { type: "string" } } }).values.port;
  } catch (error) {
    throw new Complaint(`${(error as Error).message.replace(/\.$/, "")}. The only option is: npm start -- --port N`);
  }
}

async function start(port: number): Promise<StandIn> {
  try {
    return await startStandIn({ port, plugins: [plugin, remoteControlPlugin] });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EADDRINUSE")
      throw new Complaint(`Port ${port} is taken. Choose another: npm start -- --port ${port + 1}`);
    if (code === "EACCES")
      throw new Complaint(
        `Port ${port} needs more rights. Choose one from 1024 up: npm start -- --port ${DEFAULT_PORT}`,
      );
    throw error;
  }
}

function greeting(control: string, standIn: StandIn): string {
  const [withPlugin, without] = listDesktops(standIn);
  const variables = Object.entries(standIn.settingsEnvironment).map(([name, value]) => `${name}=${value}`);
  return `
  Twilio's stand-in is running.

    Control page               ${control}
    Desktop with the plugin    ${withPlugin?.url}
    Desktop without it         ${without?.url}

  Begin with the control page. Ctrl-C ends it.

  The command line for settings, in another terminal:

    export ${variables.join(" \\\n      ")}
    npx flex-throttle settings get

`;
}

function endOnSignal(standIn: StandIn): void {
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => void standIn.close().then(() => process.exit(0)));
  }
}

main().catch((error: unknown) => {
  process.stderr.write(
    error instanceof Complaint ? `${error.message}\n` : `${error instanceof Error ? error.stack : String(error)}\n`,
  );
  process.exit(1);
});

/** Runs the command in a temporary folder, as an admin of a stand-in's account. */

import { ChildProcess, spawn } from "child_process";
import { mkdtempSync, rmSync, writeFileSync } from "fs";
import { tmpdir } from "os";
import { join, resolve } from "path";
import { PassThrough } from "stream";

import { main } from "../main";
import { startStandIn, type StandIn } from "../../stand-in";

export const COMMAND = resolve(__dirname, "../flex-throttle.mjs");

export interface Result {
  code: number | null;
  out: string;
  err: string;
}

export type Variables = Readonly<Record<string, string | undefined>>;

/** The other keys of ui_attributes. They must never appear in any output. */
export const OTHER_KEYS = {
  version_compatibility: "theirs-first",
  theme: { config: { baseName: "theirs-dark", overrides: [{ deep: [1, { deeper: null }] }, "theirs-list"] } },
  "theirs-plugin": { apiToken: "theirs-secret", "9": true, "1": 0.1 },
};

export class Shell {
  /** The standard output and standard error of all runs. */
  readonly outputs: string[] = [];

  private constructor(
    readonly twilio: StandIn,
    readonly folder: string,
  ) {}

  /** @param flexThrottle the account's settings; default: none. */
  static async open(flexThrottle?: unknown): Promise<Shell> {
    const shell = new Shell(await startStandIn(), mkdtempSync(join(tmpdir(), "flex-throttle-cli-")));
    shell.uiAttributes = flexThrottle === undefined ? { ...OTHER_KEYS } : { ...OTHER_KEYS, flexThrottle };
    return shell;
  }

  async close(): Promise<void> {
    await this.twilio.close();
    rmSync(this.folder, { recursive: true });
  }

  get uiAttributes(): Record<string, unknown> {
    return this.twilio.configuration.ui_attributes as Record<string, unknown>;
  }

  set uiAttributes(uiAttributes: Record<string, unknown>) {
    this.twilio.configuration.ui_attributes = uiAttributes;
  }

  /** Changes the settings as somebody else would. */
  changeSettings(flexThrottle: unknown): void {
    this.uiAttributes = { ...this.uiAttributes, flexThrottle };
  }

  /** The folder with the account's backups. */
  get historyFolder(): string {
    return join(this.folder, "home", this.twilio.account.sid);
  }

  /** Writes a file. @returns its name in the folder. */
  file(content: unknown, name = "settings.json"): string {
    writeFileSync(
      join(this.folder, name),
      typeof content === "string" || Buffer.isBuffer(content) ? content : JSON.stringify(content),
    );
    return name;
  }

  /** Runs `flex-throttle settings …`. */
  settings(...args: string[]): Promise<Result> {
    return this.run(["settings", ...args]);
  }

  /** Runs the command in this process. @param input what the user types or pipes. */
  async run(
    args: string[],
    variables: Variables = {},
    { input = "", isTTY = false }: { input?: string | Buffer; isTTY?: boolean } = {},
  ): Promise<Result> {
    const stream = (content?: string | Buffer) => {
      const created = Object.assign(new PassThrough(), { isTTY });
      if (content !== undefined) created.end(content);
      return created;
    };
    const [stdin, stdout, stderr] = [stream(input), stream(), stream()];
    const env = this.environment(variables);
    const code = await main(args, { env, cwd: () => this.folder, stdin, stdout, stderr });
    const [out, err] = [stdout, stderr].map((each) => String(each.read() ?? ""));
    this.outputs.push(out, err);
    return { code, out, err };
  }

  /** Runs the command as a process. */
  runProcess(args: string[], variables: Variables = {}, onStart?: (child: ChildProcess) => void): Promise<Result> {
    return this.spawn(process.execPath, [COMMAND, ...args], this.folder, variables, onStart);
  }

  environment(variables: Variables): Variables {
    const { PATH } = process.env;
    return {
      PATH,
      HOME: join(this.folder, "user"),
      FLEX_THROTTLE_HOME: join(this.folder, "home"),
      ...this.twilio.settingsEnvironment,
      ...variables,
    };
  }

  spawn(
    program: string,
    args: string[],
    cwd: string,
    variables: Variables = {},
    onStart: (child: ChildProcess) => void = () => undefined,
  ): Promise<Result> {
    const env = this.environment(variables) as NodeJS.ProcessEnv;
    return new Promise((resolve, reject) => {
      const child = spawn(program, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
      onStart(child);
      let [out, err] = ["", ""];
      child.stdout.on("data", (data) => (out += String(data)));
      child.stderr.on("data", (data) => (err += String(data)));
      child.on("error", reject);
      child.on("close", (code) => {
        this.outputs.push(out, err);
        resolve({ code, out, err });
      });
    });
  }

  /** Runs a callback after the nth request of an operation, such as "GET /Configuration", has arrived and before it is answered. */
  onRequest(operation: string, nth: number, callback: () => void): void {
    const arrived = new Set<number>();
    this.twilio.gate.on((entry) => {
      if (entry.operation !== operation || arrived.has(entry.seq)) return;
      arrived.add(entry.seq);
      if (arrived.size === nth) callback();
    });
  }

  /** The methods of the account's requests, oldest first. */
  get methods(): string[] {
    return this.twilio.gate.log.map(({ method }) => method);
  }

  /** Forbidden texts found in the output: secrets, other keys of ui_attributes, colors without a terminal, stack traces. */
  get leaks(): string[] {
    const { sid, credentials } = this.twilio.account;
    const pairs = [`${sid}:${credentials.authToken}`, `${credentials.apiKey}:${credentials.apiSecret}`].map((pair) =>
      Buffer.from(pair).toString("base64"),
    );
    const forbidden = [
      credentials.authToken,
      credentials.apiSecret,
      ...pairs,
      "Basic ",
      "theirs-",
      "theme",
      "version_compatibility",
      "\x1b",
      "    at ",
    ];
    return forbidden.filter((text) => this.outputs.some((output) => output.includes(text)));
  }
}

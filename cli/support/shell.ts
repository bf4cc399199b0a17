/** The command line as a process of its own, typed in a folder by an administrator of a stand-in's account. */

import { spawn } from "child_process";
import { mkdtempSync, rmSync, writeFileSync } from "fs";
import { tmpdir } from "os";
import { join, resolve } from "path";

import { startStandIn, type StandIn } from "../../stand-in";

const COMMAND = resolve(__dirname, "../flex-throttle.mjs");

export interface Ended {
  code: number | null;
  out: string;
  err: string;
}

export type Variables = Readonly<Record<string, string | undefined>>;

/** What others keep beside the settings; nothing of it may ever be shown. */
export const OTHERS = {
  version_compatibility: "theirs-first",
  theme: { config: { baseName: "theirs-dark", overrides: [{ deep: [1, { deeper: null }] }, "theirs-list"] } },
  "theirs-plugin": { apiToken: "theirs-secret", "9": true, "1": 0.1 },
};

export class Shell {
  /** Everything that was written, whatever ran. */
  readonly outputs: string[] = [];

  private constructor(
    readonly twilio: StandIn,
    readonly folder: string,
  ) {}

  /** @param flexThrottle the settings that the account has; none unless told. */
  static async open(flexThrottle?: unknown): Promise<Shell> {
    const shell = new Shell(await startStandIn(), mkdtempSync(join(tmpdir(), "flex-throttle-cli-")));
    shell.uiAttributes = flexThrottle === undefined ? { ...OTHERS } : { ...OTHERS, flexThrottle };
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

  /** Somebody else changes the settings. */
  someoneSets(flexThrottle: unknown): void {
    this.uiAttributes = { ...this.uiAttributes, flexThrottle };
  }

  /** Where the account's backups are. */
  get history(): string {
    return join(this.folder, "home", this.twilio.account.sid);
  }

  /** @returns the file's name in the folder. */
  file(content: unknown, name = "settings.json"): string {
    writeFileSync(join(this.folder, name), typeof content === "string" ? content : JSON.stringify(content));
    return name;
  }

  /** `flex-throttle settings …` */
  settings(...args: string[]): Promise<Ended> {
    return this.run(["settings", ...args]);
  }

  run(args: string[], variables: Variables = {}): Promise<Ended> {
    return this.spawn(process.execPath, [COMMAND, ...args], this.folder, variables);
  }

  spawn(program: string, args: string[], cwd: string, variables: Variables = {}): Promise<Ended> {
    const { PATH, HOME } = process.env;
    const env = {
      PATH,
      HOME,
      FLEX_THROTTLE_HOME: join(this.folder, "home"),
      ...this.twilio.settingsEnvironment,
      ...variables,
    };
    return new Promise((done, reject) => {
      const started = spawn(program, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
      let [out, err] = ["", ""];
      started.stdout.on("data", (data) => (out += String(data)));
      started.stderr.on("data", (data) => (err += String(data)));
      started.on("error", reject);
      started.on("close", (code) => {
        this.outputs.push(out, err);
        done({ code, out, err });
      });
    });
  }

  /** Something happens when the n-th request of its kind has come, such as the second "GET /Configuration", and is not answered yet. */
  at(operation: string, nth: number, what: () => void): void {
    const come = new Set<number>();
    this.twilio.gate.on((entry) => {
      if (entry.operation !== operation || come.has(entry.seq)) return;
      come.add(entry.seq);
      if (come.size === nth) what();
    });
  }

  /** The account's requests, oldest first, by their method. */
  get methods(): string[] {
    return this.twilio.gate.log.map(({ method }) => method);
  }

  /** What must not be in any output: secrets, what others keep, and colours where no terminal is. */
  get leaks(): string[] {
    const { sid, credentials } = this.twilio.account;
    const pairs = [`${sid}:${credentials.authToken}`, `${credentials.apiKey}:${credentials.apiSecret}`].map((pair) =>
      Buffer.from(pair).toString("base64"),
    );
    const hidden = [
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
    return hidden.filter((secret) => this.outputs.some((output) => output.includes(secret)));
  }
}

/**
 * What this machine stores about an account: the settings that it last read, and a backup of `ui_attributes` from before
 * each write. Backups contain other plugins' configuration, so only the user may read the files.
 */

import { chmodSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "fs";
import { join } from "path";
import { isDeepStrictEqual } from "util";

import { CliError, reasonOf } from "./errors";
import { Environment, findHome } from "./surroundings";

const FOLDER_MODE = 0o700;
const FILE_MODE = 0o600;

/** Names of backups. They sort by time. */
const BACKUP = /^(\d{4}-\d\d-\d\dT\d\d)-(\d\d)-(\d\d\.\d+Z)(?:\.(rollback|off|on))?(\.restored)?\.json$/;

/** The commands that write and therefore make a backup. */
export type WriteCommand = "apply" | "rollback" | "off" | "on";

export interface Seen {
  /** ISO date and time. */
  readonly at: string;
  /** Absent if the configuration had no settings. */
  readonly settings?: unknown;
}

export interface Backup {
  readonly path: string;
  /** ISO date and time. */
  readonly at: string;
  /** The command that made the backup before it wrote. */
  readonly command: WriteCommand;
  /** Whether a rollback restored this backup, or an older one. */
  readonly isRestored: boolean;
}

export class History {
  /** @param warn called with a line for the user when something cannot be stored and the command goes on. */
  constructor(
    private readonly env: Environment,
    private readonly accountSid: string,
    private readonly warn: (line: string) => void,
    private readonly now: () => Date = () => new Date(),
  ) {}

  /** @returns the settings that this machine last read; `undefined` if it has not read any. */
  readSeen(): Seen | undefined {
    try {
      return JSON.parse(readFileSync(join(this.folder, "seen.json"), "utf8")) as Seen;
    } catch (error) {
      if (isMissing(error)) return undefined;
      const reason = error instanceof SyntaxError ? "the file is damaged" : reasonOf(error);
      throw new CliError(
        `Cannot read ${join(this.folder, "seen.json")} (${reason}). Nothing was written. Review the live settings with get, or use --force.`,
      );
    }
  }

  /** Whether these are the settings that this machine last read. */
  hasSeen(settings: unknown): boolean {
    try {
      const seen = this.readSeen();
      return seen !== undefined && isDeepStrictEqual(seen.settings, settings);
    } catch {
      return false;
    }
  }

  recordSeen(settings: unknown): void {
    const seen: Seen = { at: this.now().toISOString(), settings };
    this.attempt("The next apply does not know that you have seen these settings", () =>
      this.writeFile("seen.json", `${JSON.stringify(seen, null, 2)}\n`),
    );
  }

  /** @returns the backup's path. */
  saveBackup(uiAttributes: string, command: WriteCommand): string {
    const time = this.now().toISOString().replace(/:/g, "-");
    try {
      return this.writeFile(command === "apply" ? `${time}.json` : `${time}.${command}.json`, uiAttributes);
    } catch (error) {
      throw new CliError(
        `Cannot save a backup: ${describeFailure(error)}. Nothing was written. Set FLEX_THROTTLE_HOME to use another folder.`,
      );
    }
  }

  /** Deletes the backup of a write that did not happen. */
  deleteBackup(path: string): void {
    this.attempt(`${path} is the backup of a write that did not happen`, () => rmSync(path, { force: true }));
  }

  /** @returns all backups, the newest first. */
  listBackups(): Backup[] {
    return this.fileNames()
      .sort()
      .reverse()
      .flatMap((name) => {
        const [, hour, minute, second, command = "apply", restored] = BACKUP.exec(name) ?? [];
        if (hour === undefined) return [];
        const at = `${hour}:${minute}:${second}`;
        const path = join(this.folder, name);
        return [{ path, at, command: command as WriteCommand, isRestored: restored !== undefined }];
      });
  }

  /**
   * @returns the JSON text of `ui_attributes`.
   * @throws CliError if the file cannot be read or is damaged.
   */
  readBackup({ path }: Backup): string {
    try {
      const text = readFileSync(path, "utf8");
      const parsed: unknown = JSON.parse(text);
      if (typeof parsed === "object" && parsed !== null && !Array.isArray(parsed)) return text;
      throw new SyntaxError();
    } catch (error) {
      throw new CliError(
        `The backup ${path} ${error instanceof SyntaxError ? "is damaged" : `cannot be read (${reasonOf(error)})`}.`,
      );
    }
  }

  /** Makes the next rollback go further back than this backup. */
  markRestored({ at }: Backup): void {
    this.attempt("The next rollback restores the same settings again", () => {
      for (const backup of this.listBackups())
        if (backup.at >= at && backup.command !== "rollback" && !backup.isRestored)
          renameSync(backup.path, backup.path.replace(/\.json$/, ".restored.json"));
    });
  }

  /** The folder with the account's files. */
  private get folder(): string {
    const { FLEX_THROTTLE_HOME } = this.env;
    const home = findHome(this.env);
    if (!FLEX_THROTTLE_HOME && !home)
      throw new CliError("This user has no home folder for backups. Set FLEX_THROTTLE_HOME to a folder.");
    return join(FLEX_THROTTLE_HOME || join(String(home), ".flex-throttle"), this.accountSid);
  }

  private fileNames(): string[] {
    try {
      return readdirSync(this.folder);
    } catch (error) {
      if (error instanceof CliError) throw error;
      if (isMissing(error)) return [];
      throw new CliError(`Cannot read the backups: ${describeFailure(error)}.`);
    }
  }

  /** Writes a temporary file and renames it, so that a full disk leaves no partial file. @returns its path. */
  private writeFile(name: string, text: string): string {
    const path = join(this.folder, name);
    const temporary = `${path}.${process.pid}.new`;
    mkdirSync(this.folder, { recursive: true, mode: FOLDER_MODE });
    // An existing folder may have a more permissive mode.
    chmodSync(this.folder, FOLDER_MODE);
    try {
      writeFileSync(temporary, text, { mode: FILE_MODE, flush: true });
      renameSync(temporary, path);
      return path;
    } catch (error) {
      rmSync(temporary, { force: true });
      throw error;
    }
  }

  /** @param consequence of a failure. */
  private attempt(consequence: string, run: () => unknown): void {
    try {
      run();
    } catch (error) {
      this.warn(`Warning: ${describeFailure(error)}. ${consequence}.`);
    }
  }
}

function isMissing(error: unknown): boolean {
  return ["ENOENT", "ENOTDIR"].includes(reasonOf(error));
}

function describeFailure(error: unknown): string {
  const { path } = error as NodeJS.ErrnoException;
  if (error instanceof CliError) return error.message.replace(/\.$/, "");
  return path === undefined ? reasonOf(error) : `${path} cannot be written (${reasonOf(error)})`;
}

/** @param at ISO date and time. */
export function formatTime(at: string): string {
  return `${at.slice(0, 19).replace("T", " ")} UTC`;
}

/** @returns what wrote after a backup, for messages: "apply", "switch-off". */
export function nameOf(command: WriteCommand): string {
  return command === "apply" || command === "rollback" ? command : `switch-${command}`;
}

/**
 * What this machine stores about an account: the settings that it last read, and a backup of `ui_attributes` from before
 * each write. Backups contain other plugins' configuration, so only the user may read the files.
 */

import { chmodSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "fs";
import { homedir } from "os";
import { join } from "path";

import { CliError } from "./errors";

const FOLDER_MODE = 0o700;
const FILE_MODE = 0o600;

/** Backups that rollback can still restore: each from before an apply. The names sort by time. */
const BACKUP = /^\d{4}-[\dTZ.-]+\.json$/;

/** The commands that write and therefore make a backup. */
export type WriteCommand = "apply" | "rollback";

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
  /** The JSON text of `ui_attributes`. */
  readonly uiAttributes: string;
}

export class History {
  private readonly folder: string;

  /** @param home the value of `FLEX_THROTTLE_HOME`; default: `~/.flex-throttle`. */
  constructor(
    home: string | undefined,
    accountSid: string,
    private readonly now: () => Date = () => new Date(),
  ) {
    this.folder = join(home || join(homedir(), ".flex-throttle"), accountSid);
  }

  /** @returns the settings that this machine last read; `undefined` if it has not read any. */
  readSeen(): Seen | undefined {
    const path = join(this.folder, "seen.json");
    return this.attempt("read", path, () => {
      try {
        return JSON.parse(readFileSync(path, "utf8")) as Seen;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
        throw error;
      }
    });
  }

  recordSeen(settings: unknown): void {
    const path = join(this.folder, "seen.json");
    const seen: Seen = { at: this.now().toISOString(), settings };
    this.attempt("write", path, () => {
      this.makeFolder();
      writeFileSync(`${path}.new`, `${JSON.stringify(seen, null, 2)}\n`, { mode: FILE_MODE });
      renameSync(`${path}.new`, path);
    });
  }

  /** @returns the backup's path. */
  saveBackup(uiAttributes: string, command: WriteCommand): string {
    const time = this.now().toISOString().replace(/:/g, "-");
    const path = join(this.folder, command === "apply" ? `${time}.json` : `${time}.${command}.json`);
    return this.attempt("write", path, () => {
      this.makeFolder();
      writeFileSync(path, uiAttributes, { mode: FILE_MODE, flag: "wx" });
      return path;
    });
  }

  /** Deletes the backup of a write that did not happen. */
  deleteBackup(path: string): void {
    rmSync(path, { force: true });
  }

  /** @returns the backup of the last apply that has not been rolled back. */
  readLastBackup(): Backup | undefined {
    return this.attempt("read", this.folder, () => {
      const name = this.fileNames()
        .filter((candidate) => BACKUP.test(candidate))
        .sort()
        .pop();
      if (name === undefined) return undefined;
      const path = join(this.folder, name);
      const at = name.replace(/\.json$/, "").replace(/T(\d\d)-(\d\d)-/, "T$1:$2:");
      return { path, at, uiAttributes: readFileSync(path, "utf8") };
    });
  }

  /** Keeps the backup under a name that the next rollback skips. */
  markRestored({ path }: Backup): void {
    this.attempt("rename", path, () => renameSync(path, path.replace(/\.json$/, ".restored.json")));
  }

  private fileNames(): string[] {
    try {
      return readdirSync(this.folder);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
      throw error;
    }
  }

  private makeFolder(): void {
    mkdirSync(this.folder, { recursive: true, mode: FOLDER_MODE });
    // An existing folder may have a more permissive mode.
    chmodSync(this.folder, FOLDER_MODE);
  }

  private attempt<Result>(verb: string, path: string, run: () => Result): Result {
    try {
      return run();
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      throw new CliError(
        `Cannot ${verb} ${path} (${code ?? "the file is damaged"}). Set FLEX_THROTTLE_HOME to use another folder.`,
      );
    }
  }
}

/** @param at ISO date and time. */
export function formatTime(at: string): string {
  return `${at.slice(0, 19).replace("T", " ")} UTC`;
}

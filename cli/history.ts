/**
 * What this machine remembers of an account: the settings as it last saw them, and `ui_attributes` as they were before
 * each write. They are other people's configuration too: only the user may read them.
 */

import { chmodSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "fs";
import { homedir } from "os";
import { join } from "path";

import { Complaint } from "./complaint";

const FOLDER_MODE = 0o700;
const FILE_MODE = 0o600;

/** Backups of an apply that was not taken back. Names sort by time. */
const BACKUP = /^\d{4}-[\dTZ.-]+\.json$/;

/** Which write a backup was made before. */
export type Write = "apply" | "rollback";

export interface Seen {
  /** ISO date and time. */
  readonly at: string;
  /** The settings; absent where there were none. */
  readonly settings?: unknown;
}

export interface Backup {
  readonly path: string;
  /** ISO date and time. */
  readonly at: string;
  /** The text of `ui_attributes`. */
  readonly uiAttributes: string;
}

export class History {
  private readonly folder: string;

  /** @param home `FLEX_THROTTLE_HOME`; `~/.flex-throttle` unless told. */
  constructor(
    home: string | undefined,
    accountSid: string,
    private readonly now: () => Date = () => new Date(),
  ) {
    this.folder = join(home || join(homedir(), ".flex-throttle"), accountSid);
  }

  /** @returns `undefined` where this machine has not seen any. */
  seen(): Seen | undefined {
    const path = join(this.folder, "seen.json");
    return this.attempt(path, "read", () => {
      try {
        return JSON.parse(readFileSync(path, "utf8")) as Seen;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
        throw error;
      }
    });
  }

  see(settings: unknown): void {
    const path = join(this.folder, "seen.json");
    const seen: Seen = { at: this.now().toISOString(), settings };
    this.attempt(path, "written", () => {
      this.makeFolder();
      writeFileSync(`${path}.new`, `${JSON.stringify(seen, null, 2)}\n`, { mode: FILE_MODE });
      renameSync(`${path}.new`, path);
    });
  }

  /** @returns the backup's path. */
  keep(uiAttributes: string, write: Write): string {
    const time = this.now().toISOString().replace(/:/g, "-");
    const path = join(this.folder, write === "apply" ? `${time}.json` : `${time}.${write}.json`);
    return this.attempt(path, "written", () => {
      this.makeFolder();
      writeFileSync(path, uiAttributes, { mode: FILE_MODE, flag: "wx" });
      return path;
    });
  }

  /** A backup of a write that did not happen. */
  discard(path: string): void {
    rmSync(path, { force: true });
  }

  /** The backup of the last apply that was not taken back. */
  last(): Backup | undefined {
    return this.attempt(this.folder, "read", () => {
      const name = this.names()
        .filter((candidate) => BACKUP.test(candidate))
        .sort()
        .pop();
      if (name === undefined) return undefined;
      const path = join(this.folder, name);
      const at = name.replace(/\.json$/, "").replace(/T(\d\d)-(\d\d)-/, "T$1:$2:");
      return { path, at, uiAttributes: readFileSync(path, "utf8") };
    });
  }

  /** The apply was taken back: the next rollback goes further. The file stays. */
  takeBack({ path }: Backup): void {
    this.attempt(path, "renamed", () => renameSync(path, path.replace(/\.json$/, ".taken-back.json")));
  }

  private names(): string[] {
    try {
      return readdirSync(this.folder);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
      throw error;
    }
  }

  private makeFolder(): void {
    mkdirSync(this.folder, { recursive: true, mode: FOLDER_MODE });
    // Also where somebody has made it before, for more eyes.
    chmodSync(this.folder, FOLDER_MODE);
  }

  private attempt<Result>(path: string, verb: string, run: () => Result): Result {
    try {
      return run();
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      throw new Complaint(
        `${path} cannot be ${verb} (${code ?? "it is damaged"}). FLEX_THROTTLE_HOME names another folder for it.`,
      );
    }
  }
}

/** @param at ISO date and time. */
export function inWords(at: string): string {
  return `${at.slice(0, 19).replace("T", " ")} UTC`;
}

/** What the command uses of its process. Tests pass their own. */

import { homedir } from "os";

export type Environment = Readonly<Record<string, string | undefined>>;

export type Input = AsyncIterable<Buffer> & NodeJS.ReadableStream & { readonly isTTY?: boolean };

export type Output = NodeJS.WritableStream & { readonly isTTY?: boolean; hasColors?(): boolean };

export interface Surroundings {
  readonly env: Environment;
  /** @returns the folder that relative paths start from. */
  cwd(): string;
  readonly stdin: Input;
  readonly stdout: Output;
  readonly stderr: Output;
}

/** @returns `undefined` for a user without a home folder. */
export function findHome(env: Environment): string | undefined {
  try {
    return env.HOME ?? env.USERPROFILE ?? homedir() ?? undefined;
  } catch {
    return undefined;
  }
}

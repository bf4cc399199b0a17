/** Set-up of the tests for commands that write, with other keys in ui_attributes. An import of it registers hooks. */

import { existsSync, readdirSync } from "fs";

import { OTHER_KEYS, Shell } from "./shell";

jest.setTimeout(60_000);

/** The shell of the running test, from `open`. */
export let shell: Shell;
export const open = async (flexThrottle?: unknown) => (shell = await Shell.open(flexThrottle));

/** Changes that somebody else made to the other keys during the test. */
let otherChanges: Record<string, unknown> = {};

export function changeOtherKeys(): void {
  otherChanges = { version_compatibility: "theirs-new", added: [1] };
  shell.uiAttributes = { ...shell.uiAttributes, ...otherChanges };
}

afterEach(async () => {
  expect(shell.leaks).toEqual([]);
  // No test may change the other keys.
  expect(JSON.stringify({ ...shell.uiAttributes, flexThrottle: undefined })).toBe(
    JSON.stringify({ ...OTHER_KEYS, ...otherChanges }),
  );
  otherChanges = {};
  await shell.close();
});

/** The account's live settings. */
export const live = () => shell.uiAttributes.flexThrottle;

/** File names of the account's backups. */
export const backups = () =>
  existsSync(shell.historyFolder) ? readdirSync(shell.historyFolder).filter((name) => name !== "seen.json") : [];

/** Runs `flex-throttle settings apply --yes` with these settings in a file. */
export const apply = (settings: unknown, ...options: string[]) =>
  shell.settings("apply", shell.file(settings), "--yes", ...options);

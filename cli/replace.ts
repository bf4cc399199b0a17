/**
 * Replaces the settings in the Flex configuration, keeps all other keys, and never overwrites a change that the user has not
 * seen. Twilio has no conditional write, so a change between the last check and the write (one request) is lost.
 */

import { isDeepStrictEqual } from "util";

import { diffSettings, SettingsChange } from "../src/settings/diffSettings";
import { readSettings } from "../src/settings/readSettings";
import { Account } from "./account";
import { noteChanges, printChanges } from "./changes";
import { CliError, UnknownOutcomeError } from "./errors";
import { formatTime, WriteCommand } from "./history";
import { Terminal } from "./terminal";
import { otherKeysIn, settingsIn, withSettings } from "./uiAttributes";

/** The exit code of a program that Ctrl-C ended. */
const INTERRUPTED = 130;

export interface ReplaceOptions {
  /** Show the changes without writing them. */
  readonly isDryRun: boolean;
  /** Overwrite changes that somebody else made since this machine last read the settings. */
  readonly isForced: boolean;
  /** Write without asking. */
  readonly isConfirmed: boolean;
}

export interface Replacement {
  /** @returns the new settings; `undefined` removes them. */
  readonly settings: (live: unknown) => unknown;
  /** Names the settings in messages: "the settings in settings.json". */
  readonly label: string;
  readonly command: WriteCommand;
  /** Whether changes that somebody else made are kept, so that nobody has to review them. */
  readonly keepsOtherChanges?: boolean;
}

/**
 * @returns whether the settings are as wanted; `false` if the user declined to write them.
 * @throws CliError if nothing was written, or if somebody else wrote at the same time.
 */
export async function replaceSettings(
  replacement: Replacement,
  options: ReplaceOptions,
  account: Account,
  terminal: Terminal,
): Promise<boolean> {
  const { sid, api, history } = account;
  const live = settingsIn(await api.readUiAttributes());
  const { keepsOtherChanges = false } = replacement;
  if (!options.isForced && !keepsOtherChanges) assertNoUnseenChanges(live, account, terminal);

  const settings = replacement.settings(live);
  const changes = diffSettings(live, settings);
  if (changes.length === 0) {
    terminal.print(`Nothing to do: ${sid} already has ${replacement.label}.`);
    if (!options.isDryRun && !keepsOtherChanges) history.recordSeen(live);
    if (!options.isDryRun) await announceOff(live, settings, account, terminal);
    terminal.report({ account: sid, changes, written: false });
    return true;
  }
  terminal.print(`Changes from the live settings of ${sid} to ${replacement.label}:`);
  printChanges(changes, terminal);
  if (options.isDryRun) {
    terminal.print("Dry run: nothing was written.");
    terminal.report({ account: sid, changes, written: false });
    return true;
  }
  if (!options.isConfirmed && !(await confirm(changes, account, terminal))) {
    terminal.note("Nothing was written.");
    return false;
  }
  const { backup, sent } = await backUpAndWrite(live, { settings, command: replacement.command }, account, terminal);
  terminal.print(`Backup of ui_attributes: ${backup}`);
  if (!keepsOtherChanges || history.hasSeen(live)) history.recordSeen(settings);
  await verifyWrite(sent, backup, account, terminal);
  terminal.print("Written and verified. Agents get the new settings when they next load Flex.");
  await announceOff(live, settings, account, terminal);
  terminal.report({ account: sid, changes, written: true, backup });
  return true;
}

/** Open desktops that have used the account budget follow when the mode becomes "off". A failure is only reported. */
async function announceOff(before: unknown, written: unknown, { sync }: Account, terminal: Terminal): Promise<void> {
  const [old, { mode, account }] = [before, written].map((each) => readSettings(each).settings);
  const shared = [account, old.account].find(({ budget }) => budget !== "off");
  if (mode !== "off" || !shared) return;
  try {
    if (await sync.announceSettings(shared.service ?? "default"))
      terminal.print("Open desktops that use the account budget switch off within a minute.");
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    terminal.note(`Warning: open desktops were not notified and go on until they are reloaded. ${error.message}`);
  }
}

/** @throws CliError if there is nobody to ask. */
async function confirm(changes: readonly SettingsChange[], { sid }: Account, terminal: Terminal): Promise<boolean> {
  const what = changes.length === 1 ? "this change" : `these ${changes.length} changes`;
  const answer = await terminal.confirm(`Write ${what} to ${sid}?`);
  if (answer === undefined)
    throw new CliError("Nothing was written. Without a terminal to ask on, confirm the changes with --yes.");
  return answer;
}

function assertNoUnseenChanges(live: unknown, { history }: Account, terminal: Terminal): void {
  const seen = history.readSeen();
  const changes = seen ? diffSettings(seen.settings, live) : [];
  if (!seen || changes.length === 0) return;
  terminal.note(`Somebody else has changed the settings since this machine last read them on ${formatTime(seen.at)}:`);
  noteChanges(changes, terminal);
  throw new CliError(
    "Nothing was written. Run get or diff to review the changes, then try again; or overwrite them with --force.",
  );
}

/** @returns the path of the backup, and the JSON text of `ui_attributes` that was sent. */
async function backUpAndWrite(
  shown: unknown,
  { settings, command }: { readonly settings: unknown; readonly command: WriteCommand },
  { api, history }: Account,
  terminal: Terminal,
): Promise<{ backup: string; sent: string }> {
  let backup: string | undefined;
  let sent = "";
  const unknownOutcome = () =>
    `The settings may or may not have been written; check with get. Backup of ui_attributes: ${backup}`;
  const onInterrupt = () => {
    terminal.note(`flex-throttle: Interrupted. ${backup === undefined ? "Nothing was written." : unknownOutcome()}`);
    process.exit(INTERRUPTED);
  };
  process.once("SIGINT", onInterrupt);
  try {
    await api.writeUiAttributes(async () => {
      if (backup) history.deleteBackup(backup);
      const uiAttributes = await api.readUiAttributes();
      assertUnchanged(diffSettings(shown, settingsIn(uiAttributes)), terminal);
      backup = history.saveBackup(uiAttributes, command);
      sent = withSettings(uiAttributes, settings);
      return sent;
    });
  } catch (error) {
    if (error instanceof UnknownOutcomeError) throw new CliError(`${error.message} ${unknownOutcome()}`);
    if (backup) history.deleteBackup(backup);
    throw error;
  } finally {
    process.off("SIGINT", onInterrupt);
  }
  return { backup: String(backup), sent };
}

function assertUnchanged(changes: readonly SettingsChange[], terminal: Terminal): void {
  if (changes.length === 0) return;
  terminal.note("Somebody else has changed the settings while this command was running:");
  noteChanges(changes, terminal);
  throw new CliError("Nothing was written. Run get or diff to review the changes, then try again.");
}

/** Reads `ui_attributes` again and compares it with what was sent. */
async function verifyWrite(sent: string, backup: string, { api }: Account, terminal: Terminal): Promise<void> {
  const found = await api.readUiAttributes().catch((error: Error) => {
    throw new CliError(`The settings were written, but reading them again failed: ${error.message}`);
  });
  const changes = diffSettings(settingsIn(sent), settingsIn(found));
  if (changes.length > 0) {
    terminal.note("The settings were written, but somebody else changed them at the same moment:");
    noteChanges(changes, terminal);
    throw new CliError("The live settings are not those that you wrote. Run get or diff to review them.");
  }
  if (isDeepStrictEqual(otherKeysIn(sent), otherKeysIn(found))) return;
  throw new CliError(
    "The settings were written, but somebody else changed other keys of ui_attributes at the same moment. " +
      `Backup of ui_attributes from before: ${backup}`,
  );
}

/**
 * Replaces the settings in the Flex configuration, and nothing else in it, and never over a change that the user has not
 * seen. Twilio's API knows no condition for a write: between the last look and the write a gap of one request remains.
 */

import { isDeepStrictEqual } from "util";

import { diffSettings } from "../src/settings/diffSettings";
import { Account } from "./account";
import { noteChanges, printChanges } from "./changes";
import { Complaint, OutcomeUnknown } from "./complaint";
import { inWords, Write } from "./history";
import { Terminal } from "./terminal";
import { othersIn, settingsIn, withSettings } from "./uiAttributes";

export interface ReplaceOptions {
  /** Only says what would be done. */
  readonly isDryRun: boolean;
  /** Also over a change that somebody else has made since this machine last saw the settings. */
  readonly isForced: boolean;
}

export interface Replacement {
  /** `undefined`: none. */
  readonly settings: unknown;
  /** What a person knows them by, to follow "those": "of settings.json". */
  readonly whose: string;
  readonly write: Write;
}

/** @throws Complaint where nothing was written, or not only what was to be. */
export async function replaceSettings(
  wanted: Replacement,
  options: ReplaceOptions,
  account: Account,
  terminal: Terminal,
): Promise<void> {
  const { sid, api, history } = account;
  const live = settingsIn(await api.readUiAttributes());
  if (!options.isForced) refuseUnseen(live, account, terminal);

  const changes = diffSettings(live, wanted.settings);
  if (changes.length === 0) {
    terminal.print(`Nothing to do: the settings of ${sid} are those ${wanted.whose}.`);
    if (!options.isDryRun) history.see(live);
    return;
  }
  terminal.print(`From the settings of ${sid} to those ${wanted.whose}:`);
  printChanges(changes, terminal);
  if (options.isDryRun) {
    terminal.print("Dry run: nothing was written.");
    return;
  }
  const { backup, sent } = await write(live, wanted, account, terminal);
  terminal.print(`Backup of ui_attributes: ${backup}`);
  history.see(wanted.settings);
  await readBack(sent, backup, account, terminal);
  terminal.print("Written, and read back. An agent's Flex has it when it is next loaded.");
}

function refuseUnseen(live: unknown, { history }: Account, terminal: Terminal): void {
  const seen = history.seen();
  const changes = seen ? diffSettings(seen.settings, live) : [];
  if (!seen || changes.length === 0) return;
  noteChanges(changes, terminal);
  throw new Complaint(
    `Somebody has changed the settings, as above, since this machine last saw them on ${inWords(seen.at)}. Nothing was written. ` +
      "Look at them with get or diff, take over what is right, and try again; --force writes over them.",
  );
}

/** @returns the backup's path, and the text that was sent. */
async function write(
  shown: unknown,
  { settings, write }: Replacement,
  { api, history }: Account,
  terminal: Terminal,
): Promise<{ backup: string; sent: string }> {
  let backup: string | undefined;
  let sent = "";
  try {
    await api.writeUiAttributes(async () => {
      if (backup) history.discard(backup);
      const uiAttributes = await api.readUiAttributes();
      refuseChanged(diffSettings(shown, settingsIn(uiAttributes)), terminal);
      backup = history.keep(uiAttributes, write);
      sent = withSettings(uiAttributes, settings);
      return sent;
    });
  } catch (error) {
    if (error instanceof OutcomeUnknown)
      throw new Complaint(
        `${error.message} It is not known whether the settings were written; get tells. Backup of ui_attributes: ${backup}`,
      );
    if (backup) history.discard(backup);
    throw error;
  }
  return { backup: String(backup), sent };
}

function refuseChanged(changes: ReturnType<typeof diffSettings>, terminal: Terminal): void {
  if (changes.length === 0) return;
  noteChanges(changes, terminal);
  throw new Complaint(
    "Somebody has changed the settings, as above, at this very moment. Nothing was written. Look at them with get or diff, and try again.",
  );
}

async function readBack(sent: string, backup: string, { api }: Account, terminal: Terminal): Promise<void> {
  const found = await api.readUiAttributes().catch((error: Error) => {
    throw new Complaint(`The settings were written, but could not be read back: ${error.message}`);
  });
  const changes = diffSettings(settingsIn(sent), settingsIn(found));
  if (changes.length > 0) {
    noteChanges(changes, terminal);
    throw new Complaint(
      "The settings were written, but others are read back, as above: somebody has changed them at the same moment. Look at them with get or diff.",
    );
  }
  if (isDeepStrictEqual(othersIn(sent), othersIn(found))) return;
  throw new Complaint(
    `The settings were written, but other keys of ui_attributes are not what they were: somebody has changed them at the same moment. How they were stands in ${backup}`,
  );
}

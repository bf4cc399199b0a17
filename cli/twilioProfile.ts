/**
 * Profiles of the Twilio CLI, which `twilio login` creates.
 *
 * @see https://www.twilio.com/docs/twilio-cli/general-usage/profiles
 * @see https://github.com/twilio/twilio-cli-core/blob/main/src/services/config.js for the format of the file.
 */

import { readFileSync } from "fs";
import { join } from "path";

import { CliError, reasonOf } from "./errors";
import { Environment, findHome } from "./surroundings";

export interface TwilioProfile {
  readonly name: string;
  readonly accountSid: string;
  /** SID of an API key. */
  readonly apiKey: string;
  readonly apiSecret: string;
}

interface ConfigurationFile {
  readonly activeProject?: unknown;
  readonly profiles?: unknown;
  /** Profiles of versions before 3. Their secrets are in the system's keychain. */
  readonly projects?: unknown;
  readonly requireProfileInput?: unknown;
}

/**
 * @param name of the profile; default: the active one.
 * @returns `undefined` if no name is given and the Twilio CLI has no profile.
 * @throws CliError that omits the content of the file, which has secrets in it.
 */
export function readTwilioProfile(env: Environment, name?: string): TwilioProfile | undefined {
  const path = findFile(env);
  const file = path === undefined ? undefined : readFile(path);
  const profiles = isObject(file?.profiles) ? file.profiles : {};
  const oldNames = readOldNames(file?.projects);
  const found = name?.trim() ?? findActive(file, Object.keys(profiles), oldNames);
  if (found === undefined) return undefined;
  if (Object.hasOwn(profiles, found)) return readProfile(found, profiles[found], String(path));
  if (oldNames.includes(found))
    throw new CliError(
      `The secret of the Twilio CLI's profile "${found}" is in the system's keychain, which this command cannot read. ` +
        `Create the profile again with version 3 or later of the Twilio CLI: ${createCommand(found)}`,
    );
  throw new CliError(
    `The Twilio CLI has no profile "${found}". List its profiles with twilio profiles:list, or create it: ${createCommand(found)}`,
  );
}

/** The Twilio CLI has one folder on all systems, unless this variable names another one. */
function findFile(env: Environment): string | undefined {
  const home = findHome(env);
  const folder = env.TWILIO_CONFIG_DIR || (home && join(home, ".twilio-cli"));
  return folder && join(folder, "config.json");
}

function readFile(path: string): ConfigurationFile | undefined {
  try {
    const content: unknown = JSON.parse(readFileSync(path, "utf8"));
    if (isObject(content)) return content;
  } catch (error) {
    const reason = reasonOf(error);
    if (reason === "ENOENT" || reason === "ENOTDIR") return undefined;
    // The message of a SyntaxError quotes the file.
    if (!(error instanceof SyntaxError)) throw new CliError(`${path} of the Twilio CLI cannot be read (${reason}).`);
  }
  throw new CliError(`${path} of the Twilio CLI is damaged. Create your profile again: twilio login`);
}

function findActive(file: ConfigurationFile | undefined, names: string[], oldNames: string[]): string | undefined {
  if (names.length + oldNames.length === 0) return undefined;
  if (file?.requireProfileInput === true)
    throw new CliError("The Twilio CLI is configured to require the name of a profile. Add --profile NAME.");
  const { activeProject } = file ?? {};
  const active = [...names, ...oldNames].find((name) => name === activeProject) ?? oldNames[0];
  if (active !== undefined) return active;
  throw new CliError(
    "The Twilio CLI has no active profile. Choose one with twilio profiles:use, or add --profile NAME.",
  );
}

function readOldNames(projects: unknown): string[] {
  const ids = Array.isArray(projects) ? projects.map((project) => (isObject(project) ? project.id : undefined)) : [];
  return ids.filter((id): id is string => typeof id === "string");
}

function readProfile(name: string, profile: unknown, path: string): TwilioProfile {
  const { accountSid, apiKey, apiSecret } = isObject(profile) ? profile : {};
  if (isText(accountSid) && isText(apiKey) && isText(apiSecret)) return { name, accountSid, apiKey, apiSecret };
  throw new CliError(
    `The Twilio CLI's profile "${name}" in ${path} is incomplete. Create it again: ${createCommand(name)}`,
  );
}

function createCommand(name: string): string {
  return `twilio profiles:create --profile "${name}"`;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}

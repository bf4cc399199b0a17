/** The versions of Flex UI that the plugin is tested on: `npm run test:versions`. */

const OLDEST_MINOR = 28;
const NEWEST_MINOR = 34;

/** @returns what to tell admins about this version of Flex UI; `undefined` if it is supported or unknown. */
export function describeUnsupportedVersion(version: string | undefined): string | undefined {
  if (version === undefined) return undefined;
  const [major, minor] = version.split(".").map(Number);
  if (major === 1 && minor >= OLDEST_MINOR && minor <= NEWEST_MINOR) return undefined;
  return `not tested with Flex UI ${version}, only with 1.${OLDEST_MINOR} to 1.${NEWEST_MINOR}. Calls may not be paced.`;
}

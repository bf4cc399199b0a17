/** The versions of Flex UI that the plugin is tested on: `npm run test:versions`. */

const TESTED = /^1\.(2[89]|3[0-4])\./;

/** @returns what to tell admins about this version of Flex UI; `undefined` if it is supported or unknown. */
export function describeUnsupportedVersion(version: string | undefined): string | undefined {
  if (version === undefined || TESTED.test(version)) return undefined;
  return `not tested with Flex UI ${version}, only with 1.28 to 1.34. Calls may not be paced.`;
}

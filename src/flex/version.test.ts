import { describeUnsupportedVersion } from "./version";

test.each(["1.28.0", "1.31.2", "1.34.6", "1.34.0-beta.1", undefined])("accepts Flex UI %s", (version) => {
  expect(describeUnsupportedVersion(version)).toBeUndefined();
});

test.each(["1.27.3", "1.35.0", "2.8.1", "next"])("names Flex UI %s and the supported versions", (version) => {
  expect(describeUnsupportedVersion(version)).toBe(
    `not tested with Flex UI ${version}, only with 1.28 to 1.34. Calls may not be paced.`,
  );
});

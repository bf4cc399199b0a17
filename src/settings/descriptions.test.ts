import { findPattern } from "./descriptions";

test.each([
  [["mode"], "mode"],
  [["limits", "POST /channels", "burst"], "limits.*.burst"],
  [["limits", "Flex Flows", "max"], "limits.Flex Flows.max"],
  [["limits", "Flex Flows"], "limits.Flex Flows"],
  [["actions", "My.Action", "limits"], "actions.*.limits"],
  [["routes", 3, "url"], "routes.*.url"],
])("the setting at %j is described by %s", (path, pattern) => expect(findPattern(path)).toBe(pattern));

test.each([[[]], [["modes"]], [["queue", "maxLength", "x"]]])("there is no setting at %j", (path) =>
  expect(findPattern(path)).toBeUndefined(),
);

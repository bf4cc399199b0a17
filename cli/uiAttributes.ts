/**
 * Reads and replaces `flexThrottle` in the JSON text of `ui_attributes`. The text around it is never parsed and written
 * again, so that everything else keeps every byte: large numbers, the order of keys, whitespace.
 */

import { applyEdits, findNodeAtLocation, modify, parseTree } from "jsonc-parser";

const KEY = "flexThrottle";

/**
 * @param configuration the JSON text of a Flex configuration.
 * @returns the JSON text of its `ui_attributes`: `{}` for null, as in a new account; `undefined` for anything but an object.
 */
export function uiAttributesIn(configuration: string): string | undefined {
  const root = parseTree(configuration);
  const node = root && findNodeAtLocation(root, ["ui_attributes"]);
  if (!node || node.type === "null") return "{}";
  return node.type === "object" ? configuration.slice(node.offset, node.offset + node.length) : undefined;
}

/** @returns the settings in `ui_attributes`; `undefined` if there are none. */
export function settingsIn(uiAttributes: string): unknown {
  return (JSON.parse(uiAttributes) as Record<string, unknown>)[KEY];
}

/** @param settings any JSON value; `undefined` removes the key. */
export function withSettings(uiAttributes: string, settings: unknown): string {
  return applyEdits(uiAttributes, modify(uiAttributes, [KEY], settings, {}));
}

/** @returns all other keys. Only for comparison: they are never shown. */
export function otherKeysIn(uiAttributes: string): Record<string, unknown> {
  const { [KEY]: _settings, ...others } = JSON.parse(uiAttributes) as Record<string, unknown>;
  return others;
}

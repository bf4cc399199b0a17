/**
 * Reads and changes one key of `ui_attributes` in the JSON text as Twilio sent it. What other people keep there is never
 * parsed and written anew, so that it stays as it is to the byte: big numbers, the order of keys, everything.
 */

import { applyEdits, findNodeAtLocation, modify, parseTree } from "jsonc-parser";

const KEY = "flexThrottle";

/**
 * @param configuration the text of a Flex configuration.
 * @returns the text of its `ui_attributes`, which may be null in an account that is new; `undefined` if it is no object.
 */
export function uiAttributesIn(configuration: string): string | undefined {
  const root = parseTree(configuration);
  const node = root && findNodeAtLocation(root, ["ui_attributes"]);
  if (!node || node.type === "null") return "{}";
  return node.type === "object" ? configuration.slice(node.offset, node.offset + node.length) : undefined;
}

/** @returns the settings in it; `undefined` where there are none. */
export function settingsIn(uiAttributes: string): unknown {
  return (JSON.parse(uiAttributes) as Record<string, unknown>)[KEY];
}

/** @param settings plain JSON; `undefined` takes them out. */
export function withSettings(uiAttributes: string, settings: unknown): string {
  return applyEdits(uiAttributes, modify(uiAttributes, [KEY], settings, {}));
}

/** @returns everything but the settings, to be compared and never shown. */
export function othersIn(uiAttributes: string): Record<string, unknown> {
  const { [KEY]: _settings, ...others } = JSON.parse(uiAttributes) as Record<string, unknown>;
  return others;
}

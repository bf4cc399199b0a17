import { isObject } from "./isObject";

/** Whether a value is an object, and neither a list nor null. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return isObject(value) && !Array.isArray(value);
}

import { isObject } from "./isObject";

/** Whether a value is a plain object. Others, such as a `Request`, may have no own properties to copy. */
export function isPlain(value: unknown): value is Record<string, unknown> {
  return isObject(value) && [Object.prototype, null].includes(Object.getPrototypeOf(value));
}

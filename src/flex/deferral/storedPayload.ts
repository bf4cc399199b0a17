/**
 * Payloads of Actions in a form that may be stored: only sids, booleans and null. Anything else could be customer data,
 * and its Action is stored by name alone.
 */

import type { ITask } from "@twilio/flex-ui";

import { isObject } from "../../helpers/isObject";
import { isPlain } from "../../helpers/isPlain";

/** Two uppercase letters and 32 hexadecimal digits. Secrets such as auth tokens have no such prefix. */
const SID = /^[A-Z]{2}[0-9a-f]{32}$/;

/** A field name written by a programmer. Keys made of names or phone numbers do not match. */
const FIELD_NAME = /^[a-z][A-Za-z]{0,31}$/;

/** A task is stored by the sid of its reservation. */
type StoredValue = string | boolean | null | { readonly reservation: string };
export type StoredPayload = Readonly<Record<string, StoredValue>>;

/** @returns `undefined` if the payload contains anything that must not be stored. */
export function toStoredPayload(payload: unknown): StoredPayload | undefined {
  if (payload === undefined || payload === null) return {};
  if (!isPlain(payload)) return undefined;
  const stored: Record<string, StoredValue> = {};
  for (const [name, value] of Object.entries(payload)) {
    const storedValue = toStoredValue(name, value);
    if (value === undefined) continue;
    if (storedValue === undefined || !FIELD_NAME.test(name)) return undefined;
    stored[name] = storedValue;
  }
  return stored;
}

/** @returns `undefined` if it names a task that the agent no longer has. */
export function fromStoredPayload(
  payload: StoredPayload,
  taskOf: (reservationSid: string) => ITask | undefined,
): object | undefined {
  const restored: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(payload)) {
    restored[name] = isObject(value) ? taskOf(value.reservation) : value;
    if (restored[name] === undefined) return undefined;
  }
  return restored;
}

function toStoredValue(name: string, value: unknown): StoredValue | undefined {
  if (typeof value === "boolean" || value === null) return value;
  if (typeof value === "string") return SID.test(value) ? value : undefined;
  const sid = name === "task" && typeof value === "object" ? (value as ITask).sid : undefined;
  return sid !== undefined && SID.test(sid) ? { reservation: sid } : undefined;
}

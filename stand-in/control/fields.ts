// Reads the fields of a JSON body. A wrong field is an ApiError 400 that names the field and the expected value.

import { ApiError } from "../account";

export type Fields = Readonly<Record<string, unknown>>;

export function parseFields(body: string): Fields {
  try {
    const parsed: unknown = JSON.parse(body === "" ? "{}" : body);
    if (typeof parsed === "object" && parsed !== null && !Array.isArray(parsed)) return parsed as Fields;
  } catch {
    // Same error as for JSON that is not an object.
  }
  throw new ApiError(400, 400, "Expected the body to be a JSON object");
}

export function readOptionalString(fields: Fields, name: string): string | undefined {
  const value = fields[name];
  if (value === undefined || value === null || value === "") return undefined;
  if (typeof value === "string" || typeof value === "number") return String(value);
  throw expectedError(name, "to be a string", value);
}

export function readString(fields: Fields, name: string): string {
  const value = readOptionalString(fields, name);
  if (value === undefined) throw expectedError(name, "to be a string", fields[name]);
  return value;
}

/** An integer within bounds. The field is required unless there is a default. */
export function readInteger(
  fields: Fields,
  name: string,
  bounds: { from: number; to: number; defaultValue?: number },
): number {
  const given = readOptionalString(fields, name);
  if (given === undefined && bounds.defaultValue !== undefined) return bounds.defaultValue;
  const number = Number(given ?? NaN);
  if (Number.isInteger(number) && number >= bounds.from && number <= bounds.to) return number;
  throw expectedError(name, `to be an integer from ${bounds.from} to ${bounds.to}`, fields[name]);
}

export function readChoice<Choice extends string>(
  fields: Fields,
  name: string,
  choices: readonly Choice[],
  defaultValue?: Choice,
): Choice {
  const value = readOptionalString(fields, name) ?? defaultValue;
  const found = choices.find((candidate) => candidate === value);
  if (found === undefined) throw expectedError(name, `to be one of ${choices.join(", ")}`, fields[name]);
  return found;
}

export function readBoolean(fields: Fields, name: string, defaultValue: boolean): boolean {
  const value = fields[name];
  if (value === undefined) return defaultValue;
  if (typeof value === "boolean") return value;
  throw expectedError(name, "to be true or false", value);
}

function expectedError(name: string, expectation: string, value: unknown): ApiError {
  return new ApiError(400, 400, `Expected ${name} ${expectation}, got ${JSON.stringify(value) ?? "nothing"}`);
}

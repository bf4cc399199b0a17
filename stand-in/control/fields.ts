// Reads the fields of a JSON body, and says plainly which one is wrong and what would be right.

import { ApiError } from "../account";

export type Fields = Readonly<Record<string, unknown>>;

export function parseFields(body: string): Fields {
  try {
    const parsed: unknown = JSON.parse(body === "" ? "{}" : body);
    if (typeof parsed === "object" && parsed !== null && !Array.isArray(parsed)) return parsed as Fields;
  } catch {
    // Falls through to the same complaint.
  }
  throw new ApiError(400, 400, "Expected the body to be a JSON object");
}

export function optionalText(fields: Fields, name: string): string | undefined {
  const value = fields[name];
  if (value === undefined || value === null || value === "") return undefined;
  if (typeof value === "string" || typeof value === "number") return String(value);
  throw expected(name, "to be a text", value);
}

export function text(fields: Fields, name: string): string {
  const value = optionalText(fields, name);
  if (value === undefined) throw expected(name, "to be a text", fields[name]);
  return value;
}

/** A whole number within bounds. Left out, it is `otherwise`; without that it must be there. */
export function wholeNumber(
  fields: Fields,
  name: string,
  bounds: { from: number; to: number; otherwise?: number },
): number {
  const given = optionalText(fields, name);
  if (given === undefined && bounds.otherwise !== undefined) return bounds.otherwise;
  const number = Number(given ?? NaN);
  if (Number.isInteger(number) && number >= bounds.from && number <= bounds.to) return number;
  throw expected(name, `to be a whole number from ${bounds.from} to ${bounds.to}`, fields[name]);
}

export function choice<Choice extends string>(
  fields: Fields,
  name: string,
  choices: readonly Choice[],
  otherwise?: Choice,
): Choice {
  const value = optionalText(fields, name) ?? otherwise;
  const found = choices.find((candidate) => candidate === value);
  if (found === undefined) throw expected(name, `to be one of ${choices.join(", ")}`, fields[name]);
  return found;
}

export function flag(fields: Fields, name: string, otherwise: boolean): boolean {
  const value = fields[name];
  if (value === undefined) return otherwise;
  if (typeof value === "boolean") return value;
  throw expected(name, "to be true or false", value);
}

function expected(name: string, what: string, value: unknown): ApiError {
  return new ApiError(400, 400, `Expected ${name} ${what}, got ${JSON.stringify(value) ?? "nothing"}`);
}

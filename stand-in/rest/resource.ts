// What a resource of Twilio's REST API is given to answer a request, and what it answers.

import { ApiError, type Account } from "../account";
import type { Gate } from "../gate";

/** One call of a resource. */
export interface Asked {
  account: Account;
  gate: Gate;
  /** Who calls, if the credentials are an agent's token. */
  agent: string | undefined;
  /** The variable parts of the path, in their order. */
  sids: string[];
  form: URLSearchParams;
  query: URLSearchParams;
  /** The address that the resource's own addresses begin with: "https://flex-api.twilio.com/v1". */
  base: string;
}

export interface Answer {
  status: number;
  /** Sent as JSON; nothing is sent without it. */
  body?: object;
}

/** Answers, or throws an ApiError. */
export type Resource = (asked: Asked) => Answer;

const INVALID_PARAMETER = 20001;
const NOT_FOUND = 20404;

/** A parameter that the caller must send, as Twilio complains when it is missing. */
export function required(form: URLSearchParams, name: string): string {
  const value = form.get(name);
  if (!value) throw new ApiError(400, INVALID_PARAMETER, `Missing required parameter ${name} in the post body`);
  return value;
}

/** The sid of another resource. Its shape is checked, not whether it exists: it may have been made outside of the stand-in. */
export function requiredSid(form: URLSearchParams, name: string, prefix: string): string {
  const sid = required(form, name);
  if (!new RegExp(`^${prefix}[0-9a-f]{32}$`, "i").test(sid)) throw invalid(name, sid);
  return sid;
}

export function invalid(name: string, value: string): ApiError {
  return new ApiError(400, INVALID_PARAMETER, `Invalid value for parameter ${name}: ${value}`);
}

export function notFound(path: string): ApiError {
  return new ApiError(404, NOT_FOUND, `The requested resource ${path} was not found`);
}

/** Dates in Twilio's JSON have no fractions of a second. */
export function twilioDate(iso: string): string {
  return iso.replace(/\.\d+Z$/, "Z");
}

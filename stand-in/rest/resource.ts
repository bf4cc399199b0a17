// The contract of the resources of Twilio's REST API, and helpers to read their parameters.

import { ApiError, type Account } from "../account";
import type { Gate } from "../gate";

export interface ResourceRequest {
  account: Account;
  gate: Gate;
  /** The caller's identity, if the credentials are an agent's token. */
  agent: string | undefined;
  /** The variable parts of the path, in order. */
  sids: string[];
  form: URLSearchParams;
  query: URLSearchParams;
  /** The prefix of the resource's URLs: "https://flex-api.twilio.com/v1". */
  base: string;
}

export interface Answer {
  status: number;
  /** Sent as JSON. */
  body?: object;
}

/** @throws ApiError for an error answer. */
export type Resource = (request: ResourceRequest) => Answer;

const INVALID_PARAMETER = 20001;
const NOT_FOUND = 20404;

/** @throws ApiError 400 if the parameter is missing. */
export function required(form: URLSearchParams, name: string): string {
  const value = form.get(name);
  if (!value) throw new ApiError(400, INVALID_PARAMETER, `Missing required parameter ${name} in the post body`);
  return value;
}

/** Checks the format only: the sid may belong to a resource outside of the stand-in. */
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

// The URL path of an agent's desktop: /agent/<name>;<option>=<value>… The options are in that path segment because Flex
// changes the rest of the path and the query.

import { createHmac, randomBytes } from "crypto";

import { ApiError } from "../account";

export interface DesktopOptions {
  /** Names of the served plugins that Flex loads. Default: all. */
  plugins?: string[];
  /** The agent's roles. Default: ["agent"]. */
  roles?: string[];
  /** Merged into the page's appConfig. */
  appConfig?: object;
  /** Flex's language, such as "de". */
  language?: string;
}

export interface DesktopAddress extends DesktopOptions {
  name: string;
  /** The path up to and including the options: the base of Flex's own paths. */
  base: string;
}

export function desktopPath(name: string, options: DesktopOptions = {}): string {
  const parameters = [
    options.plugins && `plugins=${options.plugins.map(encodeURIComponent).join(",")}`,
    options.roles && `roles=${options.roles.map(encodeURIComponent).join(",")}`,
    options.language && `language=${encodeURIComponent(options.language)}`,
    options.appConfig && `config=${sign(Buffer.from(JSON.stringify(options.appConfig)).toString("base64url"))}`,
  ].filter((parameter) => parameter !== undefined);
  return ["/agent/" + encodeURIComponent(name), ...parameters].join(";");
}

/** The options in a path, or undefined if it is not a desktop's. */
export function readDesktopPath(path: string): DesktopAddress | undefined {
  const segment = /^\/agent\/([^/]+)/.exec(path)?.[1];
  if (!segment) return undefined;
  const [name = "", ...parameters] = segment.split(";");
  const address: DesktopAddress = { name: decodeURIComponent(name), base: `/agent/${segment}` };
  for (const parameter of parameters) readParameter(address, parameter);
  return address;
}

function readParameter(address: DesktopAddress, parameter: string): void {
  const separator = parameter.indexOf("=");
  const value = parameter.slice(separator + 1);
  switch (parameter.slice(0, separator)) {
    case "plugins":
      address.plugins = readNames(value);
      break;
    case "roles":
      address.roles = readNames(value);
      break;
    case "language":
      address.language = decodeURIComponent(value);
      break;
    case "config":
      address.appConfig = JSON.parse(Buffer.from(readSigned(value), "base64url").toString("utf8")) as object;
      break;
  }
}

/** An appConfig can load code from anywhere, so a link is only valid if this process made it. */
const signingKey = randomBytes(32);

function sign(text: string): string {
  return `${text}.${createHmac("sha256", signingKey).update(text).digest("base64url")}`;
}

/** @throws ApiError if this process has not signed the text. */
function readSigned(signed: string): string {
  const text = signed.split(".")[0] ?? "";
  if (signed !== sign(text)) throw new ApiError(403, 403, "The config in this link is not from this stand-in");
  return text;
}

function readNames(list: string): string[] {
  return list === "" ? [] : list.split(",").map(decodeURIComponent);
}

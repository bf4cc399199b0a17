// The account budget's setting in the Flex configuration: `ui_attributes.flexThrottle.account.budget`.

import type { StandIn } from "..";
import { ApiError } from "../account";

export type Budget = "sync" | "off";
export const budgets: readonly Budget[] = ["sync", "off"];

type Json = Record<string, unknown>;

export function readBudget({ configuration }: Pick<StandIn, "configuration">): Budget {
  const { flexThrottle } = configuration.ui_attributes as Json;
  const account = isObject(flexThrottle) ? flexThrottle.account : undefined;
  return isObject(account) && account.budget === "sync" ? "sync" : "off";
}

/**
 * Changes this setting and keeps all others.
 * @throws ApiError 409 if the settings around it are not JSON objects.
 */
export function writeBudget({ configuration }: Pick<StandIn, "configuration">, budget: Budget): void {
  const attributes = configuration.ui_attributes as Json;
  const settings = readObject(attributes, "flexThrottle", "flexThrottle");
  const account = readObject(settings, "account", "flexThrottle.account");
  configuration.ui_attributes = {
    ...attributes,
    flexThrottle: { ...settings, account: { ...account, budget } },
  };
}

function readObject(parent: Json, name: string, path: string): Json {
  const value = parent[name] ?? {};
  if (isObject(value)) return value;
  throw new ApiError(
    409,
    409,
    `${path} in the Flex configuration is not a JSON object. Correct it, or reset the stand-in.`,
  );
}

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

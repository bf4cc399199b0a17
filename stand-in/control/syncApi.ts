// The endpoints of the control page's JSON API that change how Sync behaves for plugins.

import { ApiError } from "../account";
import { eventFaults, writeFaults, type SyncSettings } from "../sync/faults";
import type { Endpoint } from "./api";
import { readBoolean, readChoice, readInteger } from "./fields";

export const syncEndpoints: Readonly<Record<string, Endpoint>> = {
  /** Changes the given settings of `SyncSettings` and keeps the others. */
  "POST /sync": (
    {
      standIn: {
        sync: { settings },
      },
    },
    fields,
  ) => {
    const changes = Object.entries(fields).map(([name, value]) => [name, readSetting(settings, name, value)]);
    return Object.assign(settings, Object.fromEntries(changes));
  },

  /** The next writes fail as `write` names, or the next events arrive as `event` names. */
  "POST /sync/faults": ({ standIn: { sync } }, fields) => {
    const times = readInteger(fields, "times", { from: 1, to: 1000, defaultValue: 1 });
    if (fields.write !== undefined) sync.planWrite(readChoice(fields, "write", writeFaults), times);
    else sync.planEvent(readChoice(fields, "event", eventFaults), times);
    return { planned: sync.planned };
  },

  /** Also restores the settings. */
  "POST /sync/reset": ({ standIn: { sync } }) => {
    sync.reset();
    return {};
  },

  "POST /sync/connections": ({ standIn: { syncConnections } }, fields) => {
    const change = readChoice(fields, "change", ["disconnect", "announceExpiry", "expire"] as const);
    for (const connection of syncConnections) connection[change]();
    return { connections: syncConnections.length };
  },
};

function readSetting(settings: SyncSettings, name: string, value: unknown): number | boolean {
  const current: unknown = settings[name as keyof SyncSettings];
  if (typeof current === "boolean") return readBoolean({ [name]: value }, name, current);
  if (typeof current !== "number") throw new ApiError(400, 400, `Unknown setting ${name}`);
  if (typeof value === "number" && value >= 0 && value <= 600_000) return value;
  throw new ApiError(400, 400, `Expected ${name} to be a number from 0 to 600000, got ${JSON.stringify(value)}`);
}

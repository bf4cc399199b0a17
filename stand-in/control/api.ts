// The POST endpoints of the control page's JSON API.

import type { StandIn } from "..";
import { ApiError } from "../account";
import { limits, type Counting, type Fault } from "../gate";
import { budgets, writeBudget } from "./budget";
import { readChoice, readBoolean, readOptionalString, readString, readInteger, type Fields } from "./fields";
import { operations } from "./operations";
import { cancelTasks, type Runs } from "./runs";
import { DEFAULT_SETUP, listDesktops, MAX_AGENTS, MAX_CHATS, type Setup } from "./setup";
import { syncEndpoints } from "./syncApi";

const countings: readonly Counting[] = ["rolling", "calendar", "bucket"];
const chat429Locations = ["response", "push-http", "push-transport"] as const;

/** What the endpoints act on. */
export interface Control {
  readonly standIn: StandIn;
  readonly setup: Setup;
  readonly runs: Runs;
  /** The configuration's `ui_attributes` at the start. */
  readonly initialAttributes: object;
}

/** Returns the JSON to answer with. */
export type Endpoint = (control: Control, fields: Fields) => object;

const runEndpoints: Readonly<Record<string, Endpoint>> = {
  "POST /setup": ({ standIn, setup }, fields) => {
    const { agents, chatsPerAgent, isWithPlugin } = setup;
    if (fields.budget !== undefined) writeBudget(standIn, readChoice(fields, "budget", budgets));
    return Object.assign(setup, {
      agents: readInteger(fields, "agents", { from: 1, to: MAX_AGENTS, defaultValue: agents }),
      chatsPerAgent: readInteger(fields, "chatsPerAgent", { from: 1, to: MAX_CHATS, defaultValue: chatsPerAgent }),
      isWithPlugin: readBoolean(fields, "isWithPlugin", isWithPlugin),
    });
  },

  /** Sends each agent its chats, all at once. */
  "POST /runs": ({ standIn, setup, runs }) => {
    const agents = listDesktops(standIn, setup).map(({ agent }) => agent);
    assertOpen(standIn, agents);
    const run = runs.begin(setup.isWithPlugin);
    for (const agent of agents) run.add(agent, standIn.sendChats(agent, setup.chatsPerAgent));
    return { sent: agents.length * setup.chatsPerAgent };
  },

  "POST /chats": ({ standIn, setup, runs }, fields) => {
    const agent = readString(fields, "agent");
    const count = readInteger(fields, "count", { from: 1, to: MAX_CHATS });
    const acceptWithin = readInteger(fields, "acceptWithinSeconds", { from: 5, to: 3600, defaultValue: 120 });
    assertOpen(standIn, [agent]);
    const run = runs.continue(setup.isWithPlugin);
    run.add(agent, standIn.sendChats(agent, count, { reservationTimeoutSeconds: acceptWithin }));
    return { sent: count };
  },

  "POST /voice": ({ standIn }, fields) => {
    const agent = readString(fields, "agent");
    assertOpen(standIn, [agent]);
    standIn.sendVoiceTask(agent);
    return { sent: 1 };
  },

  /** Of one agent, or of all. */
  "POST /cancel": ({ standIn }, fields) => ({ canceled: cancelTasks(standIn, readOptionalString(fields, "agent")) }),
};

/** @throws ApiError 409 that names the agents whose desktops are not open. */
function assertOpen(standIn: StandIn, agents: readonly string[]): void {
  const closed = agents.filter((agent) => !standIn.isDesktopOpen(agent));
  if (closed.length === 0) return;
  const isPlural = closed.length > 1;
  throw new ApiError(
    409,
    409,
    `Nothing was sent: the desktop${isPlural ? "s" : ""} of ${closed.join(", ")} ${isPlural ? "are" : "is"} not open.`,
  );
}

const accountEndpoints: Readonly<Record<string, Endpoint>> = {
  "POST /limits": ({ standIn: { gate } }, fields) => {
    const id = readChoice(
      fields,
      "id",
      limits.map((limit) => limit.id),
    );
    gate.setLimit(id, readInteger(fields, "value", { from: 0, to: 100_000 }));
    return {};
  },

  "POST /counting": ({ standIn: { gate } }, fields) => {
    gate.counting = readChoice(fields, "counting", countings);
    return {};
  },

  "POST /retry-after": ({ standIn: { gate, rest } }, fields) => {
    gate.sendsRetryAfter = readBoolean(fields, "sent", gate.sendsRetryAfter);
    rest.exposesRetryAfter = readBoolean(fields, "readable", rest.exposesRetryAfter);
    return {};
  },

  "POST /faults": ({ standIn: { gate } }, fields) => {
    const times = readInteger(fields, "times", { from: 1, to: 100_000, defaultValue: Infinity });
    gate.fault(readChoice(fields, "operation", operations), readFault(fields), times);
    return {};
  },

  "POST /faults/clear": ({ standIn: { gate } }, fields) => {
    gate.clearFaults(readOptionalString(fields, "operation"));
    return {};
  },

  "POST /chat-429-location": ({ standIn }, fields) => {
    standIn.chat429Location = readChoice(fields, "way", chat429Locations);
    return {};
  },

  "POST /configuration": ({ standIn: { configuration } }, fields) => {
    const attributes = fields.ui_attributes;
    if (typeof attributes !== "object" || attributes === null || Array.isArray(attributes)) {
      throw new ApiError(400, 400, "Expected ui_attributes to be a JSON object");
    }
    configuration.ui_attributes = attributes;
    return {};
  },

  /** Everything is as at the start, but the agents' desktops stay open. */
  "POST /reset": ({ standIn, setup, runs, initialAttributes }) => {
    cancelTasks(standIn);
    runs.clear();
    standIn.gate.reset();
    standIn.sync.reset();
    standIn.rest.exposesRetryAfter = true;
    standIn.chat429Location = "response";
    standIn.configuration.ui_attributes = structuredClone(initialAttributes);
    Object.assign(setup, DEFAULT_SETUP);
    return {};
  },
};

/** By "METHOD path", relative to /control/api. */
export const endpoints: Readonly<Record<string, Endpoint>> = { ...runEndpoints, ...accountEndpoints, ...syncEndpoints };

function readFault(fields: Fields): Fault {
  const kind = readChoice(fields, "kind", ["429", "409", "500", "slow", "never"] as const);
  if (kind === "slow") return { kind, ms: readInteger(fields, "ms", { from: 0, to: 600_000 }) };
  if (kind !== "429") return { kind };
  const retryAfter = readOptionalString(fields, "retryAfter");
  const code = readOptionalString(fields, "code");
  const location = readChoice(fields, "way", chat429Locations, "response");
  return {
    kind,
    location,
    ...(retryAfter === undefined ? {} : { retryAfter }),
    ...(code === undefined ? {} : { code: readInteger(fields, "code", { from: 1, to: 99_999 }) }),
  };
}

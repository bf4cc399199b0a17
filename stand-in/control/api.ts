// The POST endpoints of the control page's JSON API.

import type { StandIn } from "..";
import { ApiError } from "../account";
import { limits, type Counting, type Fault } from "../gate";
import { syncEndpoints } from "./syncApi";
import { readChoice, readBoolean, readOptionalString, readString, readInteger, type Fields } from "./fields";

const MAX_CHATS = 200;
const countings: readonly Counting[] = ["rolling", "calendar", "bucket"];
const chat429Locations = ["response", "push-http", "push-transport"] as const;

/** Returns the JSON to answer with. */
type Endpoint = (standIn: StandIn, fields: Fields) => object;

/** By "METHOD path", relative to /control/api. */
export const endpoints: Readonly<Record<string, Endpoint>> = {
  ...syncEndpoints,

  "POST /chats": (standIn, fields) => {
    const count = readInteger(fields, "count", { from: 1, to: MAX_CHATS });
    const acceptWithin = readInteger(fields, "acceptWithinSeconds", { from: 5, to: 3600, defaultValue: 120 });
    standIn.sendChats(readString(fields, "agent"), count, { reservationTimeoutSeconds: acceptWithin });
    return { sent: count };
  },

  "POST /voice": (standIn, fields) => {
    standIn.sendVoiceTask(readString(fields, "agent"));
    return { sent: 1 };
  },

  /** As if all customers had left. Also removes tasks that the agent cannot finish. */
  "POST /cancel": ({ taskRouter }, fields) => {
    const open = taskRouter.activeReservations(taskRouter.worker(readString(fields, "agent")));
    for (const reservation of open) taskRouter.changeStatus(reservation, "canceled");
    return { canceled: open.length };
  },

  "POST /limits": ({ gate }, fields) => {
    const id = readChoice(
      fields,
      "id",
      limits.map((limit) => limit.id),
    );
    gate.setLimit(id, readInteger(fields, "value", { from: 0, to: 100_000 }));
    return {};
  },

  "POST /counting": ({ gate }, fields) => {
    gate.counting = readChoice(fields, "counting", countings);
    return {};
  },

  "POST /retry-after": ({ gate, rest }, fields) => {
    gate.sendsRetryAfter = readBoolean(fields, "told", gate.sendsRetryAfter);
    rest.exposesRetryAfter = readBoolean(fields, "readable", rest.exposesRetryAfter);
    return {};
  },

  "POST /faults": ({ gate }, fields) => {
    const times = readInteger(fields, "times", { from: 1, to: 100_000, defaultValue: Infinity });
    gate.fault(readString(fields, "operation"), readFault(fields), times);
    return {};
  },

  "POST /faults/clear": ({ gate }, fields) => {
    gate.clearFaults(readOptionalString(fields, "operation"));
    return {};
  },

  "POST /chat-refusal": (standIn, fields) => {
    standIn.chat429Location = readChoice(fields, "way", chat429Locations);
    return {};
  },

  /** Keeps the chats and the Flex configuration. */
  "POST /reset": (standIn) => {
    standIn.gate.reset();
    standIn.sync.reset();
    standIn.rest.exposesRetryAfter = true;
    standIn.chat429Location = "response";
    return {};
  },

  "POST /configuration": ({ configuration }, fields) => {
    const attributes = fields.ui_attributes;
    if (typeof attributes !== "object" || attributes === null || Array.isArray(attributes)) {
      throw new ApiError(400, 400, "Expected ui_attributes to be a JSON object");
    }
    configuration.ui_attributes = attributes;
    return {};
  },
};

function readFault(fields: Fields): Fault {
  const kind = readChoice(fields, "kind", ["429", "409", "500", "slow", "never"] as const);
  if (kind === "slow") return { kind, ms: readInteger(fields, "ms", { from: 0, to: 600_000 }) };
  if (kind !== "429") return { kind };
  const retryAfter = readOptionalString(fields, "retryAfter");
  const code = readInteger(fields, "code", { from: 1, to: 99_999, defaultValue: 20429 });
  const location = readChoice(fields, "way", chat429Locations, "response");
  return { kind, code, location, ...(retryAfter === undefined ? {} : { retryAfter }) };
}

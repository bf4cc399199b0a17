// The control page's JSON API: what can be set and sent. Each entry takes the parsed body and says what to answer.

import type { StandIn } from "..";
import { ApiError } from "../account";
import { limits, type Counting, type Fault } from "../gate";
import { choice, flag, optionalText, text, wholeNumber, type Fields } from "./fields";

const MAX_CHATS = 200;
const countings: readonly Counting[] = ["rolling", "calendar", "bucket"];
const chat429Locations = ["response", "push-http", "push-transport"] as const;

type Call = (standIn: StandIn, fields: Fields) => object;

/** By "METHOD path" beneath /control/api. */
export const calls: Readonly<Record<string, Call>> = {
  "POST /chats": (standIn, fields) => {
    const count = wholeNumber(fields, "count", { from: 1, to: MAX_CHATS });
    const acceptWithin = wholeNumber(fields, "acceptWithinSeconds", { from: 5, to: 3600, otherwise: 120 });
    standIn.sendChats(text(fields, "agent"), count, { reservationTimeoutSeconds: acceptWithin });
    return { sent: count };
  },

  "POST /voice": (standIn, fields) => {
    standIn.sendVoiceTask(text(fields, "agent"));
    return { sent: 1 };
  },

  /** As when every customer hangs up: also what an agent cannot finish leaves the desktop. */
  "POST /cancel": ({ taskRouter }, fields) => {
    const open = taskRouter.activeReservations(taskRouter.worker(text(fields, "agent")));
    for (const reservation of open) taskRouter.changeStatus(reservation, "canceled");
    return { canceled: open.length };
  },

  "POST /limits": ({ gate }, fields) => {
    const id = choice(
      fields,
      "id",
      limits.map((limit) => limit.id),
    );
    gate.setLimit(id, wholeNumber(fields, "value", { from: 0, to: 100_000 }));
    return {};
  },

  "POST /counting": ({ gate }, fields) => {
    gate.counting = choice(fields, "counting", countings);
    return {};
  },

  "POST /retry-after": ({ gate, rest }, fields) => {
    gate.sendsRetryAfter = flag(fields, "told", gate.sendsRetryAfter);
    rest.exposesRetryAfter = flag(fields, "readable", rest.exposesRetryAfter);
    return {};
  },

  "POST /faults": ({ gate }, fields) => {
    const times = wholeNumber(fields, "times", { from: 1, to: 100_000, otherwise: Infinity });
    gate.fault(text(fields, "operation"), readFault(fields), times);
    return {};
  },

  "POST /faults/clear": ({ gate }, fields) => {
    gate.clearFaults(optionalText(fields, "operation"));
    return {};
  },

  "POST /chat-refusal": (standIn, fields) => {
    standIn.chat429Location = choice(fields, "way", chat429Locations);
    return {};
  },

  /** As at the start, but for the chats that were sent. */
  "POST /reset": (standIn) => {
    standIn.gate.reset();
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
  const kind = choice(fields, "kind", ["429", "409", "500", "slow", "never"] as const);
  if (kind === "slow") return { kind, ms: wholeNumber(fields, "ms", { from: 0, to: 600_000 }) };
  if (kind !== "429") return { kind };
  const retryAfter = optionalText(fields, "retryAfter");
  const code = wholeNumber(fields, "code", { from: 1, to: 99_999, otherwise: 20429 });
  const location = choice(fields, "way", chat429Locations, "response");
  return { kind, code, location, ...(retryAfter === undefined ? {} : { retryAfter }) };
}

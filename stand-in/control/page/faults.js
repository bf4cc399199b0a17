// Faults that the next calls of an operation meet: a form to add one, and the list of those that are still to come.

import { get, post } from "./api.js";

const find = (id) => document.getElementById(id);
const otherOperations = ["chat sendMessage", "chat editAttributes", "chat leaveChannel"];

export function setUpFaults() {
  find("fault-kind").onchange = showFieldsOfKind;
  find("fault-form").onsubmit = add;
  find("fault-operation").onfocus = offerOperations;
  showFieldsOfKind();
}

export function showFaults(faults) {
  const list = find("faults");
  list.replaceChildren(...faults.map(item));
}

/** The limits, and whatever else has been called so far. */
async function offerOperations() {
  const [{ limits }, log] = await Promise.all([get("/state"), get("/log")]);
  const rates = limits.filter(({ kind }) => kind === "rate").map(({ id }) => id);
  const operations = new Set([...rates, ...otherOperations, ...log.map(({ operation }) => operation)]);
  find("operations").replaceChildren(...[...operations].map((operation) => new Option(operation)));
}

function showFieldsOfKind() {
  const kind = find("fault-kind").value;
  for (const field of document.querySelectorAll("#fault-form [data-kind]")) field.hidden = field.dataset.kind !== kind;
}

function add(event) {
  event.preventDefault();
  const operation = find("fault-operation").value.trim();
  const kind = find("fault-kind").value;
  const fault = { operation, kind, times: find("fault-times").value };
  if (kind === "429")
    Object.assign(fault, { retryAfter: find("fault-retry-after").value, way: find("fault-way").value });
  if (kind === "slow") fault.ms = find("fault-ms").value;
  void post("/faults", fault, `The next calls of ${operation} will meet it.`);
}

function item({ operation, fault, times }) {
  const made = document.createElement("li");
  const text = document.createElement("span");
  text.textContent = `${operation}: ${described(fault)}, ${times === null ? "until cleared" : times === 1 ? "once" : `${times} times`}`;
  const clear = document.createElement("button");
  clear.type = "button";
  clear.textContent = "Clear";
  clear.setAttribute("aria-label", `Clear the faults of ${operation}`);
  clear.onclick = () => post("/faults/clear", { operation }, `No faults for ${operation}.`);
  made.append(text, clear);
  return made;
}

function described(fault) {
  switch (fault.kind) {
    case "429":
      return fault.retryAfter === undefined ? "429" : `429 with Retry-After ${fault.retryAfter}`;
    case "slow":
      return `answered after ${fault.ms} ms`;
    case "never":
      return "no answer";
    default:
      return fault.kind;
  }
}

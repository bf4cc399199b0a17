// The form that adds faults, and the list of planned faults.

import { get, post } from "./api.js";

const find = (id) => document.getElementById(id);
const otherOperations = ["chat sendMessage", "chat editAttributes", "chat leaveChannel"];

export function setUpFaults() {
  find("fault-kind").onchange = showFieldsOfKind;
  find("fault-form").onsubmit = addFault;
  find("fault-operation").onfocus = suggestOperations;
  showFieldsOfKind();
}

export function showFaults(faults) {
  find("faults").replaceChildren(...faults.map(createItem));
}

/** Suggests the limits, and all operations in the log. */
async function suggestOperations() {
  const [{ limits }, log] = await Promise.all([get("/state"), get("/log")]);
  const rates = limits.filter(({ kind }) => kind === "rate").map(({ id }) => id);
  const operations = new Set([...rates, ...otherOperations, ...log.map(({ operation }) => operation)]);
  find("operations").replaceChildren(...[...operations].map((operation) => new Option(operation)));
}

function showFieldsOfKind() {
  const kind = find("fault-kind").value;
  for (const field of document.querySelectorAll("#fault-form [data-kind]")) field.hidden = field.dataset.kind !== kind;
}

function addFault(event) {
  event.preventDefault();
  const operation = find("fault-operation").value.trim();
  const kind = find("fault-kind").value;
  const fault = { operation, kind, times: find("fault-times").value };
  if (kind === "429")
    Object.assign(fault, { retryAfter: find("fault-retry-after").value, way: find("fault-way").value });
  if (kind === "slow") fault.ms = find("fault-ms").value;
  void post("/faults", fault, `Added a fault for ${operation}.`);
}

function createItem({ operation, fault, times }) {
  const item = document.createElement("li");
  const text = document.createElement("span");
  text.textContent = `${operation}: ${describe(fault)}, ${describeTimes(times)}`;
  const clear = document.createElement("button");
  clear.type = "button";
  clear.textContent = "Clear";
  clear.setAttribute("aria-label", `Clear the faults of ${operation}`);
  clear.onclick = () => post("/faults/clear", { operation }, `Cleared the faults of ${operation}.`);
  item.append(text, clear);
  return item;
}

function describe(fault) {
  switch (fault.kind) {
    case "429":
      return fault.retryAfter === undefined ? "429" : `429 with Retry-After ${fault.retryAfter}`;
    case "slow":
      return `answer delayed by ${fault.ms} ms`;
    case "never":
      return "no answer";
    default:
      return fault.kind;
  }
}

/** Infinity arrives as null, because JSON has no Infinity. */
function describeTimes(times) {
  if (times === null) return "until cleared";
  return times === 1 ? "once" : `${times} times`;
}

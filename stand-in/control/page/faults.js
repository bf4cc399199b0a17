// The form that adds faults, and the list of planned faults.

import { post } from "./api.js";

const DEFAULT_OPERATION = "POST /WebChannels/Users";
const find = (id) => document.getElementById(id);

export function setUpFaults() {
  find("fault-kind").onchange = showFieldsOfKind;
  find("fault-form").onsubmit = addFault;
  showFieldsOfKind();
}

export function showFaults(faults) {
  find("faults").replaceChildren(...faults.map(createItem));
}

/** Fills the list of operations when the page is loaded. */
export function showOperations(groups) {
  const select = find("fault-operation");
  if (select.options.length > 0) return;
  for (const { title, operations } of groups) {
    const group = document.createElement("optgroup");
    group.label = title;
    group.append(...operations.map((operation) => new Option(operation)));
    select.append(group);
  }
  select.value = DEFAULT_OPERATION;
}

function showFieldsOfKind() {
  const kind = find("fault-kind").value;
  for (const field of document.querySelectorAll("#fault-form [data-kind]")) field.hidden = field.dataset.kind !== kind;
}

function addFault(event) {
  event.preventDefault();
  const operation = find("fault-operation").value;
  const kind = find("fault-kind").value;
  const fault = { operation, kind, times: find("fault-times").value };
  if (kind === "429")
    Object.assign(fault, {
      retryAfter: find("fault-retry-after").value,
      code: find("fault-code").value,
      way: find("fault-way").value,
    });
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
      return describe429(fault);
    case "slow":
      return `answer delayed by ${fault.ms} ms`;
    case "never":
      return "no answer";
    default:
      return fault.kind;
  }
}

function describe429({ code, retryAfter }) {
  const details = [code && `code ${code}`, retryAfter !== undefined && `Retry-After ${retryAfter}`].filter(Boolean);
  return details.length === 0 ? "429" : `429 with ${details.join(" and ")}`;
}

/** Infinity arrives as null, because JSON has no Infinity. */
function describeTimes(times) {
  if (times === null) return "until cleared";
  return times === 1 ? "once" : `${times} times`;
}

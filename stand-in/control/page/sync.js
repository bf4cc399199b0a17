// The faults of Twilio Sync, which carries the account budget.

import { post } from "./api.js";

const form = document.getElementById("sync-settings");
const faultForm = document.getElementById("sync-fault-form");
const planned = document.getElementById("sync-planned");

export function setUpSync() {
  for (const field of form.elements)
    field.onchange = () => {
      if (field.reportValidity()) void post("/sync", { [field.name]: readField(field) });
    };
  form.onsubmit = (event) => event.preventDefault();
  faultForm.onsubmit = addFault;
  for (const button of document.querySelectorAll("[data-sync-change]"))
    button.onclick = () =>
      post("/sync/connections", { change: button.dataset.syncChange }, `${button.textContent}: done.`);
  document.getElementById("sync-reset").onclick = () => post("/sync/reset", {}, "Sync works normally.");
}

export function showSync(sync) {
  for (const field of form.elements) {
    if (field === document.activeElement && field.type === "number") continue;
    if (field.type === "checkbox") field.checked = sync[field.name];
    else field.value = isShare(field) ? sync[field.name] * 100 : sync[field.name];
  }
  planned.textContent = sync.planned.length === 0 ? "" : `Planned: ${countEach(sync.planned).join(", ")}.`;
}

/** Shares are shown in percent. */
function isShare(field) {
  return field.name.endsWith("Share");
}

function readField(field) {
  if (field.type === "checkbox") return field.checked;
  return isShare(field) ? field.valueAsNumber / 100 : field.valueAsNumber;
}

function addFault(event) {
  event.preventDefault();
  const { fault, times } = faultForm.elements;
  const [kind, name] = fault.value.split(": ");
  void post("/sync/faults", { [kind]: name, times: times.value }, `Added a fault for the next ${kind}s.`);
}

function countEach(names) {
  const counts = new Map();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].map(([name, count]) => (count === 1 ? name : `${count} × ${name}`));
}

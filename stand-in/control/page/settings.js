// The settings of the account: its limits and counting method, its 429 answers, and the Flex configuration.

import { post } from "./api.js";

const find = (id) => document.getElementById(id);

export function setUpSettings() {
  find("counting").onchange = ({ target }) =>
    post("/counting", { counting: target.value }, "Changed the counting method and cleared all counts.");
  find("retry-after-sent").onchange = ({ target }) => post("/retry-after", { sent: target.checked });
  find("retry-after-readable").onchange = ({ target }) => post("/retry-after", { readable: target.checked });
  find("chat-429-location").onchange = ({ target }) => post("/chat-429-location", { way: target.value });
  find("reset").onclick = () => post("/reset", {}, "Everything is as at the start.");
  find("configuration-form").onsubmit = saveConfiguration;
}

export function showSettings({ limits, counting, retryAfter, chat429Location, uiAttributes }) {
  find("counting").value = counting;
  find("retry-after-sent").checked = retryAfter.sent;
  find("retry-after-readable").checked = retryAfter.readable;
  find("chat-429-location").value = chat429Location;
  for (const limit of limits) showLimit(limit);
  const attributes = find("ui-attributes");
  if (document.activeElement !== attributes) attributes.value = JSON.stringify(uiAttributes, null, 2);
}

function showLimit(limit) {
  const row = find(rowId(limit)) ?? createRow(limit);
  const input = row.querySelector("input");
  if (document.activeElement !== input) input.value = limit.value;
  row.classList.toggle("changed", limit.value !== limit.default);
}

function rowId({ id }) {
  return `limit ${id}`.replace(/\W+/g, "-");
}

function createRow(limit) {
  const row = find("limits").insertRow();
  row.id = rowId(limit);
  const unit = limit.kind === "rate" ? "per second" : "in total";
  row.insertCell().textContent = limit.id;
  row.insertCell().textContent = limit.kind === "rate" ? `${limit.default}/s` : `${limit.default} in total`;
  const input = document.createElement("input");
  Object.assign(input, { type: "number", min: 0, max: 100000, required: true });
  input.setAttribute("aria-label", `${limit.id}, ${unit}`);
  input.onchange = async () => {
    const isSet = await post(
      "/limits",
      { id: limit.id, value: input.value },
      `${limit.id} is now ${input.value} ${unit}.`,
    );
    if (!isSet) input.value = limit.value;
  };
  row.insertCell().append(input);
  return row;
}

async function saveConfiguration(event) {
  event.preventDefault();
  const field = find("ui-attributes");
  field.setCustomValidity("");
  try {
    await post("/configuration", { ui_attributes: JSON.parse(field.value) }, "Saved. Reload the desktops to apply it.");
  } catch (error) {
    field.setCustomValidity(`Invalid JSON: ${error.message}`);
    field.reportValidity();
    field.oninput = () => field.setCustomValidity("");
  }
}

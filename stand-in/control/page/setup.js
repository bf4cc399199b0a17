// The form above the results: how many agents work with which desktops, and the button that starts a run.

import { post, showMessage } from "./api.js";
import { openDesktops } from "./desktops.js";
import { waitUntilLoaded } from "./remote.js";
import { plural } from "./words.js";

const AUTO_ACCEPT_KEY = "stand-in accepts chats";
const form = document.getElementById("setup");
const button = document.getElementById("run");
const progress = document.getElementById("run-progress");

const choices = {
  stock: { isWithPlugin: false },
  plugin: { isWithPlugin: true, budget: "off" },
  budget: { isWithPlugin: true, budget: "sync" },
};

let state;
/** Changes of the setup that the stand-in has not answered yet. */
let pendingChanges = 0;
/** Counts the runs that were started and canceled, so that an earlier one notices. */
let attempt = 0;

export function setUpForm() {
  form.onsubmit = (event) => {
    event.preventDefault();
    void startRun();
  };
  for (const radio of form.elements.choice) radio.onchange = () => void change(choices[radio.value]);
  for (const name of ["agents", "chatsPerAgent"])
    form.elements[name].onchange = ({ target }) => {
      if (target.reportValidity()) void change({ [name]: target.valueAsNumber });
      else cancel();
    };
  setUpAutoAccept(form.elements.accept);
}

async function change(setup) {
  cancel();
  pendingChanges += 1;
  const isChanged = await post("/setup", setup);
  pendingChanges -= 1;
  if (isChanged) Object.assign(state.setup, setup);
  showSetup(state);
}

/** Shows the stand-in's setup, except while it does not know the latest change yet. */
export function showSetup(current) {
  state = current;
  showButton();
  if (pendingChanges > 0) return;
  const { isWithPlugin, budget, agents, chatsPerAgent } = state.setup;
  form.elements.choice.value = isWithPlugin ? (budget === "sync" ? "budget" : "plugin") : "stock";
  for (const [name, value] of Object.entries({ agents, chatsPerAgent }))
    if (document.activeElement !== form.elements[name]) form.elements[name].value = value;
}

/** Opens the desktops that are not open, waits until they are loaded, and sends the chats. */
async function startRun() {
  attempt += 1;
  const own = attempt;
  const isCanceled = () => own !== attempt;
  const agents = state.desktops.map(({ agent }) => agent);
  openDesktops();
  button.disabled = true;
  const showLoaded = (count) => {
    progress.textContent = count < agents.length ? `Loading desktops: ${count} of ${agents.length} …` : "";
  };
  const isLoaded = await waitUntilLoaded(agents, showLoaded, isCanceled);
  if (isLoaded) await sendChats(agents.length);
  if (!isCanceled()) cancel();
}

function sendChats(agents) {
  const { chatsPerAgent } = state.setup;
  const sent =
    agents === 1 ? plural(chatsPerAgent, "chat") : `${plural(chatsPerAgent, "chat")} to each of ${agents} agents`;
  const hint = form.elements.accept.checked ? "" : " The agents have two minutes to accept.";
  return post("/runs", {}, `Sent ${sent}.${hint}`);
}

function cancel() {
  attempt += 1;
  button.disabled = false;
  progress.textContent = "";
}

export function showButton() {
  const { agents, chatsPerAgent } = state.setup;
  const chats = plural(agents * chatsPerAgent, "chat");
  const closed = state.desktops.filter(({ isOpen }) => !isOpen).length;
  button.textContent = closed === 0 ? `Send ${chats}` : `Open ${plural(closed, "desktop")} and send ${chats}`;
}

/** remoteControl.js reads this in the desktops, which have the same origin. */
function setUpAutoAccept(checkbox) {
  checkbox.checked = localStorage.getItem(AUTO_ACCEPT_KEY) !== "no";
  const store = () => localStorage.setItem(AUTO_ACCEPT_KEY, checkbox.checked ? "yes" : "no");
  store();
  checkbox.onchange = () => {
    store();
    showMessage(checkbox.checked ? "New chats are accepted at once." : "New chats wait until an agent accepts them.");
  };
}

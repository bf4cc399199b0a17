// Loads the stand-in's state, follows its live feed, and updates the parts of the page.

import { get } from "./api.js";
import { setUpDesktops, showDesktops, showOpen, showTallies } from "./desktops.js";
import { setUpFaults, showFaults, showOperations } from "./faults.js";
import { Requests } from "./requests.js";
import { showCurrentRun, showRuns } from "./runs.js";
import { setUpSettings, showSettings } from "./settings.js";
import { setUpForm, showSetup } from "./setup.js";
import { showStory } from "./story.js";
import { setUpSync, showSync } from "./sync.js";

const connection = document.getElementById("connection");
const requests = new Requests();
let state;

async function loadState() {
  state = await get("/state");
  requests.setClock(state.startedAtMs);
  requests.setLimits(state.limits);
  if (state.logged === 0) requests.replace([]);
  showDesktops(state);
  showSetup(state);
  showRuns(state.runs);
  showRun();
  showSettings(state);
  showOperations(state.operationGroups);
  showFaults(state.faults);
  showSync(state.sync);
}

function showRun() {
  showStory(state.run);
  showTallies(state.run);
}

const handlers = {
  changed: loadState,
  live({ desktops, run }) {
    if (!state) return;
    Object.assign(state, { desktops, run });
    showOpen(desktops);
    showSetup(state);
    showCurrentRun(run);
    showRun();
  },
  entries({ entries, faults }) {
    requests.add(entries);
    showFaults(faults);
  },
};

function connect() {
  const socket = new WebSocket(`ws://${location.host}/control/live`);
  socket.onopen = async () => {
    connection.textContent = "Live";
    connection.classList.add("live");
    await loadState();
    requests.replace(await get("/log"));
  };
  socket.onmessage = ({ data }) => {
    const message = JSON.parse(data);
    handlers[message.type](message);
  };
  socket.onclose = () => {
    connection.textContent = "Not connected: the stand-in has stopped";
    connection.classList.remove("live");
    setTimeout(connect, 1000);
  };
}

setUpForm();
setUpDesktops();
setUpSettings();
setUpFaults();
setUpSync();
connect();

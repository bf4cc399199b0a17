// Loads the stand-in's state, follows its live feed, and updates the parts of the page.

import { get } from "./api.js";
import { showDesktops, showTallies } from "./desktops.js";
import { showFaults, setUpFaults } from "./faults.js";
import { Requests } from "./requests.js";
import { setUpSettings, showSettings } from "./settings.js";

const connection = document.getElementById("connection");
const requests = new Requests((entries) => showTallies(entries));

async function loadState() {
  const state = await get("/state");
  requests.setClock(state.startedAtMs);
  requests.setLimits(state.limits);
  if (state.logged === 0) requests.replace([]);
  showDesktops(state.desktops);
  showSettings(state);
  showFaults(state.faults);
}

const handlers = {
  changed: loadState,
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

setUpSettings();
setUpFaults();
connect();

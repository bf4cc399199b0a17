// The table of the last runs.

import { describeDesktops, seconds } from "./words.js";

const table = document.getElementById("runs");
const section = document.getElementById("runs-section");
let known = [];

export function showRuns(runs) {
  known = runs;
  show();
}

/** Updates the row of the current run. */
export function showCurrentRun(run) {
  if (!run) return;
  known = [run, ...known.filter(({ id }) => id !== run.id)];
  show();
}

function show() {
  section.hidden = known.length === 0;
  const most = Math.max(1, ...known.map(({ throttledPerJoin }) => throttledPerJoin ?? 0));
  table.replaceChildren(...known.map((run) => createRow(run, most)));
}

function createRow(run, most) {
  const { id, byAgent, joined, customers, waiting, stuck, left, throttledPerJoin, lastJoinMs } = run;
  const row = document.createElement("tr");
  const name = document.createElement("th");
  name.scope = "row";
  name.textContent = describeDesktops(run);
  row.append(
    cell(id),
    name,
    cell(byAgent.length),
    cell(`${joined} of ${customers}`, joined === customers ? "good" : waiting > 0 ? "" : "bad"),
    cell(stuck + left, stuck + left > 0 ? "bad" : ""),
    barCell(throttledPerJoin, most),
    cell(lastJoinMs === null ? "–" : seconds(lastJoinMs)),
  );
  return row;
}

function cell(text, className = "") {
  const element = document.createElement("td");
  element.textContent = text;
  element.className = className;
  return element;
}

function barCell(throttledPerJoin, most) {
  const element = cell("", "per-join");
  const number = document.createElement("span");
  number.textContent = throttledPerJoin === null ? "–" : throttledPerJoin.toFixed(2);
  const bar = document.createElement("i");
  bar.style.width = `${((throttledPerJoin ?? 0) / most) * 100}%`;
  const track = document.createElement("span");
  track.className = "track";
  track.append(bar);
  const line = document.createElement("div");
  line.append(number, track);
  element.append(line);
  return element;
}

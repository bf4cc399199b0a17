// The current run at a glance: how many customers have an agent.

import { seconds } from "./words.js";

const find = (id) => document.getElementById(id);

/** Announced to screen readers when a run has come to rest. */
let announced;

export function showStory(run) {
  if (!run || run.customers === 0) return showNothing();
  const { joined, customers, throttledJoins, throttledPerJoin, lastJoinMs } = run;
  find("story").classList.remove("idle");
  find("joined").textContent = `${joined} of ${customers}`;
  find("joined-label").textContent = customers === 1 ? "customer has an agent" : "customers have an agent";
  find("without").textContent = describeOthers(run);
  find("without").className = run.stuck + run.left > 0 ? "without bad" : "without";
  find("story").classList.toggle("complete", joined === customers);
  find("per-join").textContent = throttledPerJoin === null ? "–" : throttledPerJoin.toFixed(2);
  find("per-join-note").textContent = `${throttledJoins} in ${joined} ${joined === 1 ? "join" : "joins"}`;
  find("last-join").textContent = lastJoinMs === null ? "–" : seconds(lastJoinMs);
  find("last-join-note").textContent = lastJoinMs === null ? "" : joined === customers ? "all joined" : "so far";
  showSquares(run.states);
  announce(run);
}

function showNothing() {
  find("joined").textContent = "No customers yet";
  find("joined-label").textContent = "";
  find("without").textContent = "";
  find("story").className = "card story idle";
  for (const id of ["per-join", "last-join"]) find(id).textContent = "–";
  for (const id of ["per-join-note", "last-join-note"]) find(id).textContent = "";
  showSquares([]);
}

function describeOthers({ joined, customers, stuck, waiting, left }) {
  if (joined === customers) return "Nobody is waiting";
  const count = (number, one, many) => (number === 0 ? [] : [`${number} ${number === 1 ? one : many}`]);
  return [
    ...count(stuck, "is stuck", "are stuck"),
    ...count(waiting, "is waiting", "are waiting"),
    ...count(left, "left without one", "left without one"),
  ].join(", ");
}

function showSquares(states) {
  const squares = find("customers");
  while (squares.children.length > states.length) squares.lastElementChild.remove();
  while (squares.children.length < states.length) squares.append(document.createElement("i"));
  states.forEach((state, index) => {
    if (squares.children[index].className !== state) squares.children[index].className = state;
  });
}

function announce(run) {
  const { id, joined, customers, waiting } = run;
  const text = waiting > 0 ? "" : `${joined} of ${customers} customers have an agent. ${describeOthers(run)}.`;
  if (`${id} ${text}` === announced) return;
  announced = `${id} ${text}`;
  find("announcement").textContent = text;
}

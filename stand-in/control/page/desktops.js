// The agents' desktops: each is the real Flex in a frame of this page, or in its own window.

import { post, showMessage } from "./api.js";
import { sendToAll } from "./remote.js";
import { plural } from "./words.js";

/** The size in which Flex is laid out, before the frame is scaled down. */
const SCREEN_WIDTH = 1280;

const list = document.getElementById("desktops");
const template = document.getElementById("desktop-template");
const cards = new Map();
/** By agent; `version` changes when the desktop has to load again. */
const frames = new Map();
let desktops = [];
let version = "";

const resizes = new ResizeObserver((entries) => {
  for (const { target, contentRect } of entries)
    target.style.setProperty("--scale", String(contentRect.width / SCREEN_WIDTH));
});

export function setUpDesktops() {
  document.getElementById("open-all").onclick = openDesktops;
  document.getElementById("close-all").onclick = () => {
    for (const agent of [...frames.keys()]) closeFrame(agent);
  };
  document.getElementById("accept-all").onclick = () =>
    command("accept", (count) =>
      count === 0 ? "There is no chat to accept." : `Accepting ${plural(count, "chat")} at once.`,
    );
  document.getElementById("finish-all").onclick = () =>
    command("finish", (count) =>
      count === 0 ? "There is no task to finish." : `Finishing ${plural(count, "task")} at once.`,
    );
  document.getElementById("cancel-all").onclick = () => post("/cancel", {}, "Canceled all open tasks.");
  document.getElementById("reload-all").onclick = () => command("reload", () => "Reloading the desktops.");
}

/** Shows the setup's desktops. Frames of other agents are closed; frames load again after the account budget changed. */
export function showDesktops(state) {
  version = state.setup.budget;
  showOpen(state.desktops);
  const agents = new Set(desktops.map(({ agent }) => agent));
  for (const agent of [...cards.keys()]) if (!agents.has(agent)) removeCard(agent);
  for (const [agent, frame] of frames) {
    if (frame.version === version) continue;
    closeFrame(agent);
    openFrame(agent);
  }
}

/** Updates which desktops are open. */
export function showOpen(current) {
  desktops = current;
  for (const desktop of desktops) {
    const card = cards.get(desktop.agent) ?? addCard(desktop);
    showCardState(card, desktop);
  }
}

/** Shows how many customers each agent has. */
export function showTallies(run) {
  const tallies = new Map((run?.byAgent ?? []).map((tally) => [tally.agent, tally]));
  for (const [agent, card] of cards) card.querySelector(".tally").textContent = describeTally(tallies.get(agent));
}

function describeTally(tally) {
  if (!tally || tally.customers === 0) return "no customers";
  const { joined, customers, throttledJoins } = tally;
  const throttled = throttledJoins === 0 ? "" : `, ${throttledJoins} × 429`;
  return `${joined} of ${plural(customers, "customer")}${throttled}`;
}

/** Opens every desktop that is not open, as a frame of this page. */
export function openDesktops() {
  for (const { agent, isOpen } of desktops) if (!isOpen && !frames.has(agent)) openFrame(agent);
}

async function command(name, describe) {
  const agents = desktops.map(({ agent }) => agent);
  const { count, silent } = await sendToAll(agents, name);
  if (silent.length < agents.length) showMessage(describe(count));
  else showMessage("No desktop is open in this browser, or all of them are still loading.", true);
}

function addCard(desktop) {
  const { agent, url, adminUrl } = desktop;
  const card = template.content.firstElementChild.cloneNode(true);
  const find = (selector) => card.querySelector(selector);
  find("h3").textContent = agent;
  resizes.observe(find(".screen"));
  find(".open").onclick = () => openFrame(agent);
  find(".chat").onclick = () => post("/chats", { agent, count: 1 }, `Sent a chat to ${agent}.`);
  find(".voice").onclick = () => post("/voice", { agent }, `Sent a voice call to ${agent}.`);
  for (const [selector, href] of Object.entries({ ".window": url, ".admin": adminUrl })) {
    const link = find(selector);
    // With a target, the link reuses the window that it opened before.
    Object.assign(link, { href, target: agent, onclick: () => closeFrame(agent) });
  }
  for (const element of card.querySelectorAll("button, a"))
    element.setAttribute("aria-label", `${element.textContent}: ${agent}`);
  cards.set(agent, card);
  list.append(card);
  return card;
}

function removeCard(agent) {
  closeFrame(agent);
  cards.get(agent).remove();
  cards.delete(agent);
}

function showCardState(card, { agent, isOpen }) {
  const hasFrame = frames.has(agent);
  card.classList.toggle("connected", isOpen);
  card.querySelector(".state").textContent = isOpen ? "open" : hasFrame ? "loading" : "not open";
  card.querySelector(".placeholder").hidden = hasFrame;
  card.querySelector(".elsewhere").hidden = !isOpen;
  card.querySelector(".open").hidden = isOpen;
}

function openFrame(agent) {
  const desktop = desktops.find((each) => each.agent === agent);
  const card = cards.get(agent);
  if (!desktop || !card || frames.has(agent)) return;
  const element = document.createElement("iframe");
  Object.assign(element, { src: desktop.url, title: `Desktop of ${agent}` });
  frames.set(agent, { element, version });
  card.querySelector(".screen").append(element);
  showCardState(card, desktop);
}

function closeFrame(agent) {
  frames.get(agent)?.element.remove();
  frames.delete(agent);
  const card = cards.get(agent);
  const desktop = desktops.find((each) => each.agent === agent);
  if (card && desktop) showCardState(card, desktop);
}

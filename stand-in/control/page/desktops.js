// The cards of the two desktops, with links that open them and buttons that send tasks or act on an open desktop.

import { post, showMessage } from "./api.js";

const ANSWER_WITHIN_MS = 700;
const channel = new BroadcastChannel("stand-in remote control");
const template = document.getElementById("desktop-template");
const container = document.getElementById("desktops");
const cards = new Map();

export function showDesktops(desktops) {
  if (cards.size > 0) return;
  for (const desktop of desktops) {
    const card = createCard(desktop);
    cards.set(desktop.agent, card);
    container.append(card);
  }
}

/** Shows the outcomes of each agent's limited calls. */
export function showTallies(entries) {
  for (const [agent, card] of cards) {
    const limited = entries.filter((entry) => entry.agent === agent && entry.limited);
    const tally = card.querySelector(".tally");
    if (limited.length === 0) tally.textContent = "No limited calls yet.";
    else tally.innerHTML = `Limited calls: <b>${limited.length}</b> · ${countOutcomes(limited)}`;
  }
}

function countOutcomes(entries) {
  const count = (kind) => entries.filter((entry) => entry.kind === kind).length;
  const parts = [`succeeded <b>${count("ok")}</b>`, `throttled <b>${count("throttled")}</b>`];
  if (count("other") > 0) parts.push(`other status <b>${count("other")}</b>`);
  if (count("open") > 0) parts.push(`no answer yet <b>${count("open")}</b>`);
  return parts.join(" · ");
}

function createCard({ agent, title, about, url, adminUrl }) {
  const card = template.content.firstElementChild.cloneNode(true);
  const find = (selector) => card.querySelector(selector);
  find("h2").textContent = title;
  find("h2").id = `desktop-${agent}`;
  card.setAttribute("aria-labelledby", `desktop-${agent}`);
  find(".agent").textContent = agent;
  find(".about").textContent = about;
  linkTo(find(".open"), url, agent);
  linkTo(find(".admin"), adminUrl, agent);
  for (const row of card.querySelectorAll(".action-row"))
    row.setAttribute("aria-label", row.querySelector(".row-label").textContent);
  for (const button of card.querySelectorAll("[data-chats]")) setUpChatButton(button, agent);
  find(".voice").onclick = () => post("/voice", { agent }, `Sent a voice call to ${agent}.`);
  find(".cancel").onclick = () => post("/cancel", { agent }, `Canceled all open tasks of ${agent}.`);
  for (const button of card.querySelectorAll("[data-command]"))
    button.onclick = () => sendCommand(agent, button.dataset.command);
  setUpAutoAccept(find(".auto-accept"), agent);
  return card;
}

/** With a target, the link reuses the window that it opened before. */
function linkTo(link, url, agent) {
  link.href = url;
  link.target = agent;
}

function setUpChatButton(button, agent) {
  const count = Number(button.dataset.chats);
  const chats = plural(count, "chat");
  button.setAttribute("aria-label", `Send ${chats}`);
  button.onclick = () =>
    post("/chats", { agent, count }, `Sent ${chats} to ${agent}. The agent has two minutes to accept.`);
}

/** remoteControl.js reads this in the desktop, which has the same origin. */
function setUpAutoAccept(checkbox, agent) {
  const key = `stand-in accepts ${agent}`;
  checkbox.checked = localStorage.getItem(key) === "yes";
  checkbox.onchange = () => localStorage.setItem(key, checkbox.checked ? "yes" : "no");
}

const answers = {
  accept: (count) => (count === 0 ? "There is no chat to accept." : `Accepting ${plural(count, "chat")} at once.`),
  finish: (count) => (count === 0 ? "There is no task to finish." : `Finishing ${plural(count, "task")} at once.`),
};

function sendCommand(agent, command) {
  const timer = setTimeout(() => {
    channel.removeEventListener("message", onAnswer);
    showMessage(`The desktop of ${agent} is not open in this browser, or it is still loading.`, true);
  }, ANSWER_WITHIN_MS);
  function onAnswer({ data }) {
    if (data.from !== agent || data.command !== command) return;
    clearTimeout(timer);
    channel.removeEventListener("message", onAnswer);
    showMessage(answers[command](data.count));
  }
  channel.addEventListener("message", onAnswer);
  channel.postMessage({ agent, command });
}

function plural(count, noun) {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

// The two desktops: links that open them, chats sent to them, and buttons that act at a desktop open in this browser.

import { post, say } from "./api.js";

const ANSWER_WITHIN_MS = 700;
const channel = new BroadcastChannel("stand-in remote control");
const template = document.getElementById("desktop-template");
const place = document.getElementById("desktops");
const cards = new Map();

export function showDesktops(desktops) {
  if (cards.size > 0) return;
  for (const desktop of desktops) {
    const card = createCard(desktop);
    cards.set(desktop.agent, card);
    place.append(card);
  }
}

/** What became of each agent's calls that count against a limit. */
export function showTallies(entries) {
  for (const [agent, card] of cards) {
    const own = entries.filter((entry) => entry.agent === agent && entry.limited);
    const tally = card.querySelector(".tally");
    if (own.length === 0) tally.textContent = "No calls that count against a limit yet.";
    else tally.innerHTML = `Calls that count: <b>${own.length}</b> · ${counted(own)}`;
  }
}

function counted(entries) {
  const count = (kind) => entries.filter((entry) => entry.kind === kind).length;
  const parts = [`answered <b>${count("ok")}</b>`, `refused <b>${count("refused")}</b>`];
  if (count("other") > 0) parts.push(`met another status <b>${count("other")}</b>`);
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
  labelRows(card);
  for (const button of card.querySelectorAll("[data-chats]")) {
    const count = Number(button.dataset.chats);
    button.setAttribute("aria-label", count === 1 ? "Send 1 chat" : `Send ${count} chats`);
    button.onclick = () =>
      post(
        "/chats",
        { agent, count },
        `Sent ${count === 1 ? "a chat" : `${count} chats`} to ${agent}. The agent has two minutes to accept.`,
      );
  }
  find(".voice").onclick = () => post("/voice", { agent }, `Sent a voice call to ${agent}.`);
  find(".cancel").onclick = () => post("/cancel", { agent }, `Canceled whatever was open for ${agent}.`);
  for (const button of card.querySelectorAll("[data-command]"))
    button.onclick = () => command(agent, button.dataset.command);
  setUpByItself(find(".by-itself"), agent);
  return card;
}

/** Opened again, the link comes back to the same window. */
function linkTo(link, url, agent) {
  link.href = url;
  link.target = agent;
}

function labelRows(card) {
  for (const row of card.querySelectorAll(".action-row"))
    row.setAttribute("aria-label", row.querySelector(".row-label").textContent);
}

/** Both pages have one origin, so what is stored here is read there. */
function setUpByItself(checkbox, agent) {
  const key = `stand-in accepts ${agent}`;
  checkbox.checked = localStorage.getItem(key) === "yes";
  checkbox.onchange = () => localStorage.setItem(key, checkbox.checked ? "yes" : "no");
}

const done = {
  accept: (count) =>
    count === 0 ? "There is no chat to accept." : `Accepting ${count === 1 ? "a chat" : `${count} chats`} at once.`,
  finish: (count) =>
    count === 0 ? "There is no task to finish." : `Finishing ${count === 1 ? "a task" : `${count} tasks`} at once.`,
};

function command(agent, name) {
  const unanswered = setTimeout(
    () => say(`The desktop of ${agent} is not open in this browser, or is still loading.`, true),
    ANSWER_WITHIN_MS,
  );
  const hear = ({ data }) => {
    if (data.from !== agent || data.command !== name) return;
    clearTimeout(unanswered);
    channel.removeEventListener("message", hear);
    say(done[name](data.count));
  };
  channel.addEventListener("message", hear);
  setTimeout(() => channel.removeEventListener("message", hear), ANSWER_WITHIN_MS);
  channel.postMessage({ agent, command: name });
}

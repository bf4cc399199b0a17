// A plot of the rolling count of calls over the last minute. Calls that got a 429 are on top: when the account refuses
// the first one, the others have reached the limit's line.

import { KINDS, rollingCounts, total } from "./rolling.js";

const SHOWN_MS = 60_000;
const left = 30;
const top = 12;
const bottom = 20;
const height = 190;

export class Plot {
  #svg = element("svg", { role: "img" });
  #container;

  constructor(container) {
    this.#container = container;
    container.append(this.#svg);
  }

  /** `limit`: calls per second, drawn as a line unless undefined. */
  draw(entries, elapsedMs, limit) {
    const width = this.#container.clientWidth || 600;
    const steps = rollingCounts(entries);
    const most = Math.max(4, limit ?? 0, ...steps.map(({ counts }) => total(counts)));
    const step = gridStep(most);
    const max = Math.ceil(most / step) * step;
    const y = (count) => top + (height - top - bottom) * (1 - count / max);
    const startMs = elapsedMs - SHOWN_MS;
    const x = (atMs) => left + (width - left) * Math.min(1, Math.max(0, (atMs - startMs) / SHOWN_MS));
    this.#svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    this.#svg.setAttribute("aria-label", describe(entries.filter(({ atMs }) => atMs > startMs)));
    this.#svg.replaceChildren(...grid(max, step, y, width), ...areas(steps, x, y), ...limitLine(limit, y, width));
  }
}

/** A round number that gives about five grid lines. */
function gridStep(max) {
  return [1, 2, 5, 10, 20, 50, 100, 200, 500].find((step) => max / step <= 5) ?? 1000;
}

function grid(max, step, y, width) {
  const parts = [];
  for (let count = 0; count <= max; count += step) {
    parts.push(element("line", { class: "grid", x1: left, x2: width, y1: y(count), y2: y(count) }));
    parts.push(label(count, { x: left - 6, y: y(count) + 4, "text-anchor": "end" }));
  }
  for (const ago of [60, 45, 30, 15])
    parts.push(label(`−${ago} s`, { x: left + ((width - left) * (60 - ago)) / 60, y: height - 4 }));
  parts.push(label("now", { x: width, y: height - 4, "text-anchor": "end" }));
  return parts;
}

/** One stacked area per kind, as steps. */
function areas(steps, x, y) {
  return KINDS.filter((kind) => steps.some(({ counts }) => counts[kind] > 0)).map((kind) => {
    const below = KINDS.slice(0, KINDS.indexOf(kind));
    const path = steps.map(({ atMs, counts }, index) => {
      const from = below.reduce((sum, each) => sum + counts[each], 0);
      const endMs = steps[index + 1]?.atMs ?? atMs;
      if (counts[kind] === 0 || x(endMs) === x(atMs)) return "";
      return `M${x(atMs)} ${y(from)}V${y(from + counts[kind])}H${x(endMs)}V${y(from)}Z`;
    });
    return element("path", { class: `area ${kind}`, d: path.join("") });
  });
}

function limitLine(limit, y, width) {
  if (limit === undefined) return [];
  return [
    element("line", { class: "limit", x1: left, x2: width, y1: y(limit), y2: y(limit) }),
    label(`limit: ${limit} per second`, { class: "limit-label", x: left + 6, y: y(limit) - 5 }),
  ];
}

function describe(entries) {
  const count = (wanted) => entries.filter(({ kind }) => kind === wanted).length;
  return `In the last 60 seconds ${count("ok")} calls succeeded, ${count("throttled")} were throttled with 429, and ${count("other")} got another status.`;
}

function label(text, attributes) {
  const made = element("text", attributes);
  made.textContent = text;
  return made;
}

function element(name, attributes) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

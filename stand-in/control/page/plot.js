// A plot of calls per second over the last minute. Succeeded calls are at the bottom, under the limit's line.

const SECONDS = 60;
const kinds = ["ok", "other", "open", "throttled"];
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
    const seconds = countBySecond(entries, Math.floor(elapsedMs / 1000));
    const most = Math.max(...seconds.map(({ total }) => total));
    const step = gridStep(Math.max(most, limit ?? 0, 4));
    const max = Math.ceil(Math.max(most, limit ?? 0, 4) / step) * step;
    const y = (count) => top + (height - top - bottom) * (1 - count / max);
    this.#svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    this.#svg.setAttribute("aria-label", describe(seconds));
    this.#svg.replaceChildren(...grid(max, step, y, width), ...bars(seconds, y, width), ...limitLine(limit, y, width));
  }
}

function countBySecond(entries, nowSecond) {
  const seconds = Array.from({ length: SECONDS }, () => ({ ok: 0, other: 0, open: 0, throttled: 0, total: 0 }));
  for (const { atMs, kind } of entries) {
    const second = seconds[SECONDS - 1 - (nowSecond - Math.floor(atMs / 1000))];
    if (!second) continue;
    second[kind] += 1;
    second.total += 1;
  }
  return seconds;
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
    parts.push(label(`−${ago} s`, { x: left + ((width - left) * (SECONDS - ago)) / SECONDS, y: height - 4 }));
  parts.push(label("now", { x: width, y: height - 4, "text-anchor": "end" }));
  return parts;
}

function bars(seconds, y, width) {
  const slot = (width - left) / SECONDS;
  return seconds.flatMap((second, index) => {
    let below = 0;
    return kinds
      .filter((kind) => second[kind] > 0)
      .map((kind) => {
        const from = below;
        below += second[kind];
        const box = {
          x: left + index * slot + 1,
          width: Math.max(1, slot - 2),
          y: y(below),
          height: y(from) - y(below),
        };
        return element("rect", { class: `bar ${kind}`, rx: 1, ...box });
      });
  });
}

function limitLine(limit, y, width) {
  if (limit === undefined) return [];
  return [
    element("line", { class: "limit", x1: left, x2: width, y1: y(limit), y2: y(limit) }),
    label(`limit: ${limit} per second`, { class: "limit-label", x: left + 6, y: y(limit) - 5 }),
  ];
}

function describe(seconds) {
  const sum = (kind) => seconds.reduce((total, second) => total + second[kind], 0);
  return `In the last 60 seconds ${sum("ok")} calls succeeded, ${sum("throttled")} were throttled with 429, and ${sum("other")} got another status.`;
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

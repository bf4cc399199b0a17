// The log of requests as the page shows it: counters, the plot, and the newest calls in a table.

import { Plot } from "./plot.js";

/** As many as the stand-in keeps, so that counters say the same on every page. */
const KEPT = 5000;
const SHOWN = 200;

const filter = document.getElementById("filter");
const counters = document.getElementById("counters");
const table = document.getElementById("log");
const empty = document.getElementById("log-empty");

export class Requests {
  #entries = new Map();
  #limits = new Map();
  #rows = new Map();
  #startMs = Date.now();
  #plot = new Plot(document.getElementById("plot"));
  #onChange;

  /** `onChange` hears of all the entries whenever one has changed. */
  constructor(onChange) {
    this.#onChange = onChange;
    filter.onchange = () => this.#showAll();
    setInterval(() => this.#draw(), 250);
  }

  /** When the log's clock stood at 0: the page and the stand-in share this machine's clock. */
  setClock(startedAtMs) {
    this.#startMs = startedAtMs;
  }

  setLimits(limits) {
    const rates = limits.filter(({ kind }) => kind === "rate");
    this.#limits = new Map(rates.map(({ id, value }) => [id, value]));
    if (filter.options.length > 0) return;
    filter.append(new Option("calls that count against a limit", "limited"), new Option("everything", "all"));
    for (const { id } of rates) filter.append(new Option(`${id} only`, id));
  }

  replace(entries) {
    this.#entries = new Map();
    for (const entry of entries) this.#keep(entry);
    this.#showAll();
  }

  add(entries) {
    for (const entry of entries) {
      const kept = this.#keep(entry);
      if (this.#isShown(kept)) this.#showRow(kept);
    }
    this.#showCounters();
  }

  #keep(entry) {
    const kept = { ...entry, kind: kindOf(entry.status), limited: this.#limits.has(entry.operation) };
    this.#entries.set(entry.seq, kept);
    if (this.#entries.size > KEPT) this.#entries.delete(this.#entries.keys().next().value);
    return kept;
  }

  #isShown(entry) {
    if (filter.value === "all") return true;
    return filter.value === "limited" ? entry.limited : entry.operation === filter.value;
  }

  #toJson() {
    return [...this.#entries.values()].filter((entry) => this.#isShown(entry));
  }

  #showAll() {
    this.#rows.clear();
    table.replaceChildren();
    for (const entry of this.#toJson().slice(-SHOWN)) this.#showRow(entry);
    this.#showCounters();
  }

  #showRow(entry) {
    const row = this.#rows.get(entry.seq);
    if (row) return fill(row, entry, this.#startMs);
    const added = table.insertRow(0);
    this.#rows.set(entry.seq, added);
    fill(added, entry, this.#startMs);
    while (table.rows.length > SHOWN) table.rows[SHOWN].remove();
    if (this.#rows.size > SHOWN) this.#rows.delete(this.#rows.keys().next().value);
    empty.hidden = true;
    return added;
  }

  #showCounters() {
    const shown = this.#toJson();
    const byStatus = new Map();
    for (const { status } of shown) byStatus.set(status, (byStatus.get(status) ?? 0) + 1);
    const statuses = [...byStatus.keys()].sort((one, other) => String(one).localeCompare(String(other)));
    counters.replaceChildren(...statuses.map((status) => counter(status, byStatus.get(status))));
    empty.hidden = shown.length > 0;
    this.#draw();
    this.#onChange([...this.#entries.values()]);
  }

  #draw() {
    const elapsedMs = Date.now() - this.#startMs;
    const recent = this.#toJson().filter(({ atMs }) => atMs > elapsedMs - 61_000);
    this.#plot.draw(recent, elapsedMs, this.#onlyLimit(recent));
  }

  /** The limit to draw as a line: there is one only while the plot shows calls of a single operation. */
  #onlyLimit(recent) {
    const operations = new Set(
      this.#limits.has(filter.value) ? [filter.value] : recent.map(({ operation }) => operation),
    );
    const [operation] = operations;
    return operations.size === 1 ? this.#limits.get(operation) : undefined;
  }
}

export function kindOf(status) {
  if (status === "pending" || status === "never") return "open";
  if (status === 429) return "refused";
  return status < 400 ? "ok" : "other";
}

const meanings = {
  200: "answered",
  201: "created",
  204: "done",
  409: "exists already",
  429: "refused",
  pending: "waiting",
  never: "never answered",
};

function counter(status, count) {
  const box = document.createElement("div");
  box.className = `counter ${kindOf(status)}`;
  const term = document.createElement("dt");
  term.textContent = typeof status === "number" ? `${status} ${meanings[status] ?? ""}` : meanings[status];
  const value = document.createElement("dd");
  value.textContent = count;
  box.append(term, value);
  return box;
}

function fill(row, entry, startMs) {
  row.className = entry.kind;
  row.title = `${entry.method} ${entry.path}`;
  row.replaceChildren(
    cell("time", timeOf(startMs + entry.atMs)),
    cell("agent", entry.agent ?? "–"),
    cell("operation", entry.operation),
    statusCell(entry),
  );
}

function cell(name, text) {
  const made = document.createElement("td");
  made.className = name;
  made.textContent = text;
  return made;
}

function statusCell({ status, note }) {
  const made = cell("status", "");
  const bold = document.createElement("b");
  bold.textContent = status;
  made.append(bold);
  if (note) {
    const small = document.createElement("span");
    small.className = "note";
    small.textContent = note;
    made.append(small);
  }
  return made;
}

function timeOf(ms) {
  const date = new Date(ms);
  const two = (number) => String(number).padStart(2, "0");
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}.${String(date.getMilliseconds()).padStart(3, "0")}`;
}

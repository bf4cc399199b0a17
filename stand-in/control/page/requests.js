// The log of calls: counters, a plot, and a table of the newest calls.

import { Plot } from "./plot.js";

/** As many entries as the stand-in keeps, so that the counters of all open pages agree. */
const KEPT = 5000;
const SHOWN = 200;
/** A minute, and the second in which an earlier call still counts. */
const PLOTTED_MS = 61_000;

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

  constructor() {
    filter.onchange = () => this.#showAll();
    setInterval(() => this.#draw(), 250);
  }

  /** Sets the start of the log's clock. The page and the stand-in run on one machine, so their clocks agree. */
  setClock(startedAtMs) {
    this.#startMs = startedAtMs;
  }

  setLimits(limits) {
    const rates = limits.filter(({ kind }) => kind === "rate");
    this.#limits = new Map(rates.map(({ id, value }) => [id, value]));
    if (filter.options.length > 0) return;
    filter.append(new Option("limited calls", "limited"), new Option("all calls", "all"));
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
    if (row) return fillRow(row, entry, this.#startMs);
    const added = table.insertRow(0);
    this.#rows.set(entry.seq, added);
    fillRow(added, entry, this.#startMs);
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
    counters.replaceChildren(...statuses.map((status) => createCounter(status, byStatus.get(status))));
    empty.hidden = shown.length > 0;
    this.#draw();
  }

  #draw() {
    const elapsedMs = Date.now() - this.#startMs;
    const recent = this.#toJson().filter(({ atMs }) => atMs > elapsedMs - PLOTTED_MS);
    this.#plot.draw(recent, elapsedMs, this.#limitOfOnlyOperation(recent));
  }

  /** The limit to draw as a line, if the plot shows the calls of a single operation. */
  #limitOfOnlyOperation(recent) {
    const operations = new Set(
      this.#limits.has(filter.value) ? [filter.value] : recent.map(({ operation }) => operation),
    );
    const [operation] = operations;
    return operations.size === 1 ? this.#limits.get(operation) : undefined;
  }
}

export function kindOf(status) {
  if (status === "pending" || status === "never") return "open";
  if (status === 429) return "throttled";
  return status < 400 ? "ok" : "other";
}

const meanings = {
  200: "OK",
  201: "created",
  204: "no content",
  409: "already exists",
  429: "throttled",
  pending: "no answer yet",
  never: "never answered",
};

function createCounter(status, count) {
  const box = document.createElement("div");
  box.className = `counter ${kindOf(status)}`;
  const term = document.createElement("dt");
  term.textContent = typeof status === "number" ? `${status} ${meanings[status] ?? ""}` : meanings[status];
  const value = document.createElement("dd");
  value.textContent = count;
  box.append(term, value);
  return box;
}

function fillRow(row, entry, startMs) {
  row.className = entry.kind;
  row.title = `${entry.method} ${entry.path}`;
  row.replaceChildren(
    cell("time", formatTime(startMs + entry.atMs)),
    cell("agent", entry.agent ?? "–"),
    cell("operation", entry.operation),
    statusCell(entry),
  );
}

function cell(name, text) {
  const element = document.createElement("td");
  element.className = name;
  element.textContent = text;
  return element;
}

function statusCell({ status, note }) {
  const element = cell("status", "");
  const bold = document.createElement("b");
  bold.textContent = status;
  element.append(bold);
  if (note) {
    const small = document.createElement("span");
    small.className = "note";
    small.textContent = note;
    element.append(small);
  }
  return element;
}

function formatTime(ms) {
  const date = new Date(ms);
  const two = (number) => String(number).padStart(2, "0");
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}.${String(date.getMilliseconds()).padStart(3, "0")}`;
}

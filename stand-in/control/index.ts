// The control page at /control: its files, its JSON API and its live feed.

import { readFileSync } from "fs";
import { join } from "path";

import type { StandIn } from "..";
import { ApiError } from "../account";
import { limits } from "../gate";
import { sendError, sendJson, sendText, type Exchange } from "../http";
import { endpoints, type Control } from "./api";
import { readBudget } from "./budget";
import { Feed } from "./feed";
import { parseFields } from "./fields";
import { operationGroups } from "./operations";
import { Runs } from "./runs";
import { DEFAULT_SETUP, listDesktops, type Setup } from "./setup";

export { listDesktops, MAX_AGENTS, remoteControlPlugin } from "./setup";

const apiPath = "/control/api";

/** By path. */
const files: Readonly<Record<string, { name: string; type: string }>> = {
  "/control": { name: "index.html", type: "text/html" },
  ...filesOfType("text/css", ".css", ["style", "story", "desktops", "requests", "settings"]),
  ...filesOfType("text/javascript", ".js", [
    "main",
    "api",
    "setup",
    "story",
    "runs",
    "desktops",
    "remote",
    "requests",
    "plot",
    "settings",
    "faults",
    "rolling",
    "sync",
    "words",
  ]),
};

function filesOfType(type: string, extension: string, names: readonly string[]): typeof files {
  return Object.fromEntries(names.map((name) => [`/control/${name}${extension}`, { name: name + extension, type }]));
}

const feedPath = "/control/live";

/**
 * Adds the control page to a running stand-in.
 * @param setup what the page shows at first, where it differs from the default.
 * @returns the page's URL.
 */
export function serveControl(standIn: StandIn, setup: Partial<Setup> = {}): string {
  const control: Control = {
    standIn,
    setup: { ...DEFAULT_SETUP, ...setup },
    runs: new Runs(standIn),
    initialAttributes: structuredClone(standIn.configuration.ui_attributes as object),
  };
  const feed = new Feed(standIn.gate, () => readLive(control));
  standIn.serve(async (exchange) => {
    if (exchange.host !== undefined) return false;
    if (exchange.path.startsWith(`${apiPath}/`)) return answerApi(control, feed, exchange);
    return exchange.method === "GET" && (answerFile(exchange) || redirectToPage(exchange));
  });
  standIn.serveSocket(feedPath, (page) => feed.connect(page));
  return `${standIn.url}/control`;
}

function answerFile(exchange: Exchange): boolean {
  const file = files[exchange.path];
  return file !== undefined && sendText(exchange, file.type, readFileSync(join(__dirname, "page", file.name)));
}

/** Redirects the stand-in's root to the control page. */
function redirectToPage({ path, response }: Exchange): boolean {
  if (path !== "/" && path !== "/control/") return false;
  response.writeHead(302, { Location: "/control" }).end();
  return true;
}

async function answerApi(control: Control, feed: Feed, exchange: Exchange): Promise<true> {
  const name = `${exchange.method} ${exchange.path.slice(apiPath.length)}`;
  if (name === "GET /state") return sendJson(exchange, 200, readState(control));
  if (name === "GET /log") return sendJson(exchange, 200, control.standIn.gate.log);
  const endpoint = endpoints[name];
  if (!endpoint) return sendError(exchange, 404, 404, `Unknown endpoint ${name}`);
  assertJsonType(exchange);
  const answer = endpoint(control, parseFields(await exchange.body()));
  feed.sendChanged();
  return sendJson(exchange, 200, answer);
}

/** A page of another origin can send JSON only after a preflight request, which the control page's API does not answer. */
function assertJsonType({ request: { headers } }: Exchange): void {
  if (!/^application\/json\b/i.test(headers["content-type"] ?? ""))
    throw new ApiError(415, 415, "Expected the Content-Type application/json");
}

/** What changes while a run goes on. */
function readLive({ standIn, setup, runs }: Control): object {
  return { desktops: listDesktops(standIn, setup), run: runs.currentSummary };
}

function readState(control: Control): object {
  const { standIn, setup, runs } = control;
  const { gate, rest, sync, configuration, chat429Location } = standIn;
  return {
    ...readLive(control),
    setup: { ...setup, budget: readBudget(standIn) },
    runs: runs.list(),
    limits: limits.map((limit) => ({ ...limit, value: gate.limit(limit.id) })),
    counting: gate.counting,
    retryAfter: { sent: gate.sendsRetryAfter, readable: rest.exposesRetryAfter },
    chat429Location: chat429Location,
    sync: { ...sync.settings, planned: sync.planned },
    operationGroups,
    faults: gate.plannedFaults,
    uiAttributes: configuration.ui_attributes,
    /** The start of the log's clock. */
    startedAtMs: Date.now() - gate.elapsedMs,
    logged: gate.log.length,
  };
}

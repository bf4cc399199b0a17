// The control page at /control, for a person who tries the product: its files, its JSON API and its live feed.

import { readFileSync } from "fs";
import { join } from "path";

import type { StandIn } from "..";
import { ApiError } from "../account";
import { limits } from "../gate";
import { sendError, sendJson, sendText, type Exchange } from "../http";
import { calls } from "./api";
import { listDesktops } from "./desktops";
import { Feed } from "./feed";
import { parseFields } from "./fields";

export { remoteControlPlugin } from "./desktops";

const apiPath = "/control/api";

const files: Readonly<Record<string, { name: string; type: string }>> = {
  "/control": { name: "index.html", type: "text/html" },
  "/control/style.css": { name: "style.css", type: "text/css" },
  ...Object.fromEntries(
    ["main", "api", "desktops", "requests", "plot", "settings", "faults"].map((module) => [
      `/control/${module}.js`,
      { name: `${module}.js`, type: "text/javascript" },
    ]),
  ),
};

const feedPath = "/control/live";

/** Serves the control page of a stand-in on the stand-in's own port, and tells its address. */
export function serveControl(standIn: StandIn): string {
  const feed = new Feed(standIn.gate);
  standIn.serve(async (exchange) => {
    if (exchange.host !== undefined) return false;
    if (exchange.path.startsWith(`${apiPath}/`)) return answerApi(standIn, feed, exchange);
    return exchange.method === "GET" && (answerFile(exchange) || leadThere(exchange));
  });
  standIn.serveSocket(feedPath, (page) => feed.connect(page));
  return `${standIn.url}/control`;
}

function answerFile(exchange: Exchange): boolean {
  const file = files[exchange.path];
  return file !== undefined && sendText(exchange, file.type, readFileSync(join(__dirname, "page", file.name)));
}

/** The bare address of the stand-in leads to the control page. */
function leadThere({ path, response }: Exchange): boolean {
  if (path !== "/" && path !== "/control/") return false;
  response.writeHead(302, { Location: "/control" }).end();
  return true;
}

async function answerApi(standIn: StandIn, feed: Feed, exchange: Exchange): Promise<true> {
  const name = `${exchange.method} ${exchange.path.slice(apiPath.length)}`;
  if (name === "GET /state") return sendJson(exchange, 200, stateOf(standIn));
  if (name === "GET /log") return sendJson(exchange, 200, standIn.gate.log);
  const call = calls[name];
  if (!call) return sendError(exchange, 404, 404, `There is no ${name} here`);
  try {
    const answer = call(standIn, parseFields(await exchange.body()));
    feed.tellChanged();
    return sendJson(exchange, 200, answer);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return sendError(exchange, error.status, error.code, error.message);
  }
}

function stateOf(standIn: StandIn): object {
  const { gate, rest, configuration, chat429Location } = standIn;
  return {
    desktops: listDesktops(standIn),
    limits: limits.map((limit) => ({ ...limit, value: gate.limit(limit.id) })),
    counting: gate.counting,
    retryAfter: { told: gate.sendsRetryAfter, readable: rest.exposesRetryAfter },
    chatRefusal: chat429Location,
    faults: gate.plannedFaults,
    uiAttributes: configuration.ui_attributes,
    /** When the log's clock stood at 0. */
    startedAtMs: Date.now() - gate.elapsedMs,
    logged: gate.log.length,
  };
}

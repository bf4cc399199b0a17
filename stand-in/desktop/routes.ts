// Serves agents' desktops: the page, redirect.js, and React and Flex from the installed packages.

import { readFileSync } from "fs";
import { dirname, join } from "path";

import type { Account } from "../account";
import { flexFolder } from "../flex/flexPackage";
import { sendText, type Exchange, type Handler } from "../http";
import { readDesktopPath } from "./address";
import { desktopPage, type FlexBundle } from "./page";

export type ReactBuild = "production" | "development";

const FLEX_FILES: Record<FlexBundle, string> = {
  unbundled: "bundle/twilio-flex.unbundled-react.browser.js",
  bundled: "bundle/twilio-flex.prod.browser.js",
};

export function desktopRoutes(account: Account, react: ReactBuild, bundle: FlexBundle): Handler {
  const scripts: Record<string, string> = {
    "/desktop/redirect.js": join(__dirname, "redirect.js"),
    "/desktop/react.js": packageFile("react", `umd/react.${reactSuffix(react)}`),
    "/desktop/react-dom.js": packageFile("react-dom", `umd/react-dom.${reactSuffix(react)}`),
    "/desktop/flex.js": join(flexFolder(), FLEX_FILES[bundle]),
  };
  return (exchange) => {
    if (exchange.host !== undefined || exchange.method !== "GET") return false;
    const script = scripts[exchange.path];
    if (script) return answerScript(exchange, script);
    const address = readDesktopPath(exchange.path);
    if (!address) return false;
    return sendText(exchange, "text/html", desktopPage(account, address, bundle));
  };
}

function reactSuffix(build: ReactBuild): string {
  return build === "production" ? "production.min.js" : "development.js";
}

function packageFile(packageName: string, file: string): string {
  return join(dirname(require.resolve(`${packageName}/package.json`)), file);
}

/** Flex's bundle is large: with an ETag, the browser downloads it again only after a change. */
function answerScript({ request, response }: Exchange, file: string): true {
  const content = readCached(file);
  const headers = { ETag: content.tag, "Cache-Control": "no-cache" };
  if (request.headers["if-none-match"] === content.tag) {
    response.writeHead(304, headers).end();
    return true;
  }
  response.writeHead(200, {
    ...headers,
    "Content-Type": "text/javascript; charset=utf-8",
    "Content-Length": content.text.length,
  });
  response.end(content.text);
  return true;
}

const files = new Map<string, { text: Buffer; tag: string }>();

function readCached(file: string): { text: Buffer; tag: string } {
  const known = files.get(file);
  if (known) return known;
  const text = readFileSync(file);
  const content = { text, tag: `"${text.length}-${process.pid}"` };
  files.set(file, content);
  return content;
}

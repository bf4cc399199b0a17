// The HTML page of an agent's desktop: the real Flex UI, logged in as the agent and connected to the stand-in.

import type { Account } from "../account";
import { issueToken } from "../flex/tokens";
import type { DesktopAddress } from "./address";

/** "unbundled" uses the page's React 16.13.1, "bundled" contains React 16.5.2. Accounts on Flex 1.x can choose. */
export type FlexBundle = "unbundled" | "bundled";

const REACT = `<script src="/desktop/react.js"></script>
<script src="/desktop/react-dom.js"></script>
`;

export function desktopPage(account: Account, address: DesktopAddress, bundle: FlexBundle): string {
  const session = issueToken(account, address.name, address.roles ?? ["agent"]);
  return `<!doctype html>
<html lang="${escapeHtml(address.language ?? "en")}">
<head>
<meta charset="utf-8">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Flex: ${escapeHtml(address.name)}</title>
<link rel="icon" href="data:,">
<style>html, body, #container { height: 100%; margin: 0; overflow: hidden } #container { display: flex }</style>
<script src="/desktop/redirect.js" data-agent="${escapeHtml(address.name)}"></script>
<script>
localStorage.setItem("TWILIO_FLEX_SSO", ${toScriptLiteral(JSON.stringify(session))});
window.appConfig = ${toScriptLiteral(appConfig(account, address))};
</script>
${bundle === "unbundled" ? REACT : ""}<script src="/desktop/flex.js"></script>
</head>
<body>
<div id="container"></div>
<script>
Twilio.Flex.runDefault(window.appConfig, "#container");
</script>
</body>
</html>
`;
}

function appConfig(account: Account, address: DesktopAddress): object {
  const plugins = address.plugins ? `?only=${address.plugins.map(encodeURIComponent).join(",")}` : "";
  const defaults = {
    sso: { accountSid: account.sid },
    pluginService: { enabled: true, url: `https://flex.twilio.com/plugins${plugins}` },
    router: { type: "browser", history: { basename: address.base } },
    // The stand-in has no audio, so Flex must not ask for a microphone.
    disableBrowserVoice: true,
    initialDeviceCheck: false,
    logLevel: "error",
    ...(address.language ? { language: address.language } : {}),
  };
  return { ...defaults, ...address.appConfig };
}

/** The value as an expression that is safe inside <script>. */
function toScriptLiteral(value: unknown): string {
  return JSON.stringify(value).replace(/</g, "\\u003c");
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}

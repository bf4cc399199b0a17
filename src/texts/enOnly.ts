/** The texts that exist in English only, because the bundle has no room for their translations. docs/admins.md lists them. */

import { settingTexts } from "./settingTexts";

export const EN_ONLY = {
  FlexThrottleViewNote:
    "These numbers cover this browser since the page was loaded. Those under “History” and “Observed” also cover earlier page loads. Each agent's browser has its own.",
  FlexThrottleViewModeEnforce:
    "Mode “enforce”: calls over the limit are queued, and calls that get a 429 from Twilio are retried.",
  FlexThrottleViewModeObserve: "Mode “observe”: no call is delayed. The plugin measures which calls would have waited.",
  FlexThrottleViewModeOff: "Mode “off”: calls are neither delayed nor measured.",
  FlexThrottleViewDisabled:
    "The plugin disabled itself after repeated errors. Reload this page to enable it. The browser's console shows the errors.",
  FlexThrottleViewExportNote: "Everything on this page and the last 1,000 decisions, without customer data.",
  FlexThrottleViewCopy: "Copy JSON",
  FlexThrottleViewDownload: "Download JSON",
  FlexThrottleViewDownloadLimits: "Download limits (CSV)",
  FlexThrottleViewDownloadEvents: "Download decisions (CSV)",
  FlexThrottleViewDownloadHistory: "Download history (CSV)",
  FlexThrottleViewPlot: "Up to {{peak}} per second, {{now}} now",
  FlexThrottleViewPlotValue: "{{time}}: up to {{peak}}/s of {{rate}}/s; 429s: {{throttled}}",
  FlexThrottleViewPlotPaused: "cooling down",
  FlexThrottleViewCoolingFor: "{{time}} ({{seconds}} s)",
  FlexThrottleViewSeconds: "{{seconds}} s",
  FlexThrottleViewLegend:
    "Bars: the most calls sent in one second. Dashed line: configured rate. Red line: adaptive rate, after a 429. Red marks: 429s. Shaded: cooling down. Times and numbers: point at a plot, or enlarge it and use the arrow keys.",
  "FlexThrottleViewBudget.off":
    "Off: this browser keeps to the limits on its own. When all browsers together exceed a limit, Twilio answers 429. The tab “Settings” has the switch.",
  "FlexThrottleViewBudget.live": "Live since {{time}}: the browsers of all agents share the limits over Twilio Sync.",
  "FlexThrottleViewBudget.unused":
    "On: this browser connects to Twilio Sync when a chat is offered to its agent, or when it first uses a limit.",
  "FlexThrottleViewBudget.degraded":
    "Degraded since {{time}}: this browser keeps to the limits on its own until Twilio Sync can be used again. It retries by itself.",
  "FlexThrottleViewBudgetProblem.disconnected":
    "There is no connection to Twilio Sync. If Flex works otherwise, check whether a proxy or firewall blocks wss://tsock.us1.twilio.com.",
  "FlexThrottleViewBudgetProblem.slow":
    "Twilio Sync did not answer within 2 seconds. Check this computer's network, and status.twilio.com.",
  "FlexThrottleViewBudgetProblem.tooManyWrites":
    "Twilio Sync rejected writes as too many (error 54009). After a burst this passes by itself. If it happens daily, more agents start calls at once than one budget can serve.",
  "FlexThrottleViewBudgetProblem.forbidden":
    "Access control of the Sync service forbids it (error 54007). Set ACLEnabled of the account's default Sync service to false, or grant the identity of each agent “read” and “write” on the lists whose names start with “flex-throttle.”.",
  "FlexThrottleViewBudgetProblem.tokenRejected":
    "Twilio Sync rejected this agent's token. The next token that Flex gets is tried. If this lasts, sign out and in again.",
  "FlexThrottleViewBudgetProblem.failed":
    "An error that has no other name; the browser's console shows it. For support, copy the JSON below.",
  FlexThrottleViewBudgetLegend:
    "All browsers that share the budget, last {{minutes}} min, as far as this browser knows. Limits that this browser has not used are not listed.",
  FlexThrottleViewBudgetPacedBy: "Paced by",
  FlexThrottleViewBudgetByAccount: "Account",
  FlexThrottleViewBudgetByBrowser: "This browser",
  FlexThrottleViewFlowsListed: "{{count}} of at most {{max}} when the list was last read, at {{time}}.",
  FlexThrottleViewFlowsSeen:
    "At least {{count}} of at most {{max}}. The full list has not been read since this page was loaded.",
  FlexThrottleViewFlowsUnknown: "Not known yet; at most {{max}}. They are counted when this browser reads their list.",
  FlexThrottleViewHistoryLegend: "The last 14 days in this browser. Times are local.",
  FlexThrottleViewHistoryValue: "{{time}}: {{starts}} starts; 429s: {{throttled}}; dropped: {{dropped}}",
  FlexThrottleViewHistoryEmpty: "No calls in the last 14 days.",
  FlexThrottleViewEventsShown: "The latest {{shown}} of {{count}}. The downloads contain all.",
  FlexThrottleViewOneCall: "Only call {{number}}",
  FlexThrottleViewObserved: "Observed",
  FlexThrottleViewObservedSince:
    "Since {{time}}; measured for {{hours}} h {{minutes}} min while Flex was open in mode “observe”.",
  FlexThrottleViewObservedNothing: "No calls yet.",
  FlexThrottleViewRequests: "Calls",
  FlexThrottleViewPeak: "Peak per second",
  FlexThrottleViewWouldWait: "Would have waited",
  FlexThrottleViewWait95: "95th percentile wait",
  FlexThrottleViewLongestQueue: "Longest queue",
  FlexThrottleViewThrottledWithin: "429s within the limit",
  FlexThrottleViewSuggested: "Recommendations",
  FlexThrottleSuggestEnforce: "Set the mode to “enforce”. Calls that would have waited: {{wouldWait}}.",
  FlexThrottleSuggestEnforceThrottled: "429s that would have been retried: {{throttled}}.",
  FlexThrottleSuggestMore:
    "{{limit}}: {{perSecond}} calls passed in one second without a 429; {{configured}} are configured. If Twilio has raised this limit for your account, configure the new rate.",
  FlexThrottleSuggestOthers:
    "{{limit}}: 429s although this browser kept the limit: {{throttled}}. Other clients use this limit too. The plugin adapts its rate; nothing needs to be set.",
  FlexThrottleSuggestWait:
    "The longest wait would have been {{seconds}} s. Set the maximum wait to {{maxWaitSeconds}} s so that calls do not expire first.",
  FlexThrottleSuggestQueue:
    "Up to {{longest}} calls would have been queued at once. Set the maximum queue length to {{maxLength}} so that none is rejected.",
  FlexThrottleFormAsJson: "JSON",
  FlexThrottleFormJsonHelp: 'The value of flexThrottle. Comments are allowed, and so is {"flexThrottle": …} around it.',
  FlexThrottleFormNotJson: "Invalid JSON at line {{line}}, column {{column}}; expected {{expected}}.",
  "FlexThrottleFormJson.value": "a text in double quotes, a number, true, false, null, { or [",
  "FlexThrottleFormJson.name": "a name in double quotes",
  "FlexThrottleFormJson.:": "a colon",
  "FlexThrottleFormJson.}": "a comma or }",
  "FlexThrottleFormJson.]": "a comma or ]",
  "FlexThrottleFormJson.end": "nothing more",
  FlexThrottleFormOfLimit: "{{limit}}: {{setting}}",
  FlexThrottleFormNumbered: "{{name}} {{number}}",
  FlexThrottleFormCommandHelp:
    "Run it where the download is. Replace {{path}} with the plugin's source folder. Set {{account}} and {{token}} in the environment, or sign in with the Twilio CLI. It shows the changes and asks before it writes.",
  FlexThrottleFormOverruled:
    "Some live settings come from this page's appConfig or from a plugin. The command does not change them.",
  ...settingTexts("description"),
} as const;

/** The texts for admins and supervisors in English. */

import { SettingDescription, SETTING_DESCRIPTIONS, SettingPattern } from "../settings/descriptions";

/** Titles and descriptions of settings, such as `FlexThrottleSetting.limits.*.burst.title`. */
type DescriptionTexts = {
  readonly [Key in SettingPattern as `FlexThrottleSetting.${Key}.${keyof SettingDescription}`]: string;
};
const descriptionTexts = Object.fromEntries(
  Object.entries(SETTING_DESCRIPTIONS).flatMap(([pattern, description]) =>
    Object.entries(description).map(([part, text]) => [`FlexThrottleSetting.${pattern}.${part}`, text]),
  ),
) as DescriptionTexts;

export const EN_ADMIN = {
  // The limits view for admins and supervisors
  FlexThrottleViewTitle: "Limits",
  FlexThrottleViewNote:
    "These numbers cover this browser since the page was loaded. Those under “History” and “Observed” also cover earlier page loads. Each agent's browser has its own.",
  FlexThrottleViewModeEnforce:
    "Mode “enforce”: calls over the limit are queued, and calls that get a 429 from Twilio are retried.",
  FlexThrottleViewModeObserve: "Mode “observe”: no call is delayed. The plugin measures which calls would have waited.",
  FlexThrottleViewModeOff: "Mode “off”: calls are neither delayed nor measured.",
  FlexThrottleViewDisabled:
    "The plugin disabled itself after repeated errors. Reload this page to enable it. The browser's console shows the errors.",
  FlexThrottleViewExport: "For support",
  FlexThrottleViewExportNote: "Everything on this page and the last 1,000 decisions, without customer data.",
  FlexThrottleViewCopy: "Copy JSON",
  FlexThrottleViewCopied: "Copied.",
  FlexThrottleViewCopyFailed: "The browser did not allow this page to copy.",
  FlexThrottleViewDownload: "Download JSON",
  FlexThrottleViewDownloadLimits: "Download limits (CSV)",
  FlexThrottleViewDownloadEvents: "Download decisions (CSV)",
  FlexThrottleViewDownloadHistory: "Download history (CSV)",
  FlexThrottleViewSettings: "Settings",
  FlexThrottleViewNoProblems: "All settings are valid.",
  FlexThrottleViewRates: "Calls per second",
  FlexThrottleViewLimit: "Limit",
  FlexThrottleViewUse: "Last 5 minutes",
  FlexThrottleViewPlot: "Up to {{peak}} per second, {{now}} now",
  FlexThrottleViewConfigured: "Configured",
  FlexThrottleViewAdaptiveRate: "Adaptive rate",
  FlexThrottleViewWaiting: "Queued now",
  FlexThrottleViewLongestWait: "Longest wait",
  FlexThrottleViewThrottled: "429s in the last hour",
  FlexThrottleViewCooling: "Cooling down until",
  FlexThrottleViewCoolingFor: "{{time}} ({{seconds}} s)",
  FlexThrottleViewSeconds: "{{seconds}} s",
  FlexThrottleViewUnused: "Not used yet",
  FlexThrottleViewShowAll: "Show all {{count}} limits",
  FlexThrottleViewShowUsed: "Show only used limits",
  FlexThrottleViewLegend:
    "Bars: the most calls sent in one second. Dashed line: configured rate. Red line: adaptive rate, after a 429.",
  FlexThrottleViewTwilioPage: "Twilio's page about these limits",
  FlexThrottleViewBudget: "Account budget",
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
  FlexThrottleViewBudgetStarts: "Starts",
  FlexThrottleViewBudgetWaiting: "Waiting",
  FlexThrottleViewBudgetAgents: "Agents",
  FlexThrottleViewFlowsListed: "{{count}} of at most {{max}} when the list was last read, at {{time}}.",
  FlexThrottleViewFlowsSeen:
    "At least {{count}} of at most {{max}}. The full list has not been read since this page was loaded.",
  FlexThrottleViewFlowsUnknown: "Not known yet; at most {{max}}. They are counted when this browser reads their list.",
  FlexThrottleViewHistory: "History",
  FlexThrottleViewHistoryLegend: "The last 14 days in this browser. Times are local.",
  FlexThrottleViewHistoryEmpty: "No calls in the last 14 days.",
  FlexThrottleViewByDay: "By day",
  FlexThrottleViewByHour: "By hour",
  FlexThrottleViewWaitTotal: "Total wait",
  FlexThrottleViewDropped: "Dropped",
  FlexThrottleViewEvents: "Latest decisions",
  FlexThrottleViewEventsAll: "All",
  FlexThrottleViewEventsProblems: "Problems only",
  FlexThrottleViewEventsNone: "None yet.",
  FlexThrottleViewEventsShown: "The latest {{shown}} of {{count}}. The downloads contain all.",
  FlexThrottleViewTime: "Time",
  FlexThrottleViewNumber: "No.",
  FlexThrottleViewOneCall: "Only call {{number}}",
  FlexThrottleViewRequest: "Call",
  FlexThrottleViewLimits: "Limits it spends",
  FlexThrottleViewOutcome: "Outcome",
  FlexThrottleViewWaited: "Waited",
  FlexThrottleViewAttempt: "Attempt",
  FlexThrottleViewReason: "Reason",
  FlexThrottleOutcomeSent: "Sent",
  FlexThrottleOutcomeRetried: "429, retried",
  FlexThrottleOutcomeThrottled: "429, passed to the caller",
  FlexThrottleOutcomeDropped: "Not sent",
  FlexThrottleOutcomeAborted: "No longer needed",
  FlexThrottleOutcomeDeferred: "Deferred",
  FlexThrottleOutcomeDeferredDone: "Deferred, then ran",
  FlexThrottleOutcomeDeferredFailed: "Deferred, then failed",
  FlexThrottleOutcomeDeferredLost: "Deferred, lost on reload",
  FlexThrottleOutcomeSettings: "Settings read",
  FlexThrottleReasonRejected: "Over the limit",
  FlexThrottleReasonQueueFull: "The queue was full",
  FlexThrottleReasonTimeout: "Waited too long",
  FlexThrottleReasonCapacity: "No more Flex Flows allowed",
  FlexThrottleReasonCanceled: "Canceled",
  FlexThrottleViewObserved: "Observed",
  FlexThrottleViewObservedSince:
    "Since {{time}}; measured for {{hours}} h {{minutes}} min while Flex was open in mode “observe”.",
  FlexThrottleViewObservedNothing: "No calls yet.",
  FlexThrottleViewRequests: "Calls",
  FlexThrottleViewPeak: "Peak per second",
  FlexThrottleViewWouldWait: "Would have waited",
  FlexThrottleViewWait95: "95th percentile wait",
  FlexThrottleViewLongestQueue: "Longest queue",
  FlexThrottleViewThrottledAll: "429s",
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
  FlexThrottleViewPaste: "All settings with these recommendations, for ui_attributes of the Flex configuration",
  FlexThrottleViewCopySettings: "Copy these settings",
  FlexThrottleViewStartOver: "Start over",
  FlexThrottleViewStartOverAsk: "Discard all measurements?",
  FlexThrottleViewStartOverYes: "Discard",
  FlexThrottleViewStartOverNo: "Keep",

  // The settings form
  ...descriptionTexts,
  FlexThrottleFormTitle: "Settings",
  FlexThrottleFormIntro:
    "The form starts with the live settings. Nothing changes until an admin runs the command below.",
  FlexThrottleFormAsForm: "Form",
  FlexThrottleFormAsJson: "JSON",
  FlexThrottleFormJsonHelp: 'The value of flexThrottle. Comments are allowed, and so is {"flexThrottle": …} around it.',
  FlexThrottleFormNotJson: "Invalid JSON at line {{line}}, column {{column}}; expected {{expected}}.",
  "FlexThrottleFormJson.value": "a text in double quotes, a number, true, false, null, { or [",
  "FlexThrottleFormJson.name": "a name in double quotes",
  "FlexThrottleFormJson.:": "a colon",
  "FlexThrottleFormJson.}": "a comma or }",
  "FlexThrottleFormJson.]": "a comma or ]",
  "FlexThrottleFormJson.end": "nothing more",
  FlexThrottleFormProblems: { one: "{{count}} invalid entry", other: "{{count}} invalid entries" },
  FlexThrottleFormNoProblems: "All entries are valid",
  FlexThrottleFormIncomplete: "The new entry is not complete",
  FlexThrottleFormInvalid: "Invalid entries",
  FlexThrottleFormShow: "Show in the form",
  FlexThrottleFormExpected: "This is {{found}}; expected {{expected}}.",
  FlexThrottleFormNoLimit: "Select at least one limit.",
  FlexThrottleFormUnknownLimit: "{{found}} is not a limit. Clear its checkbox.",
  FlexThrottleFormChanges: {
    one: "{{count}} change to the live settings",
    other: "{{count}} changes to the live settings",
  },
  FlexThrottleFormNoChanges: "No changes to the live settings",
  FlexThrottleFormLiveChanged:
    "The live settings have changed. Your entries are kept and are now compared with the new live settings.",
  FlexThrottleFormRestored: "Your entries from before the reload are restored. They are not live yet.",
  FlexThrottleFormStartAgain: "Reset to the live settings",
  FlexThrottleFormStartAgainAsk: "Discard all your entries?",
  FlexThrottleFormKeep: "Keep my entries",
  FlexThrottleFormDefault: "Default: {{value}}",
  FlexThrottleFormAsOthers: "Same as for all calls: {{value}}",
  FlexThrottleFormReset: "Reset to default: {{value}}",
  FlexThrottleFormAdvanced: "Advanced",
  FlexThrottleFormChoose: "Choose…",
  FlexThrottleFormOfLimit: "{{limit}}: {{setting}}",
  FlexThrottleFormNumbered: "{{name}} {{number}}",
  FlexThrottleFormAddAction: "Add a Flex Action",
  FlexThrottleFormAddRoute: "Add an HTTP call",
  FlexThrottleFormNameTaken: "This name is already in use.",
  FlexThrottleFormRemove: "Remove",
  FlexThrottleFormRemoveNamed: "Remove {{name}}",
  FlexThrottleFormDifference: "Changes to the live settings",
  FlexThrottleFormSetting: "Setting",
  FlexThrottleFormLive: "Live",
  FlexThrottleFormNew: "New",
  FlexThrottleFormNotWritten: "not set",
  FlexThrottleFormJson: "JSON to apply",
  FlexThrottleFormCommand: "Command to run",
  FlexThrottleFormCommandHelp:
    "Run it where the download is. Replace {{path}} with the plugin's source folder. Set {{account}} and {{token}} in the environment, or sign in with the Twilio CLI. It shows the changes and asks before it writes.",
  FlexThrottleFormOverruled:
    "Some live settings come from this page's appConfig or from a plugin. The command does not change them.",
  FlexThrottleFormFixFirst: "Complete or correct the entries first. The JSON and the command then appear here.",
  FlexThrottleFormCopyJson: "Copy JSON",
  FlexThrottleFormCopyCommand: "Copy command",
  FlexThrottleFormDownload: "Download {{file}}",
} as const;

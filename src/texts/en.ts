/** The texts in English. They define which keys exist and which of them have plural forms. */

import { SettingDescription, SETTING_DESCRIPTIONS, SettingPattern } from "../settings/descriptions";
import { MessageKey, MESSAGES } from "../settings/messages";

/** Parts of a problem's sentence, such as `FlexThrottleMessage.missing`. */
type MessageTexts = { readonly [Key in MessageKey as `FlexThrottleMessage.${Key}`]: string };
const messageTexts = Object.fromEntries(
  Object.entries(MESSAGES).map(([key, text]) => [`FlexThrottleMessage.${key}`, text]),
) as MessageTexts;

/** Titles and descriptions of settings, such as `FlexThrottleSetting.limits.*.burst.title`. */
type DescriptionTexts = {
  readonly [Key in SettingPattern as `FlexThrottleSetting.${Key}.${keyof SettingDescription}`]: string;
};
const descriptionTexts = Object.fromEntries(
  Object.entries(SETTING_DESCRIPTIONS).flatMap(([pattern, description]) =>
    Object.entries(description).map(([part, text]) => [`FlexThrottleSetting.${pattern}.${part}`, text]),
  ),
) as DescriptionTexts;

// Texts for agents say "request": to an agent, a "call" is a phone call.
export const EN = {
  ...messageTexts,

  // Banners
  FlexThrottleQueuedJoins: {
    one: "{{count}} chat is waiting to be joined",
    other: "{{count}} chats are waiting to be joined",
  },
  FlexThrottleWaiting: "Waiting: {{what}}",
  FlexThrottleChats: { one: "{{count}} chat", other: "{{count}} chats" },
  FlexThrottleRequests: { one: "{{count}} request", other: "{{count}} requests" },
  FlexThrottleLimited: "Twilio is limiting requests.",
  FlexThrottleLimitedAccount: "Twilio is limiting all requests. Cause: {{call}}.",
  FlexThrottleNextIn: "next in {{seconds}} s",
  FlexThrottleNextAndLastIn: "next in {{seconds}} s, last in about {{lastSeconds}} s",
  FlexThrottleRetryingIn: "Retrying in {{seconds}} s.",
  FlexThrottleRetryingAgain: "Attempt {{attempt}} in {{seconds}} s.",
  FlexThrottleRetryingNow: "Retrying now.",
  FlexThrottleNothingLost: "Nothing is lost.",
  FlexThrottleMayExpire: "{{count}} may not be sent in time.",
  FlexThrottleLongest: "Waiting longest: {{call}}, {{seconds}} s.",
  FlexThrottleKeepWorking: "You can keep working. Tell your supervisor if this goes on.",
  FlexThrottleExpiresIn: "Will be canceled in {{seconds}} s if not sent by then.",
  FlexThrottleRetryNow: "Retry now",
  FlexThrottleCanceledJoin: "You are not in the chat with {{customer}}.",
  FlexThrottleCanceledCall: "{{call}}: canceled, not sent. Do it again if you still need it.",
  FlexThrottleDroppedFull: "{{call}}: not sent because too many requests are waiting. Wait a moment, then try again.",
  FlexThrottleDroppedTimeout: "{{call}}: not sent because the wait was too long. Try again.",
  FlexThrottleDroppedReject: "{{call}}: not sent because the limit is reached. Try again in {{seconds}} s.",
  FlexThrottleDroppedAccept:
    "The chat with {{customer}} was not accepted because the limit is reached. Accept it again in {{seconds}} s.",
  FlexThrottleDroppedCapacity:
    "A Flex Flow was not created because the account has reached its maximum. Delete one first.",
  FlexThrottleDroppedByTwilio: "{{call}}: not sent because Twilio is limiting requests. Try again after {{time}}.",
  FlexThrottleDroppedTooLong:
    "{{call}}: not sent. Twilio asks to wait {{seconds}} s, longer than this request may wait ({{maxSeconds}} s). Try again after {{time}}.",
  FlexThrottleJoined: { one: "{{count}} chat is joined.", other: "All {{count}} chats are joined." },
  FlexThrottleResumed: {
    one: "After the reload, {{count}} chat is being joined.",
    other: "After the reload, {{count}} chats are being joined.",
  },
  FlexThrottleDeferredDone: "{{action}} has run.",
  FlexThrottleDeferredDoneMany: "{{count}} deferred Actions have run: {{actions}}.",
  FlexThrottleDeferredFailed: "{{action}} was deferred, then ran and failed. Try again.",
  FlexThrottleActionTimeout: "{{action}} did not run because the wait was too long. Try again.",
  FlexThrottleDeferredLost:
    "{{action}} did not run because this page was reloaded first. Do it again if you still need it.",
  FlexThrottleSettingsProblems: {
    one: "Flex Throttle: {{count}} setting is invalid. Its default is in use.",
    other: "Flex Throttle: {{count}} settings are invalid. Their defaults are in use.",
  },
  FlexThrottleCapacityNear:
    "This account has {{count}} of at most {{max}} Flex Flows. Delete unused ones before new ones are rejected.",

  // The badge in the header and its list
  FlexThrottleJoinChatWith: "Join chat with {{customer}}",
  FlexThrottleSomeCustomer: "a customer",
  FlexThrottleCallReadFlows: "Reading Flex Flows",
  FlexThrottleCallChangeFlows: "Changing Flex Flows",
  FlexThrottleCallReadChats: "Reading chats",
  FlexThrottleCallOpenChat: "Opening a chat",
  FlexThrottleCallChangeChat: "Changing a chat",
  FlexThrottleCallAddMember: "Adding someone to a chat",
  FlexThrottleWaitsForTurn: "Waiting for its turn (about {{seconds}} s)",
  FlexThrottleWaitsForTwilio: "Limited by Twilio (about {{seconds}} s)",
  FlexThrottleAndMore: "and {{count}} more",
  FlexThrottleCancel: "Cancel",
  FlexThrottleCancelNamed: "Cancel: {{call}}",
  FlexThrottleBeingSent: "Sending now.",
  FlexThrottleNotSent: "Not sent: {{count}}",
  FlexThrottleAt: "At {{time}}",
  FlexThrottleTryAgain: "Try again",
  FlexThrottleDismiss: "Dismiss",
  FlexThrottleDismissAll: "Dismiss all",
  FlexThrottleAllDone: "No requests are waiting.",
  FlexThrottleAlertMe: "Notify me when a customer is waiting and this tab is hidden",
  FlexThrottleAlert: "A customer has been waiting for more than {{seconds}} seconds. Click to return to Flex.",

  // An accepted task whose chat is not joined
  FlexThrottleJoiningIn: "Joining in {{seconds}} s",
  FlexThrottleJoiningLimited: "Twilio is limiting requests. Joining in {{seconds}} s. Nothing is lost.",
  FlexThrottleNotJoined: "You are not in this chat.",
  FlexThrottleNotJoinedShort: "Not in the chat",
  FlexThrottleJoinNow: "Join now",
  FlexThrottleJoinIn: "Join in about {{seconds}} s",
  FlexThrottleAcceptAgain: "Limit reached: accept again",

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
  FlexThrottleViewBudget: "Account budget",
  "FlexThrottleViewBudget.off":
    "Off: this browser keeps to the limits on its own. When all browsers together exceed a limit, Twilio answers 429. The tab “Settings” has the switch.",
  "FlexThrottleViewBudget.live": "Live since {{time}}: the browsers of all agents share the limits over Twilio Sync.",
  "FlexThrottleViewBudget.connecting":
    "Connecting to Twilio Sync since {{time}}. Until then, this browser keeps to the limits on its own.",
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

export type TextKey = keyof typeof EN;

/** One form per plural category of `count`. A missing form falls back to `other`. */
export type PluralForms = Readonly<Partial<Record<Intl.LDMLPluralRule, string>>> & { readonly other: string };

/** A missing text falls back to English. */
export type Translation = Readonly<Partial<Record<TextKey, string | PluralForms>>>;

/** What agents and admins read, in English: of all languages this one names the texts. */

import { SettingDescription, SETTING_DESCRIPTIONS, SettingPattern } from "../settings/descriptions";
import { MessageKey, MESSAGES } from "../settings/messages";

/** What is said of settings stands where they are read; here each has a key like every other text. */
type MessageTexts = { readonly [Key in MessageKey as `FlexThrottleSays.${Key}`]: string };
const problemTexts = Object.fromEntries(
  Object.entries(MESSAGES).map(([key, text]) => [`FlexThrottleSays.${key}`, text]),
) as MessageTexts;

/** Likewise what each setting is called and means: `FlexThrottleSetting.limits.*.burst.title`. */
type DescriptionTexts = {
  readonly [Key in SettingPattern as `FlexThrottleSetting.${Key}.${keyof SettingDescription}`]: string;
};
const descriptions = Object.fromEntries(
  Object.entries(SETTING_DESCRIPTIONS).flatMap(([pattern, description]) =>
    Object.entries(description).map(([part, text]) => [`FlexThrottleSetting.${pattern}.${part}`, text]),
  ),
) as DescriptionTexts;

export const EN = {
  ...problemTexts,

  // The banners.
  FlexThrottleQueuedJoins: "{{count}} chats are waiting to be joined",
  FlexThrottleQueuedJoin: "{{count}} chat is waiting to be joined",
  FlexThrottleQueuedCalls: "{{count}} requests are waiting for their turn",
  FlexThrottleQueuedCall: "{{count}} request is waiting for its turn",
  FlexThrottleNextIn: "next in {{seconds}} s",
  FlexThrottleNextAndLastIn: "next in {{seconds}} s, the last in about {{lastSeconds}} s",
  FlexThrottleLimitedJoins: "Twilio is limiting how fast chats can be joined; {{count}} are waiting.",
  FlexThrottleLimitedJoin: "Twilio is limiting how fast chats can be joined; {{count}} is waiting.",
  FlexThrottleLimitedCalls: "Twilio is limiting how fast requests can be made; {{count}} are waiting.",
  FlexThrottleLimitedCall: "Twilio is limiting how fast requests can be made; {{count}} is waiting.",
  FlexThrottleRetryingIn: "Retrying in {{seconds}} s, nothing is lost.",
  FlexThrottleRetryingNow: "Retrying now, nothing is lost.",
  FlexThrottleGivenUpIn: "Given up in {{seconds}} s, unless its turn comes before.",
  FlexThrottleRetryNow: "Retry now",
  FlexThrottleGiveUp: "Give up",
  FlexThrottleGiveUpNamed: "Give up: {{call}}",
  FlexThrottleGivenUpJoin: "You are not in the chat with {{customer}}.",
  FlexThrottleGivenUpCall: "{{call}}: given up and not sent. Do it again if it is still needed.",
  FlexThrottleRefusedFull: "{{call}}: not sent, too many requests are waiting already. Wait a moment, then try again.",
  FlexThrottleRefusedTimeout: "{{call}}: not sent, its turn did not come in time. Try again.",
  FlexThrottleRefusedReject: "{{call}}: not sent, the limit is used up for now. Try again in {{seconds}} s.",
  FlexThrottleRefusedAccept: "A chat was not accepted: the limit is used up for now. Accept it again in {{seconds}} s.",
  FlexThrottleRefusedCapacity: "A Flex Flow was not created: the account has as many as it may have. Delete one first.",
  FlexThrottleRefusedByTwilio: "{{call}}: refused by Twilio too often. Try again in a minute.",
  FlexThrottleDeferredDone: "{{action}} has run.",
  FlexThrottleDeferredDoneMany: "{{count}} deferred Actions have run: {{actions}}.",
  FlexThrottleDeferredFailed: "{{action}} was run later, but failed. Try again.",
  FlexThrottleActionTimeout: "{{action}} was not run: its turn did not come in time. Try again.",
  FlexThrottleDeferredLost:
    "{{action}} was waiting for its turn when this page was reloaded, and was not run. Do it again if it is still needed.",
  FlexThrottleSettingsProblems:
    "Flex Throttle: {{count}} of its settings are not understood; the defaults hold for them.",
  FlexThrottleSettingsProblem: "Flex Throttle: one of its settings is not understood; the default holds for it.",
  FlexThrottleCapacityNear:
    "This account has {{count}} of at most {{max}} Flex Flows. Delete those that are not needed any more, before new ones are refused.",

  // The badge in the header, and its list.
  FlexThrottleWaitingCalls: "{{count}} requests to Twilio are waiting",
  FlexThrottleWaitingCall: "{{count}} request to Twilio is waiting",
  FlexThrottleJoinChatWith: "Join chat with {{customer}}",
  FlexThrottleSomeCustomer: "a customer",
  FlexThrottleCallReadFlows: "Reading Flex Flows",
  FlexThrottleCallChangeFlows: "Changing Flex Flows",
  FlexThrottleCallReadChats: "Reading chats",
  FlexThrottleCallOpenChat: "Opening a chat",
  FlexThrottleCallChangeChat: "Changing a chat",
  FlexThrottleCallAddMember: "Adding somebody to a chat",
  FlexThrottleWaitsForTurn: "Waiting for its turn, about {{seconds}} s",
  FlexThrottleWaitsForTwilio: "Twilio is limiting this, about {{seconds}} s",
  FlexThrottleAndMore: "and {{count}} more",
  FlexThrottleCancel: "Cancel",
  FlexThrottleCancelNamed: "Cancel: {{call}}",
  FlexThrottleBeingSent: "Being sent now.",
  FlexThrottleAllDone: "Nothing is waiting any more.",
  FlexThrottleAlertMe: "Notify me when a customer waits and this tab is hidden",
  FlexThrottleAlert: "A customer has been waiting for more than {{seconds}} seconds. Select this to go back to Flex.",

  // The task, while its chat is not joined.
  FlexThrottleJoiningIn: "Joining in {{seconds}} s",
  FlexThrottleJoiningLimited:
    "Twilio is limiting how fast chats can be joined. Joining in {{seconds}} s, nothing is lost.",
  FlexThrottleNotJoined: "You are not in this chat.",
  FlexThrottleNotJoinedShort: "Not in the chat",
  FlexThrottleJoinNow: "Join now",

  // The view of the limits.
  FlexThrottleViewTitle: "Limits",
  FlexThrottleViewNote:
    "All numbers are of this browser alone, since this page was loaded; those under “Observed” go on over reloads. Every agent's browser keeps its own.",
  FlexThrottleViewModeEnforce:
    "The mode is “enforce”: what cannot go at once waits for its turn, and what Twilio refuses is retried.",
  FlexThrottleViewModeObserve: "The mode is “observe”: nothing is delayed. It is only measured what would have waited.",
  FlexThrottleViewModeOff: "The mode is “off”: requests are left alone, and nothing is measured.",
  FlexThrottleViewModeAside:
    "The plugin has failed too often and stands aside until this page is loaded again. The browser's console says what failed.",
  FlexThrottleViewExport: "For support",
  FlexThrottleViewExportNote: "All of this page, with the last thousand decisions. Nothing in it is about customers.",
  FlexThrottleViewCopy: "Copy JSON",
  FlexThrottleViewCopied: "Copied.",
  FlexThrottleViewCopyFailed: "The browser did not let this page copy.",
  FlexThrottleViewDownload: "Download JSON",
  FlexThrottleViewDownloadLimits: "Download limits (CSV)",
  FlexThrottleViewDownloadEvents: "Download events (CSV)",
  FlexThrottleViewSettings: "Settings",
  FlexThrottleViewNoProblems: "All that is written in the settings is understood.",
  FlexThrottleViewRates: "Requests per second",
  FlexThrottleViewLimit: "Limit",
  FlexThrottleViewUse: "Last 5 minutes",
  FlexThrottleViewPlot: "Up to {{peak}} a second, {{now}} now",
  FlexThrottleViewConfigured: "Configured",
  FlexThrottleViewLearned: "Learned",
  FlexThrottleViewWaiting: "Waiting now",
  FlexThrottleViewLongestWait: "Longest wait",
  FlexThrottleViewRefused: "429s in the last hour",
  FlexThrottleViewCooling: "Cooling down until",
  FlexThrottleViewCoolingFor: "{{time}} ({{seconds}} s)",
  FlexThrottleViewSeconds: "{{seconds}} s",
  FlexThrottleViewUnused: "Not used yet",
  FlexThrottleViewShowAll: "Show all {{count}} limits",
  FlexThrottleViewShowUsed: "Show only the limits in use",
  FlexThrottleViewLegend:
    "Bars: the most requests sent in one second. Dashed line: configured. Red line: learned, after Twilio answered 429.",
  FlexThrottleViewFlowsListed: "{{count}} of at most {{max}}, when the list was last read at {{time}}.",
  FlexThrottleViewFlowsSeen:
    "At least {{count}} of at most {{max}}. Not all are known yet: no whole list of them was read since this page was loaded.",
  FlexThrottleViewFlowsUnknown:
    "Not known yet; at most {{max}}. They are counted when a list of them is read in this browser.",
  FlexThrottleViewEvents: "Latest decisions",
  FlexThrottleViewEventsAll: "All",
  FlexThrottleViewEventsTrouble: "Trouble only",
  FlexThrottleViewEventsNone: "None yet.",
  FlexThrottleViewEventsShown: "The latest {{shown}} of {{count}}; the downloads hold all.",
  FlexThrottleViewTime: "Time",
  FlexThrottleViewRequest: "Request",
  FlexThrottleViewLimits: "Limits it spends",
  FlexThrottleViewOutcome: "What became of it",
  FlexThrottleViewWaited: "Waited",
  FlexThrottleViewAttempt: "Attempt",
  FlexThrottleViewReason: "Reason",
  FlexThrottleOutcomeSent: "Sent",
  FlexThrottleOutcomeRetried: "429 from Twilio, retried",
  FlexThrottleOutcomeRefused: "429 from Twilio, handed on",
  FlexThrottleOutcomeGivenUp: "Not sent",
  FlexThrottleOutcomeLeft: "Not needed any more",
  FlexThrottleOutcomeDeferred: "Deferred",
  FlexThrottleOutcomeDeferredDone: "Ran later",
  FlexThrottleOutcomeDeferredFailed: "Ran later, failed",
  FlexThrottleOutcomeDeferredLost: "Lost at a reload",
  FlexThrottleOutcomeSettings: "Settings read",
  FlexThrottleViewObserved: "Observed",
  FlexThrottleViewObservedSince:
    "Since {{time}}; measured for {{hours}} h {{minutes}} min, while Flex was open in the mode “observe”.",
  FlexThrottleViewObservedNothing: "No request has been seen yet.",
  FlexThrottleViewRequests: "Requests",
  FlexThrottleViewPeak: "Most in a second",
  FlexThrottleViewWouldWait: "Would have waited",
  FlexThrottleViewWait95: "95 % of them up to",
  FlexThrottleViewLongestQueue: "Longest queue",
  FlexThrottleViewRefusedAll: "429s",
  FlexThrottleViewRefusedWithin: "429s within the limit",
  FlexThrottleViewSuggested: "What follows from it",
  FlexThrottleSuggestEnforce: "Set the mode to “enforce”. Would have waited for that: {{wouldWait}}.",
  FlexThrottleSuggestEnforceRefused: "Refused by Twilio meanwhile: {{refused}}, which would have been retried.",
  FlexThrottleSuggestMore:
    "{{limit}}: {{perSecond}} went through in one second without a refusal, {{configured}} are configured. If Twilio has granted your account more, write that.",
  FlexThrottleSuggestOthers:
    "{{limit}}: Twilio refused {{refused}} although this browser kept to the limit. Others spend it, too; there is nothing to set, the rate is learned.",
  FlexThrottleSuggestWait:
    "Somebody would have waited {{seconds}} s. Let a request wait {{maxWaitSeconds}} s, or it is given up before its turn.",
  FlexThrottleSuggestQueue:
    "{{longest}} would have waited at once. Let {{maxLength}} wait, or what comes on top is refused.",
  FlexThrottleViewPaste: "The settings with this in them, for ui_attributes of the Flex configuration",
  FlexThrottleViewCopySettings: "Copy these settings",
  FlexThrottleViewStartOver: "Start over",
  FlexThrottleViewStartOverAsk: "Forget all that was measured?",
  FlexThrottleViewStartOverYes: "Forget it",
  FlexThrottleViewStartOverNo: "Keep it",

  // The form of the settings.
  ...descriptions,
  FlexThrottleFormTitle: "Settings",
  FlexThrottleFormIntro:
    "This starts as what is live. Nothing changes until an admin runs the command; supervisors may look and prepare.",
  FlexThrottleFormAsForm: "Form",
  FlexThrottleFormAsJson: "JSON",
  FlexThrottleFormJsonHelp:
    'What stands under flexThrottle. Comments are fine, and so is {"flexThrottle": …} around it.',
  FlexThrottleFormNotJson: "This is not JSON: line {{line}}, column {{column}}.",
  FlexThrottleFormProblems: "{{count}} entries are not understood",
  FlexThrottleFormProblem: "{{count}} entry is not understood",
  FlexThrottleFormNoProblems: "Every entry is understood",
  FlexThrottleFormNotUnderstood: "Not understood",
  FlexThrottleFormRight: "This is {{found}}; right would be {{expected}}.",
  FlexThrottleFormNoLimit: "Tick at least one limit.",
  FlexThrottleFormStrangeLimit: "{{found}} is not one of the limits; untick it.",
  FlexThrottleFormChanges: "{{count}} differences to what is live",
  FlexThrottleFormChange: "{{count}} difference to what is live",
  FlexThrottleFormNoChanges: "Nothing differs from what is live",
  FlexThrottleFormOvertaken:
    "The settings changed meanwhile. Your entries are kept, and compared with what is live now.",
  FlexThrottleFormStartAgain: "Start again from what is live",
  FlexThrottleFormStartAgainAsk: "Forget all that was written here?",
  FlexThrottleFormKeep: "Keep my entries",
  FlexThrottleFormDefault: "Default: {{value}}",
  FlexThrottleFormAsOthers: "As for every other call: {{value}}",
  FlexThrottleFormReset: "Reset to default: {{value}}",
  FlexThrottleFormChoose: "Choose…",
  FlexThrottleFormOfLimit: "{{limit}}: {{setting}}",
  FlexThrottleFormNumbered: "{{name}} {{number}}",
  FlexThrottleFormAddAction: "Add a Flex Action",
  FlexThrottleFormAddRoute: "Add an HTTP call",
  FlexThrottleFormNameTaken: "There is one of this name already.",
  FlexThrottleFormRemove: "Remove",
  FlexThrottleFormRemoveNamed: "Remove {{name}}",
  FlexThrottleFormDifference: "Difference to what is live",
  FlexThrottleFormSetting: "Setting",
  FlexThrottleFormLive: "Live",
  FlexThrottleFormNew: "New",
  FlexThrottleFormNotWritten: "not set",
  FlexThrottleFormJson: "The exact JSON",
  FlexThrottleFormCommand: "The exact command",
  FlexThrottleFormCommandHelp:
    "Save the JSON as {{file}} in the folder of the plugin's source, set {{account}} and {{token}} in the environment, and run there:",
  FlexThrottleFormOverruled:
    "Part of what is live comes from this page's appConfig or a plugin, and stays whatever the command writes.",
  FlexThrottleFormMendFirst: "Put right first what is not understood; then the JSON and the command stand here.",
  FlexThrottleFormCopyJson: "Copy the JSON",
  FlexThrottleFormCopyCommand: "Copy the command",
  FlexThrottleFormDownload: "Download {{file}}",
} as const;

export type TextKey = keyof typeof EN;

/** A translation; what it lacks is read in English. */
export type Translation = Readonly<Partial<Record<TextKey, string>>>;

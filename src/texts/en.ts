/** What agents and admins read, in English: of all languages this one names the texts. */

import { Meaning, MEANINGS, SettingPattern } from "../settings/meanings";
import { WordingKey, WORDINGS } from "../settings/wording";

/** What is said of settings stands where they are read; here each has a key like every other text. */
type WordingTexts = { readonly [Key in WordingKey as `FlexThrottleSays.${Key}`]: string };
const wordings = Object.fromEntries(Object.entries(WORDINGS).map(([key, text]) => [`FlexThrottleSays.${key}`, text])) as WordingTexts;

/** Likewise what each setting is called and means: `FlexThrottleSetting.limits.*.burst.title`. */
type MeaningTexts = { readonly [Key in SettingPattern as `FlexThrottleSetting.${Key}.${keyof Meaning}`]: string };
const meanings = Object.fromEntries(
  Object.entries(MEANINGS).flatMap(([pattern, meaning]) => Object.entries(meaning).map(([part, text]) => [`FlexThrottleSetting.${pattern}.${part}`, text])),
) as MeaningTexts;

export const EN = {
  ...wordings,

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
  FlexThrottleRetryNow: "Retry now",
  FlexThrottleRefusedFull: "A request was not sent: too many are waiting already. Wait a moment, then try again.",
  FlexThrottleRefusedTimeout: "A request was not sent: its turn did not come in time. Try again.",
  FlexThrottleRefusedReject: "A request was not sent: the limit is used up for now. Try again in {{seconds}} s.",
  FlexThrottleRefusedAccept: "A chat was not accepted: the limit is used up for now. Accept it again in {{seconds}} s.",
  FlexThrottleRefusedCapacity: "A Flex Flow was not created: the account has as many as it may have. Delete one first.",
  FlexThrottleRefusedByTwilio: "Twilio refused a request too often. Try again in a minute.",
  FlexThrottleDeferredDone: "{{action}} has run.",
  FlexThrottleDeferredDoneMany: "{{count}} deferred Actions have run: {{actions}}.",
  FlexThrottleDeferredFailed: "{{action}} was run later, but failed. Try again.",
  FlexThrottleActionTimeout: "{{action}} was not run: its turn did not come in time. Try again.",
  FlexThrottleDeferredLost: "{{action}} was waiting for its turn when this page was reloaded, and was not run. Do it again if it is still needed.",
  FlexThrottleSettingsProblems: "Flex Throttle: {{count}} of its settings are not understood; the defaults hold for them.",
  FlexThrottleSettingsProblem: "Flex Throttle: one of its settings is not understood; the default holds for it.",
  FlexThrottleCapacityNear: "This account has {{count}} of at most {{max}} Flex Flows. Delete those that are not needed any more, before new ones are refused.",

  // The badge in the header, and its list.

  // The task, while its chat is not joined.

  // The view of the limits.

  // The form of the settings.
  ...meanings,
  FlexThrottleFormTitle: "Settings",
  FlexThrottleFormIntro: "This starts as what is live. Nothing changes until an admin runs the command; supervisors may look and prepare.",
  FlexThrottleFormAsForm: "Form",
  FlexThrottleFormAsJson: "JSON",
  FlexThrottleFormJsonHelp: 'What stands under flexThrottle. Comments are fine, and so is {"flexThrottle": …} around it.',
  FlexThrottleFormNotJson: "This is not JSON: line {{line}}, column {{column}}.",
  FlexThrottleFormJsonLacks: 'This is not JSON: line {{line}}, column {{column}}, where "{{sign}}" should stand.',
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
  FlexThrottleFormOvertaken: "The settings changed meanwhile. Your entries are kept, and compared with what is live now.",
  FlexThrottleFormStartAgain: "Start again from what is live",
  FlexThrottleFormKeep: "Keep my entries",
  FlexThrottleFormDefault: "Default: {{value}}",
  FlexThrottleFormAsOthers: "As for every other call: {{value}}",
  FlexThrottleFormReset: "Reset to default: {{value}}",
  FlexThrottleFormChoose: "Choose…",
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
  FlexThrottleFormMendFirst: "Put right first what is not understood; then the JSON and the command stand here.",
  FlexThrottleFormCopyJson: "Copy the JSON",
  FlexThrottleFormCopyCommand: "Copy the command",
  FlexThrottleFormCopied: "Copied",
  FlexThrottleFormNotCopied: "This browser does not let the page copy: the text is selected, press Ctrl+C",
  FlexThrottleFormDownload: "Download {{file}}",
} as const;

export type TextKey = keyof typeof EN;

/** A translation; what it lacks is read in English. */
export type Translation = Readonly<Partial<Record<TextKey, string>>>;

/** The texts in English. They define which keys exist and which of them have plural forms. */

import { MessageKey, MESSAGES } from "../settings/messages";
import { EN_ADMIN } from "./enAdmin";

/** Parts of a problem's sentence, such as `FlexThrottleMessage.missing`. */
type MessageTexts = { readonly [Key in MessageKey as `FlexThrottleMessage.${Key}`]: string };
const messageTexts = Object.fromEntries(
  Object.entries(MESSAGES).map(([key, text]) => [`FlexThrottleMessage.${key}`, text]),
) as MessageTexts;

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
  FlexThrottleDetails: "Details",
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

  ...EN_ADMIN,
} as const;

export type TextKey = keyof typeof EN;

export const TEXT_KEYS = Object.keys(EN) as readonly TextKey[];

/** One form per plural category of `count`. A missing form falls back to `other`. */
export type PluralForms = Readonly<Partial<Record<Intl.LDMLPluralRule, string>>> & { readonly other: string };

export type TextForms = string | PluralForms;

export type Translation = Readonly<Record<TextKey, TextForms>>;

export type AdminTranslation = Readonly<Record<keyof typeof EN_ADMIN, TextForms>>;

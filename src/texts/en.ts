/** The texts in English. They define which keys exist and which of them have plural forms. */

import { MessageKey, MESSAGES } from "../settings/messages";
import { EN_ADMIN } from "./enAdmin";

/** Parts of a problem's sentence, such as `Message.missing`. */
type MessageTexts = { readonly [Key in MessageKey as `Message.${Key}`]: string };
const messageTexts = Object.fromEntries(
  Object.entries(MESSAGES).map(([key, text]) => [`Message.${key}`, text]),
) as MessageTexts;

// Texts for agents say "request": to an agent, a "call" is a phone call.
export const EN = {
  ...messageTexts,

  // Banners
  QueuedJoins: {
    one: "{{count}} chat is waiting to be joined",
    other: "{{count}} chats are waiting to be joined",
  },
  Waiting: "Waiting: {{what}}",
  Chats: { one: "{{count}} chat", other: "{{count}} chats" },
  Requests: { one: "{{count}} request", other: "{{count}} requests" },
  Limited: "Twilio is limiting requests.",
  LimitedAccount: "Twilio is limiting all requests. Cause: {{call}}.",
  NextIn: "next in {{seconds}} s",
  NextAndLastIn: "next in {{seconds}} s, last in about {{lastSeconds}} s",
  RetryingIn: "Retrying in {{seconds}} s.",
  RetryingAgain: "Attempt {{attempt}} in {{seconds}} s.",
  RetryingNow: "Retrying now.",
  NothingLost: "Nothing is lost.",
  MayExpire: "{{count}} may not be sent in time.",
  Longest: "Waiting longest: {{call}}, {{seconds}} s.",
  KeepWorking: "You can keep working. Tell your supervisor if this goes on.",
  ExpiresIn: "Will be canceled in {{seconds}} s if not sent by then.",
  RetryNow: "Retry now",
  CanceledJoin: "You are not in the chat with {{customer}}.",
  CanceledCall: "{{call}}: canceled, not sent. Do it again if you still need it.",
  DroppedFull: "{{call}}: not sent because too many requests are waiting. Wait a moment, then try again.",
  DroppedTimeout: "{{call}}: not sent because the wait was too long. Try again.",
  DroppedReject: "{{call}}: not sent because the limit is reached. Try again in {{seconds}} s.",
  DroppedAccept:
    "The chat with {{customer}} was not accepted because the limit is reached. Accept it again in {{seconds}} s.",
  DroppedCapacity: "A Flex Flow was not created because the account has reached its maximum. Delete one first.",
  DroppedByTwilio: "{{call}}: not sent because Twilio is limiting requests. Try again after {{time}}.",
  DroppedTooLong:
    "{{call}}: not sent. Twilio asks to wait {{seconds}} s, longer than this request may wait ({{maxSeconds}} s). Try again after {{time}}.",
  Joined: { one: "{{count}} chat is joined.", other: "All {{count}} chats are joined." },
  Resumed: {
    one: "After the reload, {{count}} chat is being joined.",
    other: "After the reload, {{count}} chats are being joined.",
  },
  DeferredDone: "{{action}} has run.",
  DeferredDoneMany: "{{count}} deferred Actions have run: {{actions}}.",
  DeferredFailed: "{{action}} was deferred, then ran and failed. Try again.",
  ActionTimeout: "{{action}} did not run because the wait was too long. Try again.",
  DeferredLost: "{{action}} did not run because this page was reloaded first. Do it again if you still need it.",
  SettingsProblems: {
    one: "Flex Throttle: {{count}} setting is invalid. Its default is in use.",
    other: "Flex Throttle: {{count}} settings are invalid. Their defaults are in use.",
  },
  Details: "Details",
  CapacityNear:
    "This account has {{count}} of at most {{max}} Flex Flows. Delete unused ones before new ones are rejected.",

  // The badge in the header and its list
  JoinChatWith: "Join chat with {{customer}}",
  SomeCustomer: "a customer",
  CallReadFlows: "Reading Flex Flows",
  CallChangeFlows: "Changing Flex Flows",
  CallReadChats: "Reading chats",
  CallOpenChat: "Opening a chat",
  CallChangeChat: "Changing a chat",
  CallAddMember: "Adding someone to a chat",
  WaitsForTurn: "Waiting for its turn (about {{seconds}} s)",
  WaitsForTwilio: "Limited by Twilio (about {{seconds}} s)",
  AndMore: "and {{count}} more",
  Cancel: "Cancel",
  CancelNamed: "Cancel: {{call}}",
  BeingSent: "Sending now.",
  NotSent: "Not sent: {{count}}",
  At: "At {{time}}",
  TryAgain: "Try again",
  Dismiss: "Dismiss",
  DismissAll: "Dismiss all",
  AllDone: "No requests are waiting.",
  AlertMe: "Notify me when a customer is waiting and this tab is hidden",
  Alert: "A customer has been waiting for more than {{seconds}} seconds. Click to return to Flex.",

  // An accepted task whose chat is not joined
  JoiningIn: "Joining in {{seconds}} s",
  JoiningLimited: "Twilio is limiting requests. Joining in {{seconds}} s. Nothing is lost.",
  NotJoined: "You are not in this chat.",
  NotJoinedShort: "Not in the chat",
  JoinNow: "Join now",
  JoinIn: "Join in about {{seconds}} s",
  AcceptAgain: "Limit reached: accept again",

  ...EN_ADMIN,
} as const;

export type TextKey = keyof typeof EN;

export const TEXT_KEYS = Object.keys(EN) as readonly TextKey[];

/** One form per plural category of `count`. A missing form falls back to `other`. */
export type PluralForms = Readonly<Partial<Record<Intl.LDMLPluralRule, string>>> & { readonly other: string };

export type TextForms = string | PluralForms;

export type Translation = Readonly<Record<TextKey, TextForms>>;

export type AdminTranslation = Readonly<Record<keyof typeof EN_ADMIN, TextForms>>;

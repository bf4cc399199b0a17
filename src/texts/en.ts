/** What agents and admins read, in English: of all languages this one names the texts. */

export const EN = {
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
  FlexThrottleGiveUp: "Give up this one",
  FlexThrottleGiveUpNamed: "Give up this one: {{call}}",
  FlexThrottleGivenUpJoin: "You are not in the chat with {{customer}}. To join it, select its task and choose Join now.",
  FlexThrottleGivenUpCall: "{{call}} was given up and not sent. Do it again if it is still needed.",
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
  FlexThrottleWaitingCalls: "{{count}} requests to Twilio are waiting",
  FlexThrottleWaitingCall: "{{count}} request to Twilio is waiting",
  FlexThrottleJoinChatWith: "Join chat with {{customer}}",
  FlexThrottleSomeCustomer: "a customer",
  FlexThrottleWaitsForTurn: "Waiting for its turn, about {{seconds}} s",
  FlexThrottleWaitsForTwilio: "Twilio is limiting this, about {{seconds}} s",
  FlexThrottleAndMore: "and {{count}} more",
  FlexThrottleCancel: "Cancel",
  FlexThrottleCancelNamed: "Cancel: {{call}}",
  FlexThrottleBeingSent: "Being sent now.",
  FlexThrottleAllDone: "All done: nothing is waiting any more.",
  FlexThrottleAlertMe: "Notify me when a customer waits and this tab is hidden",
  FlexThrottleAlert: "A customer has been waiting for more than {{seconds}} seconds. Select this to go back to Flex.",

  // The task, while its chat is not joined.
  FlexThrottleJoiningIn: "Joining in {{seconds}} s",
  FlexThrottleJoiningLimited: "Twilio is limiting how fast chats can be joined. Joining in {{seconds}} s, nothing is lost.",
  FlexThrottleNotJoined: "You are not in this chat.",
  FlexThrottleJoinNow: "Join now",

  // The view of the limits.

  // The form of the settings.
} as const;

/** The texts in German. */

import { Translation } from "./en";

export const DE: Translation = {
  "FlexThrottleSays.problem": "{{path}}: {{found}}; erwartet: {{expected}}.",
  "FlexThrottleSays.missing": "fehlt",
  "FlexThrottleSays.unknown": "unbekannt",
  "FlexThrottleSays.unusable": "reservierter Name",
  "FlexThrottleSays.anotherName": "ein anderer Name",
  "FlexThrottleSays.oneOf": "einer der Werte {{names}}",
  "FlexThrottleSays.number": "eine Zahl über 0, höchstens {{most}}",
  "FlexThrottleSays.numberFromTo": "eine Zahl von {{least}} bis {{most}}",
  "FlexThrottleSays.count": "eine ganze Zahl ab 1",
  "FlexThrottleSays.countUpTo": "eine ganze Zahl von 1 bis {{most}} (Rate des Limits)",
  "FlexThrottleSays.trueOrFalse": "true oder false",
  "FlexThrottleSays.object": "ein Objekt: {{keys}}",
  "FlexThrottleSays.limitsObject": "ein Objekt mit Limit-IDs von der Twilio-Seite als Schlüsseln",
  "FlexThrottleSays.actionsObject": "ein Objekt mit den Namen von Flex Actions als Schlüsseln",
  "FlexThrottleSays.routesList": "eine Liste von Routen",
  "FlexThrottleSays.limitsList": "eine Liste mit mindestens einem Limit, jeweils eines von {{names}}",
  "FlexThrottleSays.sid": "eine SID: {{prefix}} und 32 Hexadezimalziffern (0-9, a-f)",
  "FlexThrottleSays.address": "eine https://-URL ohne Query und Fragment (* steht für beliebige Zeichen)",

  FlexThrottleQueuedJoins: {
    one: "{{count}} Chat wartet auf Ihren Beitritt",
    other: "{{count}} Chats warten auf Ihren Beitritt",
  },
  FlexThrottleQueuedCalls: { one: "{{count}} Anfrage wartet", other: "{{count}} Anfragen warten" },
  FlexThrottleNextIn: "weiter in {{seconds}} s",
  FlexThrottleNextAndLastIn: "weiter in {{seconds}} s, fertig in etwa {{lastSeconds}} s",
  FlexThrottleLimitedJoins: {
    one: "Twilio begrenzt Chat-Beitritte; {{count}} wartet.",
    other: "Twilio begrenzt Chat-Beitritte; {{count}} warten.",
  },
  FlexThrottleLimitedCalls: {
    one: "Twilio begrenzt Anfragen; {{count}} wartet.",
    other: "Twilio begrenzt Anfragen; {{count}} warten.",
  },
  FlexThrottleRetryingIn: "Neuer Versuch in {{seconds}} s. Nichts geht verloren.",
  FlexThrottleRetryingNow: "Neuer Versuch läuft. Nichts geht verloren.",
  FlexThrottleGivenUpIn: "Wird in {{seconds}} s abgebrochen, falls bis dahin nicht gesendet.",
  FlexThrottleRetryNow: "Jetzt versuchen",
  FlexThrottleGiveUp: "Abbrechen",
  FlexThrottleGiveUpNamed: "Abbrechen: {{call}}",
  FlexThrottleGiveUpJoin: "Abbrechen: Chat mit {{customer}}",
  FlexThrottleGivenUpJoin: "Sie sind nicht im Chat mit {{customer}}.",
  FlexThrottleGivenUpCall:
    "{{call}}: abgebrochen, nicht gesendet. Wiederholen Sie den Vorgang, falls er noch nötig ist.",
  FlexThrottleRefusedFull:
    "{{call}}: nicht gesendet, weil zu viele Anfragen warten. Warten Sie einen Moment und versuchen Sie es erneut.",
  FlexThrottleRefusedTimeout: "{{call}}: nicht gesendet, weil die Wartezeit zu lang war. Versuchen Sie es erneut.",
  FlexThrottleRefusedReject:
    "{{call}}: nicht gesendet, weil das Limit erreicht ist. Versuchen Sie es in {{seconds}} s erneut.",
  FlexThrottleRefusedAccept:
    "Ein Chat wurde nicht angenommen, weil das Limit erreicht ist. Nehmen Sie ihn in {{seconds}} s erneut an.",
  FlexThrottleRefusedCapacity:
    "Ein Flex Flow wurde nicht angelegt, weil das Konto sein Maximum erreicht hat. Löschen Sie zuerst einen.",
  FlexThrottleRefusedByTwilio:
    "{{call}}: fehlgeschlagen, weil Twilio Anfragen begrenzt. Versuchen Sie es in einer Minute erneut.",
  FlexThrottleDeferredDone: "{{action}} wurde ausgeführt.",
  FlexThrottleDeferredDoneMany: "{{count}} aufgeschobene Actions wurden ausgeführt: {{actions}}.",
  FlexThrottleDeferredFailed:
    "{{action}} wurde aufgeschoben, dann ausgeführt und ist fehlgeschlagen. Versuchen Sie es erneut.",
  FlexThrottleActionTimeout:
    "{{action}} wurde nicht ausgeführt, weil die Wartezeit zu lang war. Versuchen Sie es erneut.",
  FlexThrottleDeferredLost:
    "{{action}} wurde nicht ausgeführt, weil die Seite vorher neu geladen wurde. Wiederholen Sie den Vorgang, falls er noch nötig ist.",
  FlexThrottleSettingsProblems: {
    one: "Flex Throttle: {{count}} Einstellung ist ungültig; es gilt der Standardwert.",
    other: "Flex Throttle: {{count}} Einstellungen sind ungültig; es gelten die Standardwerte.",
  },
  FlexThrottleCapacityNear:
    "Dieses Konto hat {{count}} von höchstens {{max}} Flex Flows. Löschen Sie nicht mehr benötigte, bevor neue abgelehnt werden.",

  FlexThrottleWaitingCalls: { one: "{{count}} Anfrage an Twilio wartet", other: "{{count}} Anfragen an Twilio warten" },
  FlexThrottleJoinChatWith: "Dem Chat mit {{customer}} beitreten",
  FlexThrottleSomeCustomer: "einem Kunden",
  FlexThrottleCallReadFlows: "Flex Flows lesen",
  FlexThrottleCallChangeFlows: "Flex Flows ändern",
  FlexThrottleCallReadChats: "Chats lesen",
  FlexThrottleCallOpenChat: "Chat eröffnen",
  FlexThrottleCallChangeChat: "Chat ändern",
  FlexThrottleCallAddMember: "Jemanden zu einem Chat hinzufügen",
  FlexThrottleWaitsForTurn: "In der Warteschlange (etwa {{seconds}} s)",
  FlexThrottleWaitsForTwilio: "Von Twilio begrenzt (etwa {{seconds}} s)",
  FlexThrottleAndMore: "und {{count}} weitere",
  FlexThrottleCancel: "Abbrechen",
  FlexThrottleCancelNamed: "Abbrechen: {{call}}",
  FlexThrottleBeingSent: "Wird gesendet.",
  FlexThrottleAllDone: "Es warten keine Anfragen.",
  FlexThrottleAlertMe: "Benachrichtigen, wenn ein Kunde wartet und dieser Tab verdeckt ist",
  FlexThrottleAlert: "Ein Kunde wartet seit mehr als {{seconds}} Sekunden. Klicken Sie, um zu Flex zurückzukehren.",

  FlexThrottleJoiningIn: "Beitritt in {{seconds}} s",
  FlexThrottleJoiningLimited: "Twilio begrenzt Chat-Beitritte. Beitritt in {{seconds}} s. Nichts geht verloren.",
  FlexThrottleNotJoined: "Sie sind nicht in diesem Chat.",
  FlexThrottleNotJoinedShort: "Nicht im Chat",
  FlexThrottleJoinNow: "Jetzt beitreten",
};

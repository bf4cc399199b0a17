/** The texts for agents in German. */

import type { Translation } from "./en";
import { DE_ADMIN } from "./deAdmin";

export const DE: Translation = {
  "FlexThrottleMessage.problem": "{{path}}: {{found}}; erwartet: {{expected}}.",
  "FlexThrottleMessage.missing": "fehlt",
  "FlexThrottleMessage.unknown": "unbekannt",
  "FlexThrottleMessage.unusable": "reservierter Name",
  "FlexThrottleMessage.anotherName": "ein anderer Name",
  "FlexThrottleMessage.oneOf": "einer der Werte {{names}}",
  "FlexThrottleMessage.number": "eine Zahl über 0, höchstens {{most}}",
  "FlexThrottleMessage.numberFromTo": "eine Zahl von {{least}} bis {{most}}",
  "FlexThrottleMessage.count": "eine ganze Zahl ab 1",
  "FlexThrottleMessage.countUpTo": "eine ganze Zahl von 1 bis {{most}} (Rate des Limits)",
  "FlexThrottleMessage.trueOrFalse": "true oder false",
  "FlexThrottleMessage.text": "ein Text",
  "FlexThrottleMessage.object": "ein Objekt: {{keys}}",
  "FlexThrottleMessage.limitsObject": "ein Objekt mit Limit-IDs von der Twilio-Seite als Schlüsseln",
  "FlexThrottleMessage.actionsObject": "ein Objekt mit den Namen von Flex Actions als Schlüsseln",
  "FlexThrottleMessage.routesList": "eine Liste von Routen",
  "FlexThrottleMessage.limitId": "ein Limit pro Sekunde von der Twilio-Seite",
  "FlexThrottleMessage.limitsList": "eine Liste mit mindestens einer Limit-ID von der Twilio-Seite",
  "FlexThrottleMessage.sid": "eine SID: {{prefix}} und 32 Hexadezimalziffern (0-9, a-f)",
  "FlexThrottleMessage.address": "eine https://-URL ohne Query und Fragment (* steht für beliebige Zeichen)",

  FlexThrottleQueuedJoins: {
    one: "{{count}} Chat wartet auf Ihren Beitritt",
    other: "{{count}} Chats warten auf Ihren Beitritt",
  },
  FlexThrottleWaiting: "Wartend: {{what}}",
  FlexThrottleChats: { one: "{{count}} Chat", other: "{{count}} Chats" },
  FlexThrottleRequests: { one: "{{count}} Anfrage", other: "{{count}} Anfragen" },
  FlexThrottleLimited: "Twilio begrenzt Anfragen.",
  FlexThrottleLimitedAccount: "Twilio begrenzt alle Anfragen. Ursache: {{call}}.",
  FlexThrottleNextIn: "nächster in {{seconds}} s",
  FlexThrottleNextAndLastIn: "nächster in {{seconds}} s, letzter in etwa {{lastSeconds}} s",
  FlexThrottleRetryingIn: "Neuer Versuch in {{seconds}} s.",
  FlexThrottleRetryingAgain: "Versuch {{attempt}} in {{seconds}} s.",
  FlexThrottleRetryingNow: "Neuer Versuch läuft.",
  FlexThrottleNothingLost: "Nichts geht verloren.",
  FlexThrottleMayExpire: "Nicht rechtzeitig gesendet werden eventuell: {{count}}.",
  FlexThrottleLongest: "Wartet am längsten: {{call}}, {{seconds}} s.",
  FlexThrottleKeepWorking: "Sie können weiterarbeiten. Hält dies an, informieren Sie Ihren Supervisor.",
  FlexThrottleExpiresIn: "Wird in {{seconds}} s abgebrochen, falls bis dahin nicht gesendet.",
  FlexThrottleRetryNow: "Jetzt erneut versuchen",
  FlexThrottleCanceledJoin: "Sie sind nicht im Chat mit {{customer}}.",
  FlexThrottleCanceledCall:
    "{{call}}: abgebrochen, nicht gesendet. Wiederholen Sie den Vorgang, falls er noch nötig ist.",
  FlexThrottleDroppedFull:
    "{{call}}: nicht gesendet, weil zu viele Anfragen warten. Warten Sie einen Moment und versuchen Sie es erneut.",
  FlexThrottleDroppedTimeout: "{{call}}: nicht gesendet, weil die Wartezeit zu lang war. Versuchen Sie es erneut.",
  FlexThrottleDroppedReject:
    "{{call}}: nicht gesendet, weil das Limit erreicht ist. Versuchen Sie es in {{seconds}} s erneut.",
  FlexThrottleDroppedAccept:
    "Der Chat mit {{customer}} wurde nicht angenommen, weil das Limit erreicht ist. Nehmen Sie ihn in {{seconds}} s erneut an.",
  FlexThrottleDroppedCapacity:
    "Ein Flex Flow wurde nicht angelegt, weil das Konto sein Maximum erreicht hat. Löschen Sie zuerst einen.",
  FlexThrottleDroppedByTwilio:
    "{{call}}: nicht gesendet, weil Twilio Anfragen begrenzt. Versuchen Sie es nach {{time}} Uhr erneut.",
  FlexThrottleDroppedTooLong:
    "{{call}}: nicht gesendet. Twilio verlangt {{seconds}} s Wartezeit, mehr als für diese Anfrage erlaubt ({{maxSeconds}} s). Versuchen Sie es nach {{time}} Uhr erneut.",
  FlexThrottleJoined: {
    one: "Sie sind {{count}} Chat beigetreten.",
    other: "Sie sind allen {{count}} Chats beigetreten.",
  },
  FlexThrottleResumed: {
    one: "Nach dem Neuladen treten Sie {{count}} Chat wieder bei.",
    other: "Nach dem Neuladen treten Sie {{count}} Chats wieder bei.",
  },
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
  FlexThrottleDetails: "Details",
  FlexThrottleCapacityNear:
    "Dieses Konto hat {{count}} von höchstens {{max}} Flex Flows. Löschen Sie nicht mehr benötigte, bevor neue abgelehnt werden.",

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
  FlexThrottleNotSent: "Nicht gesendet: {{count}}",
  FlexThrottleAt: "Um {{time}} Uhr",
  FlexThrottleTryAgain: "Erneut versuchen",
  FlexThrottleDismiss: "Ausblenden",
  FlexThrottleDismissAll: "Alle ausblenden",
  FlexThrottleAllDone: "Es warten keine Anfragen.",
  FlexThrottleAlertMe: "Benachrichtigen, wenn ein Kunde wartet und dieser Tab verdeckt ist",
  FlexThrottleAlert: "Ein Kunde wartet seit mehr als {{seconds}} Sekunden. Klicken Sie, um zu Flex zurückzukehren.",

  FlexThrottleJoiningIn: "Beitritt in {{seconds}} s",
  FlexThrottleJoiningLimited: "Twilio begrenzt Anfragen. Beitritt in {{seconds}} s. Nichts geht verloren.",
  FlexThrottleNotJoined: "Sie sind nicht in diesem Chat.",
  FlexThrottleNotJoinedShort: "Nicht im Chat",
  FlexThrottleJoinNow: "Jetzt beitreten",
  FlexThrottleJoinIn: "In etwa {{seconds}} s beitreten",
  FlexThrottleAcceptAgain: "Limit erreicht: erneut annehmen",

  ...DE_ADMIN,
};

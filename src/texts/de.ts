/** The texts in German. */

import { Translation } from "./en";

export const DE: Translation = {
  "FlexThrottleSays.problem": "{{path}}: {{found}}; richtig wäre {{expected}}.",
  "FlexThrottleSays.missing": "fehlt",
  "FlexThrottleSays.unknown": "ist nicht bekannt",
  "FlexThrottleSays.unusable": "dieser Name ist nicht möglich",
  "FlexThrottleSays.anotherName": "ein anderer",
  "FlexThrottleSays.oneOf": "eines von {{names}}",
  "FlexThrottleSays.number": "eine Zahl über 0, höchstens {{most}}",
  "FlexThrottleSays.count": "eine ganze Zahl, mindestens 1",
  "FlexThrottleSays.countUpTo": "eine ganze Zahl von 1 bis {{most}}, dem Limit selbst",
  "FlexThrottleSays.trueOrFalse": "true oder false",
  "FlexThrottleSays.object": "ein Objekt: {{keys}}",
  "FlexThrottleSays.limitsObject": "ein Objekt: Limits unter den Namen, die Twilios Seite ihnen gibt",
  "FlexThrottleSays.actionsObject": "ein Objekt: Flex Actions unter ihren Namen",
  "FlexThrottleSays.routesList": "eine Liste von HTTP-Aufrufen",
  "FlexThrottleSays.limitsList": "eine Liste mit mindestens einem Limit, jedes eines von {{names}}",
  "FlexThrottleSays.address": "eine https://-Adresse ohne ? und #, mit * für beliebige Zeichen",

  FlexThrottleQueuedJoins: "{{count}} Chats warten, bis sie an der Reihe sind",
  FlexThrottleQueuedJoin: "{{count}} Chat wartet, bis er an der Reihe ist",
  FlexThrottleQueuedCalls: "{{count}} Anfragen warten, bis sie an der Reihe sind",
  FlexThrottleQueuedCall: "{{count}} Anfrage wartet, bis sie an der Reihe ist",
  FlexThrottleNextIn: "weiter in {{seconds}} s",
  FlexThrottleNextAndLastIn: "weiter in {{seconds}} s, fertig in etwa {{lastSeconds}} s",
  FlexThrottleLimitedJoins: "Twilio begrenzt, wie schnell Sie Chats beitreten können; {{count}} warten.",
  FlexThrottleLimitedJoin: "Twilio begrenzt, wie schnell Sie Chats beitreten können; {{count}} wartet.",
  FlexThrottleLimitedCalls: "Twilio begrenzt, wie schnell Anfragen gestellt werden können; {{count}} warten.",
  FlexThrottleLimitedCall: "Twilio begrenzt, wie schnell Anfragen gestellt werden können; {{count}} wartet.",
  FlexThrottleRetryingIn: "Neuer Versuch in {{seconds}} s, nichts geht verloren.",
  FlexThrottleRetryingNow: "Neuer Versuch läuft, nichts geht verloren.",
  FlexThrottleGivenUpIn: "Wird in {{seconds}} s aufgegeben, wenn es nicht vorher an der Reihe ist.",
  FlexThrottleRetryNow: "Jetzt versuchen",
  FlexThrottleGiveUp: "Aufgeben",
  FlexThrottleGiveUpNamed: "Aufgeben: {{call}}",
  FlexThrottleGivenUpJoin: "Sie sind nicht im Chat mit {{customer}}.",
  FlexThrottleGivenUpCall: "{{call}}: aufgegeben und nicht gesendet. Wiederholen Sie es, falls es noch nötig ist.",
  FlexThrottleRefusedFull:
    "{{call}}: nicht gesendet, es warten schon zu viele Anfragen. Warten Sie einen Moment und versuchen Sie es dann erneut.",
  FlexThrottleRefusedTimeout: "{{call}}: nicht gesendet, war nicht rechtzeitig an der Reihe. Versuchen Sie es erneut.",
  FlexThrottleRefusedReject:
    "{{call}}: nicht gesendet, das Limit ist im Moment ausgeschöpft. Versuchen Sie es in {{seconds}} s erneut.",
  FlexThrottleRefusedAccept:
    "Ein Chat wurde nicht angenommen: Das Limit ist im Moment ausgeschöpft. Nehmen Sie ihn in {{seconds}} s erneut an.",
  FlexThrottleRefusedCapacity:
    "Ein Flex Flow wurde nicht angelegt: Das Konto hat schon so viele, wie es haben darf. Löschen Sie zuerst einen.",
  FlexThrottleRefusedByTwilio: "{{call}}: von Twilio zu oft abgelehnt. Versuchen Sie es in einer Minute erneut.",
  FlexThrottleDeferredDone: "{{action}} wurde ausgeführt.",
  FlexThrottleDeferredDoneMany: "{{count}} aufgeschobene Actions wurden ausgeführt: {{actions}}.",
  FlexThrottleDeferredFailed: "{{action}} wurde später ausgeführt, ist aber fehlgeschlagen. Versuchen Sie es erneut.",
  FlexThrottleActionTimeout:
    "{{action}} wurde nicht ausgeführt: Es kam nicht rechtzeitig an die Reihe. Versuchen Sie es erneut.",
  FlexThrottleDeferredLost:
    "{{action}} wartete noch, als diese Seite neu geladen wurde, und wurde nicht ausgeführt. Wiederholen Sie es, falls es noch nötig ist.",
  FlexThrottleSettingsProblems:
    "Flex Throttle: {{count}} Einstellungen sind unverständlich; für sie gelten die Standardwerte.",
  FlexThrottleSettingsProblem: "Flex Throttle: Eine Einstellung ist unverständlich; für sie gilt der Standardwert.",
  FlexThrottleCapacityNear:
    "Dieses Konto hat {{count}} von höchstens {{max}} Flex Flows. Löschen Sie nicht mehr benötigte, bevor neue abgelehnt werden.",

  FlexThrottleWaitingCalls: "{{count}} Anfragen an Twilio warten",
  FlexThrottleWaitingCall: "{{count}} Anfrage an Twilio wartet",
  FlexThrottleJoinChatWith: "Dem Chat mit {{customer}} beitreten",
  FlexThrottleSomeCustomer: "einem Kunden",
  FlexThrottleCallReadFlows: "Flex Flows lesen",
  FlexThrottleCallChangeFlows: "Flex Flows ändern",
  FlexThrottleCallReadChats: "Chats lesen",
  FlexThrottleCallOpenChat: "Chat eröffnen",
  FlexThrottleCallChangeChat: "Chat ändern",
  FlexThrottleCallAddMember: "Jemanden zu einem Chat hinzufügen",
  FlexThrottleWaitsForTurn: "Wartet, bis es an der Reihe ist, etwa {{seconds}} s",
  FlexThrottleWaitsForTwilio: "Twilio begrenzt dies, etwa {{seconds}} s",
  FlexThrottleAndMore: "und {{count}} weitere",
  FlexThrottleCancel: "Abbrechen",
  FlexThrottleCancelNamed: "Abbrechen: {{call}}",
  FlexThrottleBeingSent: "Wird jetzt gesendet.",
  FlexThrottleAllDone: "Nichts wartet mehr.",
  FlexThrottleAlertMe: "Benachrichtigen, wenn ein Kunde wartet und dieser Tab verdeckt ist",
  FlexThrottleAlert:
    "Ein Kunde wartet seit mehr als {{seconds}} Sekunden. Klicken Sie hier, um zu Flex zurückzukehren.",

  FlexThrottleJoiningIn: "Beitritt in {{seconds}} s",
  FlexThrottleJoiningLimited:
    "Twilio begrenzt, wie schnell Sie Chats beitreten können. Beitritt in {{seconds}} s, nichts geht verloren.",
  FlexThrottleNotJoined: "Sie sind nicht in diesem Chat.",
  FlexThrottleNotJoinedShort: "Nicht im Chat",
  FlexThrottleJoinNow: "Jetzt beitreten",
};

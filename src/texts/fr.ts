/** The texts in French. */

import { Translation } from "./en";

export const FR: Translation = {
  "FlexThrottleSays.problem": "{{path}} : {{found}} ; il faudrait {{expected}}.",
  "FlexThrottleSays.missing": "manque",
  "FlexThrottleSays.unknown": "n’est pas connu",
  "FlexThrottleSays.unusable": "ce nom ne peut pas être utilisé",
  "FlexThrottleSays.anotherName": "un autre",
  "FlexThrottleSays.oneOf": "l’un de {{names}}",
  "FlexThrottleSays.number": "un nombre supérieur à 0, au plus {{most}}",
  "FlexThrottleSays.count": "un nombre entier, au moins 1",
  "FlexThrottleSays.countUpTo": "un nombre entier de 1 à {{most}}, la limite elle-même",
  "FlexThrottleSays.trueOrFalse": "true ou false",
  "FlexThrottleSays.object": "un objet : {{keys}}",
  "FlexThrottleSays.limitsObject": "un objet : des limites sous le nom que leur donne la page de Twilio",
  "FlexThrottleSays.actionsObject": "un objet : des Flex Actions par leur nom",
  "FlexThrottleSays.routesList": "une liste d’appels HTTP",
  "FlexThrottleSays.limitsList": "une liste d’une ou plusieurs limites, chacune l’une de {{names}}",
  "FlexThrottleSays.address": "une adresse https:// sans ? ni #, avec * pour une suite quelconque de caractères",

  FlexThrottleQueuedJoins: "{{count}} chats attendent leur tour",
  FlexThrottleQueuedJoin: "{{count}} chat attend son tour",
  FlexThrottleQueuedCalls: "{{count}} requêtes attendent leur tour",
  FlexThrottleQueuedCall: "{{count}} requête attend son tour",
  FlexThrottleNextIn: "suite dans {{seconds}} s",
  FlexThrottleNextAndLastIn: "suite dans {{seconds}} s, fin dans environ {{lastSeconds}} s",
  FlexThrottleLimitedJoins:
    "Twilio limite la vitesse à laquelle les chats peuvent être rejoints ; {{count}} attendent.",
  FlexThrottleLimitedJoin: "Twilio limite la vitesse à laquelle les chats peuvent être rejoints ; {{count}} attend.",
  FlexThrottleLimitedCalls: "Twilio limite la vitesse des requêtes ; {{count}} attendent.",
  FlexThrottleLimitedCall: "Twilio limite la vitesse des requêtes ; {{count}} attend.",
  FlexThrottleRetryingIn: "Nouvel essai dans {{seconds}} s, rien n’est perdu.",
  FlexThrottleRetryingNow: "Nouvel essai en cours, rien n’est perdu.",
  FlexThrottleGivenUpIn: "Abandon dans {{seconds}} s si son tour ne vient pas avant.",
  FlexThrottleRetryNow: "Réessayer",
  FlexThrottleGiveUp: "Abandonner",
  FlexThrottleGiveUpNamed: "Abandonner : {{call}}",
  FlexThrottleGivenUpJoin: "Vous n’êtes pas dans le chat avec {{customer}}.",
  FlexThrottleGivenUpCall: "{{call}} : abandonné, non envoyé. Recommencez si c’est encore nécessaire.",
  FlexThrottleRefusedFull:
    "{{call}} : non envoyé, trop de requêtes attendent déjà. Patientez un instant, puis réessayez.",
  FlexThrottleRefusedTimeout: "{{call}} : non envoyé, son tour n’est pas venu à temps. Réessayez.",
  FlexThrottleRefusedReject:
    "{{call}} : non envoyé, la limite est épuisée pour l’instant. Réessayez dans {{seconds}} s.",
  FlexThrottleRefusedAccept:
    "Un chat n’a pas été accepté : la limite est épuisée pour l’instant. Acceptez-le de nouveau dans {{seconds}} s.",
  FlexThrottleRefusedCapacity:
    "Un Flex Flow n’a pas été créé : le compte en a déjà autant qu’il peut en avoir. Supprimez-en un d’abord.",
  FlexThrottleRefusedByTwilio: "{{call}} : refusé trop souvent par Twilio. Réessayez dans une minute.",
  FlexThrottleDeferredDone: "{{action}} a été exécutée.",
  FlexThrottleDeferredDoneMany: "{{count}} Actions différées ont été exécutées : {{actions}}.",
  FlexThrottleDeferredFailed: "{{action}} a été exécutée plus tard, mais a échoué. Réessayez.",
  FlexThrottleActionTimeout: "{{action}} n’a pas été exécutée : son tour n’est pas venu à temps. Réessayez.",
  FlexThrottleDeferredLost:
    "{{action}} attendait son tour quand cette page a été rechargée et n’a pas été exécutée. Recommencez si c’est encore nécessaire.",
  FlexThrottleSettingsProblems:
    "Flex Throttle : {{count}} de ses paramètres ne sont pas compris ; les valeurs par défaut s’appliquent pour eux.",
  FlexThrottleSettingsProblem:
    "Flex Throttle : l’un de ses paramètres n’est pas compris ; la valeur par défaut s’applique pour lui.",
  FlexThrottleCapacityNear:
    "Ce compte a {{count}} Flex Flows sur {{max}} au plus. Supprimez ceux qui ne servent plus avant que de nouveaux soient refusés.",

  FlexThrottleWaitingCalls: "{{count}} requêtes à Twilio en attente",
  FlexThrottleWaitingCall: "{{count}} requête à Twilio en attente",
  FlexThrottleJoinChatWith: "Rejoindre le chat avec {{customer}}",
  FlexThrottleSomeCustomer: "un client",
  FlexThrottleCallReadFlows: "Lecture des Flex Flows",
  FlexThrottleCallChangeFlows: "Modification des Flex Flows",
  FlexThrottleCallReadChats: "Lecture des chats",
  FlexThrottleCallOpenChat: "Ouverture d’un chat",
  FlexThrottleCallChangeChat: "Modification d’un chat",
  FlexThrottleCallAddMember: "Ajout de quelqu’un à un chat",
  FlexThrottleWaitsForTurn: "Attend son tour, environ {{seconds}} s",
  FlexThrottleWaitsForTwilio: "Limité par Twilio, environ {{seconds}} s",
  FlexThrottleAndMore: "et {{count}} de plus",
  FlexThrottleCancel: "Annuler",
  FlexThrottleCancelNamed: "Annuler : {{call}}",
  FlexThrottleBeingSent: "Envoi en cours.",
  FlexThrottleAllDone: "Plus rien en attente.",
  FlexThrottleAlertMe: "M’avertir quand un client attend et que cet onglet est masqué",
  FlexThrottleAlert: "Un client attend depuis plus de {{seconds}} secondes. Sélectionnez ceci pour revenir à Flex.",

  FlexThrottleJoiningIn: "Entrée dans {{seconds}} s",
  FlexThrottleJoiningLimited:
    "Twilio limite la vitesse à laquelle les chats peuvent être rejoints. Entrée dans le chat dans {{seconds}} s, rien n’est perdu.",
  FlexThrottleNotJoined: "Vous n’êtes pas dans ce chat.",
  FlexThrottleNotJoinedShort: "Pas dans le chat",
  FlexThrottleJoinNow: "Rejoindre",
};

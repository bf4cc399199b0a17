/** The texts in French. */

import { Translation } from "./en";

export const FR: Translation = {
  "FlexThrottleMessage.problem": "{{path}} : {{found}} ; attendu : {{expected}}.",
  "FlexThrottleMessage.missing": "manquant",
  "FlexThrottleMessage.unknown": "inconnu",
  "FlexThrottleMessage.unusable": "nom réservé",
  "FlexThrottleMessage.anotherName": "un autre nom",
  "FlexThrottleMessage.oneOf": "l’une des valeurs {{names}}",
  "FlexThrottleMessage.number": "un nombre supérieur à 0, au maximum {{most}}",
  "FlexThrottleMessage.numberFromTo": "un nombre de {{least}} à {{most}}",
  "FlexThrottleMessage.count": "un nombre entier, 1 ou plus",
  "FlexThrottleMessage.countUpTo": "un nombre entier de 1 à {{most}} (le débit de la limite)",
  "FlexThrottleMessage.trueOrFalse": "true ou false",
  "FlexThrottleMessage.object": "un objet : {{keys}}",
  "FlexThrottleMessage.limitsObject": "un objet dont les clés sont les limites de la page de Twilio",
  "FlexThrottleMessage.actionsObject": "un objet dont les clés sont des noms de Flex Actions",
  "FlexThrottleMessage.routesList": "une liste de routes",
  "FlexThrottleMessage.limitsList": "une liste d’une ou plusieurs limites, chacune parmi {{names}}",
  "FlexThrottleMessage.sid": "un SID : {{prefix}} et 32 chiffres hexadécimaux (0-9, a-f)",
  "FlexThrottleMessage.address":
    "une URL https:// sans paramètres ni fragment (* remplace une suite quelconque de caractères)",

  FlexThrottleQueuedJoins: {
    one: "{{count}} chat à rejoindre en attente",
    other: "{{count}} chats à rejoindre en attente",
  },
  FlexThrottleQueuedCalls: { one: "{{count}} requête en attente", other: "{{count}} requêtes en attente" },
  FlexThrottleNextIn: "prochain dans {{seconds}} s",
  FlexThrottleNextAndLastIn: "prochain dans {{seconds}} s, dernier dans environ {{lastSeconds}} s",
  FlexThrottleLimitedJoins: "Twilio limite l’accès aux chats ; {{count}} en attente.",
  FlexThrottleLimitedCalls: "Twilio limite les requêtes ; {{count}} en attente.",
  FlexThrottleRetryingIn: "Nouvel essai dans {{seconds}} s. Rien n’est perdu.",
  FlexThrottleRetryingNow: "Nouvel essai en cours. Rien n’est perdu.",
  FlexThrottleExpiresIn: "Annulation dans {{seconds}} s si l’envoi n’a pas lieu avant.",
  FlexThrottleRetryNow: "Réessayer",
  FlexThrottleCancelJoin: "Annuler : chat avec {{customer}}",
  FlexThrottleCanceledJoin: "Vous n’êtes pas dans le chat avec {{customer}}.",
  FlexThrottleCanceledCall: "{{call}} : annulation, rien n’a été envoyé. Recommencez si nécessaire.",
  FlexThrottleDroppedFull:
    "{{call}} : envoi impossible, trop de requêtes sont en attente. Patientez un instant, puis réessayez.",
  FlexThrottleDroppedTimeout: "{{call}} : envoi impossible, l’attente a été trop longue. Réessayez.",
  FlexThrottleDroppedReject: "{{call}} : envoi impossible, la limite est atteinte. Réessayez dans {{seconds}} s.",
  FlexThrottleDroppedAccept:
    "Un chat n’a pas été accepté, car la limite est atteinte. Acceptez-le de nouveau dans {{seconds}} s.",
  FlexThrottleDroppedCapacity:
    "Un Flex Flow n’a pas été créé, car le compte a atteint son maximum. Supprimez-en un d’abord.",
  FlexThrottleDroppedByTwilio: "{{call}} : échec, Twilio limite les requêtes. Réessayez dans une minute.",
  FlexThrottleDeferredDone: "{{action}} a été exécutée.",
  FlexThrottleDeferredDoneMany: "{{count}} Actions différées ont été exécutées : {{actions}}.",
  FlexThrottleDeferredFailed: "{{action}} a été différée, puis exécutée, et a échoué. Réessayez.",
  FlexThrottleActionTimeout: "{{action}} n’a pas été exécutée, car l’attente a été trop longue. Réessayez.",
  FlexThrottleDeferredLost:
    "{{action}} n’a pas été exécutée, car la page a été rechargée avant. Recommencez si nécessaire.",
  FlexThrottleSettingsProblems: {
    one: "Flex Throttle : {{count}} paramètre n’est pas valide. Sa valeur par défaut est utilisée.",
    other: "Flex Throttle : {{count}} paramètres ne sont pas valides. Leurs valeurs par défaut sont utilisées.",
  },
  FlexThrottleCapacityNear:
    "Ce compte a {{count}} Flex Flows sur un maximum de {{max}}. Supprimez ceux qui ne servent plus avant que les nouveaux ne soient refusés.",

  FlexThrottleWaitingCalls: {
    one: "{{count}} requête vers Twilio en attente",
    other: "{{count}} requêtes vers Twilio en attente",
  },
  FlexThrottleJoinChatWith: "Rejoindre le chat avec {{customer}}",
  FlexThrottleSomeCustomer: "un client",
  FlexThrottleCallReadFlows: "Lecture des Flex Flows",
  FlexThrottleCallChangeFlows: "Modification des Flex Flows",
  FlexThrottleCallReadChats: "Lecture des chats",
  FlexThrottleCallOpenChat: "Ouverture d’un chat",
  FlexThrottleCallChangeChat: "Modification d’un chat",
  FlexThrottleCallAddMember: "Ajout d’une personne à un chat",
  FlexThrottleWaitsForTurn: "En attente (environ {{seconds}} s)",
  FlexThrottleWaitsForTwilio: "Limité par Twilio (environ {{seconds}} s)",
  FlexThrottleAndMore: "et {{count}} de plus",
  FlexThrottleCancel: "Annuler",
  FlexThrottleCancelNamed: "Annuler : {{call}}",
  FlexThrottleBeingSent: "Envoi en cours.",
  FlexThrottleAllDone: "Aucune requête en attente.",
  FlexThrottleAlertMe: "M’avertir quand un client attend et que cet onglet est masqué",
  FlexThrottleAlert: "Un client attend depuis plus de {{seconds}} secondes. Cliquez pour revenir à Flex.",

  FlexThrottleJoiningIn: "Connexion dans {{seconds}} s",
  FlexThrottleJoiningLimited:
    "Twilio limite l’accès aux chats. Connexion au chat dans {{seconds}} s. Rien n’est perdu.",
  FlexThrottleNotJoined: "Vous n’êtes pas dans ce chat.",
  FlexThrottleNotJoinedShort: "Pas dans le chat",
  FlexThrottleJoinNow: "Rejoindre",
};

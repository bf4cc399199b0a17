/** The texts in Spanish. */

import { Translation } from "./en";

export const ES: Translation = {
  "FlexThrottleSays.problem": "{{path}}: {{found}}; lo correcto sería {{expected}}.",
  "FlexThrottleSays.missing": "falta",
  "FlexThrottleSays.unknown": "no se conoce",
  "FlexThrottleSays.unusable": "este nombre no se puede usar",
  "FlexThrottleSays.anotherName": "otro",
  "FlexThrottleSays.oneOf": "uno de {{names}}",
  "FlexThrottleSays.number": "un número mayor que 0, como máximo {{most}}",
  "FlexThrottleSays.count": "un número entero, 1 o más",
  "FlexThrottleSays.countUpTo": "un número entero de 1 a {{most}}, que es el límite mismo",
  "FlexThrottleSays.trueOrFalse": "true o false",
  "FlexThrottleSays.object": "un objeto: {{keys}}",
  "FlexThrottleSays.limitsObject": "un objeto: límites con el nombre que tienen en la página de Twilio",
  "FlexThrottleSays.actionsObject": "un objeto: Flex Actions por su nombre",
  "FlexThrottleSays.routesList": "una lista de llamadas HTTP",
  "FlexThrottleSays.limitsList": "una lista de uno o más límites, cada uno de {{names}}",
  "FlexThrottleSays.address": "una dirección https:// sin ? ni #, con * para cualquier serie de caracteres",

  FlexThrottleQueuedJoins: "{{count}} chats esperan su turno",
  FlexThrottleQueuedJoin: "{{count}} chat espera su turno",
  FlexThrottleQueuedCalls: "{{count}} solicitudes esperan su turno",
  FlexThrottleQueuedCall: "{{count}} solicitud espera su turno",
  FlexThrottleNextIn: "siguiente en {{seconds}} s",
  FlexThrottleNextAndLastIn: "siguiente en {{seconds}} s, fin en unos {{lastSeconds}} s",
  FlexThrottleLimitedJoins: "Twilio limita la rapidez con que se entra en los chats; {{count}} esperan.",
  FlexThrottleLimitedJoin: "Twilio limita la rapidez con que se entra en los chats; {{count}} espera.",
  FlexThrottleLimitedCalls: "Twilio limita la rapidez de las solicitudes; {{count}} esperan.",
  FlexThrottleLimitedCall: "Twilio limita la rapidez de las solicitudes; {{count}} espera.",
  FlexThrottleRetryingIn: "Nuevo intento en {{seconds}} s, no se pierde nada.",
  FlexThrottleRetryingNow: "Nuevo intento en curso, no se pierde nada.",
  FlexThrottleGivenUpIn: "Se abandonará en {{seconds}} s si su turno no llega antes.",
  FlexThrottleRetryNow: "Intentar ahora",
  FlexThrottleGiveUp: "Abandonar",
  FlexThrottleGiveUpNamed: "Abandonar: {{call}}",
  FlexThrottleGivenUpJoin: "Usted no está en el chat con {{customer}}.",
  FlexThrottleGivenUpCall: "{{call}}: se abandonó y no se envió. Hágalo de nuevo si aún hace falta.",
  FlexThrottleRefusedFull:
    "{{call}}: no se envió, ya esperan demasiadas solicitudes. Espere un momento y vuelva a intentarlo.",
  FlexThrottleRefusedTimeout: "{{call}}: no se envió, su turno no llegó a tiempo. Vuelva a intentarlo.",
  FlexThrottleRefusedReject:
    "{{call}}: no se envió, el límite está agotado por ahora. Vuelva a intentarlo en {{seconds}} s.",
  FlexThrottleRefusedAccept:
    "Un chat no se aceptó: el límite está agotado por ahora. Acéptelo de nuevo en {{seconds}} s.",
  FlexThrottleRefusedCapacity:
    "Un Flex Flow no se creó: la cuenta ya tiene todos los que puede tener. Elimine uno primero.",
  FlexThrottleRefusedByTwilio: "{{call}}: Twilio lo rechazó demasiadas veces. Vuelva a intentarlo en un minuto.",
  FlexThrottleDeferredDone: "{{action}} se ejecutó.",
  FlexThrottleDeferredDoneMany: "Se ejecutaron {{count}} Actions aplazadas: {{actions}}.",
  FlexThrottleDeferredFailed: "{{action}} se ejecutó más tarde, pero falló. Vuelva a intentarlo.",
  FlexThrottleActionTimeout: "{{action}} no se ejecutó: su turno no llegó a tiempo. Vuelva a intentarlo.",
  FlexThrottleDeferredLost:
    "{{action}} esperaba su turno cuando se recargó esta página y no se ejecutó. Hágalo de nuevo si aún hace falta.",
  FlexThrottleSettingsProblems:
    "Flex Throttle: {{count}} de sus ajustes no se entienden; para ellos valen los predeterminados.",
  FlexThrottleSettingsProblem: "Flex Throttle: uno de sus ajustes no se entiende; para él vale el predeterminado.",
  FlexThrottleCapacityNear:
    "Esta cuenta tiene {{count}} de un máximo de {{max}} Flex Flows. Elimine los que ya no necesite antes de que se rechacen los nuevos.",

  FlexThrottleWaitingCalls: "{{count}} solicitudes a Twilio en espera",
  FlexThrottleWaitingCall: "{{count}} solicitud a Twilio en espera",
  FlexThrottleJoinChatWith: "Entrar en el chat con {{customer}}",
  FlexThrottleSomeCustomer: "un cliente",
  FlexThrottleCallReadFlows: "Leer los Flex Flows",
  FlexThrottleCallChangeFlows: "Cambiar los Flex Flows",
  FlexThrottleCallReadChats: "Leer los chats",
  FlexThrottleCallOpenChat: "Abrir un chat",
  FlexThrottleCallChangeChat: "Cambiar un chat",
  FlexThrottleCallAddMember: "Añadir a alguien a un chat",
  FlexThrottleWaitsForTurn: "Espera su turno, unos {{seconds}} s",
  FlexThrottleWaitsForTwilio: "Twilio lo limita, unos {{seconds}} s",
  FlexThrottleAndMore: "y {{count}} más",
  FlexThrottleCancel: "Cancelar",
  FlexThrottleCancelNamed: "Cancelar: {{call}}",
  FlexThrottleBeingSent: "Se está enviando.",
  FlexThrottleAllDone: "No queda nada en espera.",
  FlexThrottleAlertMe: "Avisarme cuando un cliente espere y esta pestaña esté oculta",
  FlexThrottleAlert:
    "Un cliente espera desde hace más de {{seconds}} segundos. Seleccione este aviso para volver a Flex.",

  FlexThrottleJoiningIn: "Entrará en {{seconds}} s",
  FlexThrottleJoiningLimited:
    "Twilio limita la rapidez con que se entra en los chats. Entrará en {{seconds}} s, no se pierde nada.",
  FlexThrottleNotJoined: "Usted no está en este chat.",
  FlexThrottleNotJoinedShort: "Fuera del chat",
  FlexThrottleJoinNow: "Entrar ahora",
};

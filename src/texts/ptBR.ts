/** The texts in Brazilian Portuguese. */

import { Translation } from "./en";

export const PT_BR: Translation = {
  "FlexThrottleSays.problem": "{{path}}: {{found}}; o esperado é {{expected}}.",
  "FlexThrottleSays.missing": "ausente",
  "FlexThrottleSays.unknown": "desconhecido",
  "FlexThrottleSays.unusable": "nome reservado",
  "FlexThrottleSays.anotherName": "outro nome",
  "FlexThrottleSays.oneOf": "um de {{names}}",
  "FlexThrottleSays.number": "um número acima de 0, no máximo {{most}}",
  "FlexThrottleSays.count": "um número inteiro, 1 ou mais",
  "FlexThrottleSays.countUpTo": "um número inteiro de 1 a {{most}} (a taxa do próprio limite)",
  "FlexThrottleSays.trueOrFalse": "true ou false",
  "FlexThrottleSays.object": "um objeto: {{keys}}",
  "FlexThrottleSays.limitsObject": "um objeto cujas chaves são os limites da página da Twilio",
  "FlexThrottleSays.actionsObject": "um objeto cujas chaves são nomes de Flex Actions",
  "FlexThrottleSays.routesList": "uma lista de rotas",
  "FlexThrottleSays.limitsList": "uma lista de um ou mais limites, cada um deles um de {{names}}",
  "FlexThrottleSays.address": "uma URL https:// sem consulta nem fragmento (* corresponde a quaisquer caracteres)",

  FlexThrottleQueuedJoins: {
    one: "{{count}} chat aguarda sua entrada",
    other: "{{count}} chats aguardam sua entrada",
  },
  FlexThrottleQueuedCalls: {
    one: "{{count}} solicitação aguarda envio",
    other: "{{count}} solicitações aguardam envio",
  },
  FlexThrottleNextIn: "continua em {{seconds}} s",
  FlexThrottleNextAndLastIn: "continua em {{seconds}} s, termina em cerca de {{lastSeconds}} s",
  FlexThrottleLimitedJoins: "A Twilio está limitando as entradas em chats; {{count}} aguardando.",
  FlexThrottleLimitedCalls: "A Twilio está limitando as solicitações; {{count}} aguardando.",
  FlexThrottleRetryingIn: "Nova tentativa em {{seconds}} s. Nada se perde.",
  FlexThrottleRetryingNow: "Nova tentativa em andamento. Nada se perde.",
  FlexThrottleGivenUpIn: "Será cancelado em {{seconds}} s se não for enviado antes.",
  FlexThrottleRetryNow: "Tentar agora",
  FlexThrottleGiveUp: "Cancelar",
  FlexThrottleGiveUpNamed: "Cancelar: {{call}}",
  FlexThrottleGiveUpJoin: "Cancelar: chat com {{customer}}",
  FlexThrottleGivenUpJoin: "Você não está no chat com {{customer}}.",
  FlexThrottleGivenUpCall: "{{call}}: cancelado, não enviado. Repita se ainda for necessário.",
  FlexThrottleRefusedFull:
    "{{call}}: não enviado porque há muitas solicitações aguardando. Aguarde um momento e tente de novo.",
  FlexThrottleRefusedTimeout: "{{call}}: não enviado porque o tempo de espera foi longo demais. Tente de novo.",
  FlexThrottleRefusedReject: "{{call}}: não enviado porque o limite foi atingido. Tente de novo em {{seconds}} s.",
  FlexThrottleRefusedAccept: "Um chat não foi aceito porque o limite foi atingido. Aceite-o de novo em {{seconds}} s.",
  FlexThrottleRefusedCapacity: "Um Flex Flow não foi criado porque a conta atingiu o máximo. Exclua um primeiro.",
  FlexThrottleRefusedByTwilio:
    "{{call}}: falhou porque a Twilio está limitando as solicitações. Tente de novo em um minuto.",
  FlexThrottleDeferredDone: "{{action}} foi executada.",
  FlexThrottleDeferredDoneMany: "{{count}} Actions adiadas foram executadas: {{actions}}.",
  FlexThrottleDeferredFailed: "{{action}} foi adiada, depois executada e falhou. Tente de novo.",
  FlexThrottleActionTimeout: "{{action}} não foi executada porque o tempo de espera foi longo demais. Tente de novo.",
  FlexThrottleDeferredLost:
    "{{action}} não foi executada porque a página foi recarregada antes. Repita se ainda for necessário.",
  FlexThrottleSettingsProblems: {
    one: "Flex Throttle: {{count}} configuração é inválida. O valor padrão está em uso.",
    other: "Flex Throttle: {{count}} configurações são inválidas. Os valores padrão estão em uso.",
  },
  FlexThrottleCapacityNear:
    "Esta conta tem {{count}} de no máximo {{max}} Flex Flows. Exclua os que não são mais usados antes que novos sejam rejeitados.",

  FlexThrottleWaitingCalls: {
    one: "{{count}} solicitação à Twilio aguardando",
    other: "{{count}} solicitações à Twilio aguardando",
  },
  FlexThrottleJoinChatWith: "Entrar no chat com {{customer}}",
  FlexThrottleSomeCustomer: "um cliente",
  FlexThrottleCallReadFlows: "Leitura dos Flex Flows",
  FlexThrottleCallChangeFlows: "Alteração dos Flex Flows",
  FlexThrottleCallReadChats: "Leitura dos chats",
  FlexThrottleCallOpenChat: "Abertura de um chat",
  FlexThrottleCallChangeChat: "Alteração de um chat",
  FlexThrottleCallAddMember: "Inclusão de alguém em um chat",
  FlexThrottleWaitsForTurn: "Aguardando a vez (cerca de {{seconds}} s)",
  FlexThrottleWaitsForTwilio: "Limitado pela Twilio (cerca de {{seconds}} s)",
  FlexThrottleAndMore: "e mais {{count}}",
  FlexThrottleCancel: "Cancelar",
  FlexThrottleCancelNamed: "Cancelar: {{call}}",
  FlexThrottleBeingSent: "Enviando agora.",
  FlexThrottleAllDone: "Nenhuma solicitação aguardando.",
  FlexThrottleAlertMe: "Avisar quando um cliente estiver aguardando e esta aba estiver oculta",
  FlexThrottleAlert: "Um cliente aguarda há mais de {{seconds}} segundos. Clique para voltar ao Flex.",

  FlexThrottleJoiningIn: "Entrada no chat em {{seconds}} s",
  FlexThrottleJoiningLimited:
    "A Twilio está limitando as entradas em chats. Entrada no chat em {{seconds}} s. Nada se perde.",
  FlexThrottleNotJoined: "Você não está neste chat.",
  FlexThrottleNotJoinedShort: "Fora do chat",
  FlexThrottleJoinNow: "Entrar agora",
};

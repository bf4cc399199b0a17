/** The texts for admins and supervisors in French. */

import type { AdminTranslation } from "./en";

export const FR_ADMIN: AdminTranslation = {
  // The limits view
  FlexThrottleViewTitle: "Limites",
  FlexThrottleViewNote:
    "Ces chiffres concernent ce navigateur depuis le chargement de la page ; «\u202fHistorique\u202f» et «\u202fObservé\u202f» incluent les chargements précédents.",
  FlexThrottleViewModeEnforce:
    "Mode «\u202fenforce\u202f» : les appels au-delà de la limite sont mis en file d’attente ; ceux qui reçoivent un 429 sont retentés.",
  FlexThrottleViewModeObserve:
    "Mode «\u202fobserve\u202f» : aucun appel n’est retardé. Le plugin mesure quels appels auraient attendu.",
  FlexThrottleViewModeOff: "Mode «\u202foff\u202f» : les appels ne sont ni retardés ni mesurés.",
  FlexThrottleViewDisabled:
    "Le plugin s’est désactivé après plusieurs erreurs. Rechargez cette page pour l’activer. La console du navigateur affiche les erreurs.",
  FlexThrottleViewExport: "Pour le support",
  FlexThrottleViewExportNote:
    "Tout ce qui figure sur cette page et les 1\u202f000 dernières décisions, sans données client.",
  FlexThrottleViewCopy: "Copier le JSON",
  FlexThrottleViewSettings: "Paramètres",
  FlexThrottleFormTitle: "Paramètres",
  FlexThrottleViewNoProblems: "Tous les paramètres sont valides.",
  FlexThrottleViewRates: "Appels par seconde",
  FlexThrottleViewLimit: "Limite",
  FlexThrottleViewUse: "5 dernières minutes",
  FlexThrottleViewPlot: "Jusqu’à {{peak}} par seconde, {{now}} maintenant",
  FlexThrottleViewEnlarge: "Agrandir",
  FlexThrottleViewPlotValue: "{{time}} : jusqu’à {{peak}}/s sur {{rate}}/s ; 429 : {{throttled}}",
  FlexThrottleViewPlotPaused: "en pause",
  FlexThrottleViewPlotFrom: "il y a 5 min",
  FlexThrottleViewPlotTo: "maintenant",
  FlexThrottleViewConfigured: "Configuré",
  FlexThrottleViewAdaptiveRate: "Débit adaptatif",
  FlexThrottleViewWaiting: "En file d’attente",
  FlexThrottleViewLongestWait: "Attente la plus longue",
  FlexThrottleViewThrottled: "429 dans la dernière heure",
  FlexThrottleViewCooling: "En pause jusqu’à",
  FlexThrottleViewCoolingFor: "{{time}} ({{seconds}} s)",
  FlexThrottleViewSeconds: "{{seconds}} s",
  FlexThrottleViewUnused: "Pas encore utilisée",
  FlexThrottleViewShowAll: "Afficher les {{count}} limites",
  FlexThrottleViewShowUsed: "Afficher seulement les limites utilisées",
  FlexThrottleViewLegend:
    "Barres : maximum d’appels envoyés en une seconde. Ligne pointillée : débit configuré. Ligne rouge : débit adaptatif après un 429. Repères rouges : 429. Zone grisée : pause. Heures et valeurs : pointez un graphique, ou agrandissez-le et utilisez les touches fléchées.",
  FlexThrottleViewTwilioPage: "Page de Twilio sur ces limites",
  FlexThrottleViewBudget: "Budget du compte",
  "FlexThrottleViewBudget.off":
    "Désactivé : ce navigateur respecte les limites de son côté. Tous les navigateurs réunis peuvent les dépasser. L’option est dans l’onglet «\u202fParamètres\u202f».",
  "FlexThrottleViewBudget.live":
    "Actif depuis {{time}} : les navigateurs de tous les agents partagent les limites via Twilio Sync.",
  "FlexThrottleViewBudget.unused":
    "Activé : ce navigateur se connecte à Twilio Sync quand il en a besoin pour la première fois.",
  "FlexThrottleViewBudget.degraded":
    "Dégradé depuis {{time}} : ce navigateur respecte les limites de son côté jusqu’à ce que Twilio Sync soit de nouveau disponible.",
  "FlexThrottleViewBudgetProblem.disconnected":
    "Pas de connexion à Twilio Sync. Si Flex fonctionne par ailleurs, vérifiez si un proxy ou un pare-feu bloque wss://tsock.us1.twilio.com.",
  "FlexThrottleViewBudgetProblem.slow":
    "Twilio Sync n’a pas répondu en 2 secondes. Vérifiez le réseau de cet ordinateur et status.twilio.com.",
  "FlexThrottleViewBudgetProblem.tokenRejected":
    "Twilio Sync a rejeté le jeton de cet agent. Le prochain sera essayé. Si cela dure, déconnectez-vous puis reconnectez-vous.",
  "FlexThrottleViewBudgetProblem.tooManyWrites":
    "Trop d’écritures dans Twilio Sync (erreur 54009). Après une rafale, cela se résout seul. Si cela se produit chaque jour, trop d’agents lancent des appels en même temps pour un seul budget.",
  "FlexThrottleViewBudgetProblem.forbidden":
    "Le contrôle d’accès du service Sync l’interdit (erreur 54007). Définissez son ACLEnabled sur false ou accordez à chaque agent «\u202fread\u202f» et «\u202fwrite\u202f» sur les listes dont le nom commence par «\u202fflex-throttle.\u202f».",
  "FlexThrottleViewBudgetProblem.failed":
    "Une autre erreur ; la console du navigateur l’affiche. Pour le support, copiez le JSON ci-dessous.",
  FlexThrottleViewBudgetLegend:
    "Tous les navigateurs qui partagent le budget (période : {{minutes}} min), selon ce que sait ce navigateur ; seulement les limites qu’il a utilisées.",
  FlexThrottleViewBudgetPacedBy: "Régulé par",
  FlexThrottleViewBudgetByAccount: "Compte",
  FlexThrottleViewBudgetByBrowser: "Ce navigateur",
  FlexThrottleViewBudgetStarts: "Départs",
  FlexThrottleViewBudgetWaiting: "En attente",
  FlexThrottleViewBudgetAgents: "Agents",
  FlexThrottleViewFlowsListed: "{{count}} sur {{max}} au maximum à la dernière lecture de la liste, à {{time}}.",
  FlexThrottleViewFlowsSeen: "Au moins {{count}} sur {{max}} au maximum. La liste complète n’a pas encore été lue.",
  FlexThrottleViewFlowsUnknown:
    "Pas encore connu ; {{max}} au maximum. Le décompte se fait quand ce navigateur lit la liste.",
  FlexThrottleViewHistory: "Historique",
  FlexThrottleViewHistoryLegend: "Les 14 derniers jours dans ce navigateur, en heure locale.",
  FlexThrottleViewHistoryFrom: "il y a 14 jours",
  FlexThrottleViewHistoryValue: "{{time}} : départs : {{starts}} ; 429 : {{throttled}} ; non envoyés : {{dropped}}",
  FlexThrottleViewHistoryEmpty: "Aucun appel au cours des 14 derniers jours.",
  FlexThrottleViewByDay: "Par jour",
  FlexThrottleViewByHour: "Par heure",
  FlexThrottleViewWaits: "Avec attente",
  FlexThrottleViewWaitTotal: "Attente totale",
  FlexThrottleViewThrottledAll: "429",
  FlexThrottleViewDropped: "Non envoyés",
  FlexThrottleViewEvents: "Dernières décisions",
  FlexThrottleViewEventsAll: "Toutes",
  FlexThrottleViewEventsProblems: "Problèmes seulement",
  FlexThrottleViewEventsNone: "Aucune pour l’instant.",
  FlexThrottleViewEventsShown: "Les {{shown}} dernières sur {{count}}. Les téléchargements les contiennent toutes.",
  FlexThrottleViewTime: "Moment",
  FlexThrottleViewNumber: "N°",
  FlexThrottleViewOneCall: "Seulement l’appel {{number}}",
  FlexThrottleViewRequest: "Appel",
  FlexThrottleViewLimits: "Limites consommées",
  FlexThrottleViewOutcome: "Résultat",
  FlexThrottleViewWaited: "Attente",
  FlexThrottleViewAttempt: "Tentative",
  FlexThrottleViewReason: "Raison",
  FlexThrottleOutcomeSent: "Envoyé",
  FlexThrottleOutcomeRetried: "429, nouvelle tentative",
  FlexThrottleOutcomeThrottled: "429, transmis à l’appelant",
  FlexThrottleOutcomeDropped: "Non envoyé",
  FlexThrottleOutcomeAborted: "Plus nécessaire",
  FlexThrottleOutcomeDeferred: "Différé",
  FlexThrottleOutcomeDeferredDone: "Différé, puis exécuté",
  FlexThrottleOutcomeDeferredFailed: "Différé, puis échoué",
  FlexThrottleOutcomeDeferredLost: "Différé, perdu au rechargement",
  FlexThrottleOutcomeSettings: "Paramètres lus",
  FlexThrottleReasonRejected: "Limite atteinte",
  FlexThrottleReasonQueueFull: "File d’attente pleine",
  FlexThrottleReasonTimeout: "Attente trop longue",
  FlexThrottleReasonCapacity: "Maximum de Flex Flows atteint",
  FlexThrottleReasonCanceled: "Annulé",
  FlexThrottleViewObserved: "Observé",
  FlexThrottleViewObservedSince:
    "Depuis {{time}} ; mesuré pendant {{hours}} h {{minutes}} min, avec Flex ouvert en mode «\u202fobserve\u202f».",
  FlexThrottleViewObservedNothing: "Aucun appel pour l’instant.",
  FlexThrottleViewRequests: "Appels",
  FlexThrottleViewPeak: "Maximum par seconde",
  FlexThrottleViewWouldWait: "Auraient attendu",
  FlexThrottleViewWait95: "Attente, 95e centile",
  FlexThrottleViewLongestQueue: "File la plus longue",
  FlexThrottleViewThrottledWithin: "429 dans la limite",
  FlexThrottleSuggestEnforce: "Passez au mode «\u202fenforce\u202f». Appels qui auraient attendu : {{wouldWait}}.",
  FlexThrottleSuggestEnforceThrottled: "429 qui auraient été retentés : {{throttled}}.",
  FlexThrottleSuggestMore:
    "{{limit}} : {{perSecond}} appels sont passés en une seconde sans 429 ; {{configured}} sont configurés. Si Twilio a relevé cette limite, configurez le nouveau débit.",
  FlexThrottleSuggestOthers:
    "{{limit}} : 429 bien que ce navigateur ait respecté la limite : {{throttled}}. D’autres clients l’utilisent aussi. Le plugin s’adapte seul.",
  FlexThrottleSuggestWait:
    "L’attente la plus longue aurait été de {{seconds}} s. Réglez l’attente maximale sur {{maxWaitSeconds}} s.",
  FlexThrottleSuggestQueue:
    "Jusqu’à {{longest}} appels auraient été en file d’attente en même temps. Réglez la longueur maximale de la file d’attente sur {{maxLength}}.",
  FlexThrottleViewSuggested: "Recommandations",
  FlexThrottleViewCopied: "Copié.",
  FlexThrottleViewCopyFailed: "Copie bloquée par le navigateur.",
  FlexThrottleViewDownload: "Télécharger le JSON",
  FlexThrottleViewDownloadLimits: "Télécharger les limites (CSV)",
  FlexThrottleViewDownloadEvents: "Télécharger les décisions (CSV)",
  FlexThrottleViewDownloadHistory: "Télécharger l’historique (CSV)",
  FlexThrottleViewStartOver: "Recommencer",
  FlexThrottleViewStartOverAsk: "Abandonner toutes les mesures ?",
  FlexThrottleViewStartOverYes: "Abandonner",
  FlexThrottleViewStartOverNo: "Conserver",

  // The settings form
  FlexThrottleFormIntro:
    "Le formulaire part des paramètres actifs. Rien ne change tant qu’un admin n’exécute pas la commande ci-dessous.",
  FlexThrottleFormAsForm: "Formulaire",
  FlexThrottleFormAsJson: "JSON",
  FlexThrottleFormJsonHelp:
    'La valeur de flexThrottle, avec ou sans {"flexThrottle": …} autour. Les commentaires sont permis.',
  FlexThrottleFormNotJson: "JSON non valide à la ligne {{line}}, colonne {{column}} ; attendu : {{expected}}.",
  "FlexThrottleFormJson.value": "un texte entre guillemets doubles, un nombre, true, false, null, { ou [",
  "FlexThrottleFormJson.name": "un nom entre guillemets doubles",
  "FlexThrottleFormJson.:": "deux-points",
  "FlexThrottleFormJson.}": "une virgule ou }",
  "FlexThrottleFormJson.]": "une virgule ou ]",
  "FlexThrottleFormJson.end": "rien de plus",
  FlexThrottleFormProblems: { one: "{{count}} saisie non valide", other: "{{count}} saisies non valides" },
  FlexThrottleFormNoProblems: "Toutes les saisies sont valides",
  FlexThrottleFormIncomplete: "Le nouvel élément est incomplet",
  FlexThrottleFormInvalid: "Saisies non valides",
  FlexThrottleFormShow: "Afficher dans le formulaire",
  FlexThrottleFormExpected: "{{found}} ; attendu : {{expected}}.",
  FlexThrottleFormNoLimit: "Sélectionnez au moins une limite.",
  FlexThrottleFormUnknownLimit: "{{found}} n’est pas une limite. Décochez la case.",
  FlexThrottleFormChanges: {
    one: "{{count}} modification des paramètres actifs",
    other: "{{count}} modifications des paramètres actifs",
  },
  FlexThrottleFormNoChanges: "Aucune modification des paramètres actifs",
  FlexThrottleFormLiveChanged:
    "Les paramètres actifs ont changé. Vos saisies sont conservées et comparées aux nouveaux.",
  FlexThrottleFormRestored: "Vos saisies sont restaurées, mais pas encore actives.",
  FlexThrottleFormStartAgain: "Revenir aux paramètres actifs",
  FlexThrottleFormStartAgainAsk: "Abandonner toutes vos saisies ?",
  FlexThrottleFormKeep: "Conserver mes saisies",
  FlexThrottleFormDefault: "Par défaut : {{value}}",
  FlexThrottleFormAsOthers: "Comme tous les appels : {{value}}",
  FlexThrottleFormReset: "Rétablir la valeur par défaut : {{value}}",
  FlexThrottleFormAdvanced: "Avancé",
  FlexThrottleFormChoose: "Choisir…",
  FlexThrottleFormOfLimit: "{{limit}} : {{setting}}",
  FlexThrottleFormAddAction: "Ajouter une Flex Action",
  FlexThrottleFormAddRoute: "Ajouter un appel HTTP",
  FlexThrottleFormNameTaken: "Ce nom est déjà utilisé.",
  FlexThrottleFormRemove: "Supprimer",
  FlexThrottleFormRemoveNamed: "Supprimer {{name}}",
  FlexThrottleFormNumbered: "{{name}} {{number}}",
  FlexThrottleFormDifference: "Modifications des paramètres actifs",
  FlexThrottleFormSetting: "Paramètre",
  FlexThrottleFormLive: "Actif",
  FlexThrottleFormNew: "Nouveau",
  FlexThrottleFormNotWritten: "non défini",
  FlexThrottleFormJson: "JSON à appliquer",
  FlexThrottleFormCommand: "Commande à exécuter",
  FlexThrottleFormFixFirst: "Complétez ou corrigez d’abord les saisies. Le JSON et la commande apparaîtront ici.",
  FlexThrottleFormCopyJson: "Copier le JSON",
  FlexThrottleFormCopyCommand: "Copier la commande",
  FlexThrottleFormDownload: "Télécharger {{file}}",
  FlexThrottleFormCommandHelp:
    "Exécutez-la dans le dossier du téléchargement. Remplacez {{path}} par le dossier source du plugin. Définissez {{account}} et {{token}} ou connectez-vous avec la CLI de Twilio. Elle demande confirmation avant d’écrire.",
  FlexThrottleFormOverruled:
    "Certains paramètres actifs viennent de l’appConfig de cette page ou d’un plugin. La commande ne les modifie pas.",

  // Titles of settings
  "FlexThrottleSetting.mode.title": "Mode",
  "FlexThrottleSetting.onBurst.title": "Si la limite est atteinte",
  "FlexThrottleSetting.limits.title": "Limites",
  "FlexThrottleSetting.limits.Flex Flows.title": "Flex Flows",
  "FlexThrottleSetting.limits.Flex Flows.max.title": "Maximum",
  "FlexThrottleSetting.limits.*.title": "Limite",
  "FlexThrottleSetting.limits.*.perSecond.title": "Appels par seconde",
  "FlexThrottleSetting.limits.*.burst.title": "Rafale",
  "FlexThrottleSetting.actions.title": "Flex Actions",
  "FlexThrottleSetting.actions.*.title": "Flex Action",
  "FlexThrottleSetting.actions.*.limits.title": "Limites consommées",
  "FlexThrottleSetting.actions.*.label.title": "Libellé",
  "FlexThrottleSetting.actions.*.onBurst.title": "Si la limite est atteinte",
  "FlexThrottleSetting.routes.title": "Appels HTTP",
  "FlexThrottleSetting.routes.*.title": "Appel HTTP",
  "FlexThrottleSetting.routes.*.method.title": "Méthode",
  "FlexThrottleSetting.routes.*.url.title": "URL",
  "FlexThrottleSetting.routes.*.limits.title": "Limites consommées",
  "FlexThrottleSetting.queue.title": "File d’attente",
  "FlexThrottleSetting.queue.maxLength.title": "Longueur maximale de la file d’attente",
  "FlexThrottleSetting.queue.maxWaitSeconds.title": "Attente maximale en secondes",
  "FlexThrottleSetting.account.title": "Budget du compte",
  "FlexThrottleSetting.account.budget.title": "Un budget pour tout le compte",
  "FlexThrottleSetting.account.guard.title": "Marge de sécurité",
  "FlexThrottleSetting.account.service.title": "Service Sync",
  "FlexThrottleSetting.telemetry.title": "Télémétrie",

  // Descriptions of settings
  "FlexThrottleSetting.mode.description":
    "«\u202fenforce\u202f» maintient les appels dans les limites, «\u202fobserve\u202f» les mesure seulement, «\u202foff\u202f» n’intervient pas.",
  "FlexThrottleSetting.onBurst.description":
    "Au-delà de la limite, «\u202fqueue\u202f» envoie un appel à son tour, «\u202fdefer\u202f» termine une Flex Action tout de suite et l’exécute à son tour, «\u202freject\u202f» termine l’appel par une erreur.",
  "FlexThrottleSetting.limits.description":
    "Définissez seulement les limites que Twilio a modifiées pour votre compte.",
  "FlexThrottleSetting.limits.Flex Flows.max.description":
    "Nombre de Flex Flows autorisés. Les admins sont avertis à l’approche de ce nombre. Une fois atteint, les nouveaux sont refusés.",
  "FlexThrottleSetting.limits.*.description": "Pour tout votre compte.",
  "FlexThrottleSetting.limits.*.perSecond.description": "0.5 correspond à un appel toutes les deux secondes.",
  "FlexThrottleSetting.limits.*.burst.description":
    "Nombre d’appels qui peuvent démarrer en même temps, au maximum le débit. Par défaut : le débit arrondi à l’entier inférieur, au moins 1.",
  "FlexThrottleSetting.actions.description":
    "Flex Actions, y compris d’autres plugins. Chaque exécution consomme un appel de chacune de ses limites.",
  "FlexThrottleSetting.actions.*.label.description": "Ce que lisent les agents à la place du nom de l’Action.",
  "FlexThrottleSetting.routes.description":
    "Appels HTTP qui ne sont pas de Twilio, comme à vos Functions. Chacun consomme un appel de chacune de ses limites.",
  "FlexThrottleSetting.routes.*.url.description":
    "Sans paramètres ni fragment. * remplace une suite quelconque de caractères.",
  "FlexThrottleSetting.queue.maxLength.description": "Dans le navigateur d’un agent. Les autres appels sont refusés.",
  "FlexThrottleSetting.queue.maxWaitSeconds.description":
    "Les appels qui attendent plus longtemps expirent. La connexion à un chat attend tant que dure sa réservation.",
  "FlexThrottleSetting.account.budget.description":
    "«\u202fsync\u202f» : les navigateurs de tous les agents partagent les limites via Twilio Sync.",
  "FlexThrottleSetting.account.guard.description":
    "Fraction dont la fenêtre d’une seconde est prolongée à 10 appels par seconde, au maximum 0.5. Plus signifie moins de 429 et moins d’appels.",
  "FlexThrottleSetting.account.service.description":
    "SID du service Sync dans les jetons des agents, si ce n’est pas celui par défaut du compte.",
  "FlexThrottleSetting.telemetry.description":
    "Envoie des comptages pseudonymes de ce que la régulation a fait avec la télémétrie des plugins de Flex.",
};

/** The texts that exist in English only, because the bundle has no room for their translations. docs/admins.md lists them. */

import { settingTexts } from "./settingTexts";

export const EN_ONLY = {
  "FlexThrottleViewBudgetProblem.tooManyWrites":
    "Twilio Sync rejected writes as too many (error 54009). After a burst this passes by itself. If it happens daily, more agents start calls at once than one budget can serve.",
  "FlexThrottleViewBudgetProblem.forbidden":
    "Access control of the Sync service forbids it (error 54007). Set ACLEnabled of the account's default Sync service to false, or grant the identity of each agent “read” and “write” on the lists whose names start with “flex-throttle.”.",
  FlexThrottleSuggestMore:
    "{{limit}}: {{perSecond}} calls passed in one second without a 429; {{configured}} are configured. If Twilio has raised this limit for your account, configure the new rate.",
  FlexThrottleSuggestOthers:
    "{{limit}}: 429s although this browser kept the limit: {{throttled}}. Other clients use this limit too. The plugin adapts its rate; nothing needs to be set.",
  FlexThrottleSuggestWait:
    "The longest wait would have been {{seconds}} s. Set the maximum wait to {{maxWaitSeconds}} s so that calls do not expire first.",
  FlexThrottleSuggestQueue:
    "Up to {{longest}} calls would have been queued at once. Set the maximum queue length to {{maxLength}} so that none is rejected.",
  FlexThrottleFormAsJson: "JSON",
  FlexThrottleFormJsonHelp: 'The value of flexThrottle. Comments are allowed, and so is {"flexThrottle": …} around it.',
  FlexThrottleFormNotJson: "Invalid JSON at line {{line}}, column {{column}}; expected {{expected}}.",
  "FlexThrottleFormJson.value": "a text in double quotes, a number, true, false, null, { or [",
  "FlexThrottleFormJson.name": "a name in double quotes",
  "FlexThrottleFormJson.:": "a colon",
  "FlexThrottleFormJson.}": "a comma or }",
  "FlexThrottleFormJson.]": "a comma or ]",
  "FlexThrottleFormJson.end": "nothing more",
  FlexThrottleFormNumbered: "{{name}} {{number}}",
  FlexThrottleFormCommandHelp:
    "Run it where the download is. Replace {{path}} with the plugin's source folder. Set {{account}} and {{token}} in the environment, or sign in with the Twilio CLI. It shows the changes and asks before it writes.",
  FlexThrottleFormOverruled:
    "Some live settings come from this page's appConfig or from a plugin. The command does not change them.",
  ...settingTexts("description"),
} as const;

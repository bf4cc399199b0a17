// The Flex configuration of the account, in the format of Twilio's Configuration API.

import type { Account } from "../account";
import { activitySid } from "../taskrouter/activities";
import { stableSid } from "../sids";
import { flexVersion } from "./flexPackage";

export function defaultConfiguration(account: Account): Record<string, unknown> {
  const now = new Date().toISOString();
  const version = flexVersion();
  return {
    account_sid: account.sid,
    attributes: {},
    call_recording_enabled: false,
    call_recording_webhook_url: null,
    chat_service_instance_sid: account.chatServiceSid,
    crm_attributes: null,
    crm_callback_url: null,
    crm_enabled: false,
    crm_fallback_url: null,
    crm_type: null,
    date_created: now,
    date_updated: now,
    debugger_integration: { enabled: false },
    features_enabled: [],
    flex_insights_drilldown: false,
    flex_insights_hr: null,
    flex_service_instance_sid: account.flexServiceSid,
    flex_url: null,
    integrations: [],
    markdown: { enabled: false, mode: "readOnly" },
    messaging_service_instance_sid: stableSid("MG", "messaging service"),
    notifications: { enabled: false, mode: "whenNotInFocus" },
    outbound_call_flows: { default: { enabled: false } },
    plugin_service_attributes: null,
    plugin_service_enabled: true,
    public_attributes: {},
    queue_stats_configuration: null,
    runtime_domain: "stand-in-0000.twil.io",
    service_version: version,
    serverless_service_sids: [],
    status: "ok",
    ...taskRouterSettings(account),
    ui_attributes: { version_compatibility: "yes" },
    ui_dependencies: {},
    ui_language: "en-US",
    ui_version: version,
    url: "https://flex-api.twilio.com/v1/Configuration",
    wfm_integrations: [],
    worker_attributes: {},
  };
}

function taskRouterSettings(account: Account): Record<string, unknown> {
  return {
    taskrouter_offline_activity_sid: activitySid("Offline"),
    taskrouter_skills: [],
    taskrouter_target_taskqueue_sid: stableSid("WQ", "Everyone"),
    taskrouter_target_workflow_sid: stableSid("WW", "Assign to Anyone"),
    taskrouter_taskqueues: [],
    taskrouter_worker_attributes: null,
    taskrouter_worker_channels: {},
    taskrouter_workspace_sid: account.workspaceSid,
  };
}

// Flex Flows in Flex's REST API. Their number is limited: a capacity limit, so retrying later does not help.

import { ApiError, type Account, type FlexFlow } from "../account";
import { newSid } from "../sids";
import { listAnswer } from "./lists";
import { invalid, notFound, required, requiredSid, twilioDate, type ResourceRequest, type Resource } from "./resource";

const channelTypes = ["web", "sms", "facebook", "whatsapp", "line", "custom"];
const integrationTypes = ["studio", "external", "task"];

/** Twilio documents no code for this limit; 45207 is one of its codes for other capacity limits. */
const CAPACITY_REACHED = 45207;

export const listFlexFlows: Resource = ({ account, query, base }) => {
  const named = query.get("FriendlyName");
  const flows = [...account.flexFlows.values()].filter((flow) => named === null || flow.friendlyName === named);
  return listAnswer(
    "flex_flows",
    flows.map((flow) => toJson(flow, account, base)),
    query,
    `${base}/FlexFlows`,
  );
};

export const fetchFlexFlow: Resource = (request) => ({
  status: 200,
  body: toJson(findFlow(request), request.account, request.base),
});

export const createFlexFlow: Resource = ({ account, gate, form, base }) => {
  const max = gate.limit("Flex Flows");
  if (account.flexFlows.size >= max) {
    throw new ApiError(400, CAPACITY_REACHED, `The account has reached its maximum of ${max} Flex Flows`);
  }
  const now = new Date().toISOString();
  const flow: FlexFlow = {
    sid: newSid("FO"),
    friendlyName: required(form, "FriendlyName"),
    channelType: required(form, "ChannelType"),
    contactIdentity: "",
    integrationType: "studio",
    enabled: true,
    dateCreated: now,
    dateUpdated: now,
    other: {
      chat_service_sid: requiredSid(form, "ChatServiceSid", "IS"),
      integration: {},
      long_lived: false,
      janitor_enabled: false,
    },
  };
  applyForm(flow, form);
  account.flexFlows.set(flow.sid, flow);
  return { status: 201, body: toJson(flow, account, base) };
};

export const updateFlexFlow: Resource = (request) => {
  const flow = findFlow(request);
  applyForm(flow, request.form);
  flow.dateUpdated = new Date().toISOString();
  return { status: 200, body: toJson(flow, request.account, request.base) };
};

export const deleteFlexFlow: Resource = (request) => {
  request.account.flexFlows.delete(findFlow(request).sid);
  return { status: 204 };
};

function findFlow({ account, sids: [sid = ""] }: ResourceRequest): FlexFlow {
  const flow = account.flexFlows.get(sid);
  if (!flow) throw notFound(`/FlexFlows/${sid}`);
  return flow;
}

/** Changes the properties that the form contains. */
function applyForm(flow: FlexFlow, form: URLSearchParams): void {
  const channelType = form.get("ChannelType") ?? flow.channelType;
  if (!channelTypes.includes(channelType)) throw invalid("ChannelType", channelType);
  const integrationType = form.get("IntegrationType") ?? flow.integrationType;
  if (!integrationTypes.includes(integrationType)) throw invalid("IntegrationType", integrationType);
  flow.channelType = channelType;
  flow.integrationType = integrationType;
  flow.friendlyName = form.get("FriendlyName") ?? flow.friendlyName;
  flow.contactIdentity = form.get("ContactIdentity") ?? flow.contactIdentity;
  flow.enabled = readFlag(form, "Enabled") ?? flow.enabled;
  flow.other = {
    ...flow.other,
    chat_service_sid: form.get("ChatServiceSid") ?? flow.other.chat_service_sid,
    long_lived: readFlag(form, "LongLived") ?? flow.other.long_lived,
    janitor_enabled: readFlag(form, "JanitorEnabled") ?? flow.other.janitor_enabled,
    integration: { ...(flow.other.integration as object), ...readIntegration(form) },
  };
}

/** The parameters Integration.FlowSid and so on, by their names in the JSON. */
function readIntegration(form: URLSearchParams): Record<string, unknown> {
  const integration: Record<string, unknown> = {};
  const read = (name: string, convert: (value: string) => unknown): void => {
    const value = form.get(`Integration.${name}`);
    if (value !== null) integration[name.replace(/(?<=[a-z])(?=[A-Z])/g, "_").toLowerCase()] = convert(value);
  };
  for (const name of ["FlowSid", "Url", "WorkspaceSid", "WorkflowSid", "Channel"]) read(name, String);
  for (const name of ["Timeout", "Priority", "RetryCount"]) read(name, Number);
  return integration;
}

function readFlag(form: URLSearchParams, name: string): boolean | undefined {
  const value = form.get(name);
  return value === null ? undefined : value.toLowerCase() === "true";
}

function toJson(flow: FlexFlow, account: Account, base: string): object {
  return {
    sid: flow.sid,
    account_sid: account.sid,
    friendly_name: flow.friendlyName,
    channel_type: flow.channelType,
    contact_identity: flow.contactIdentity,
    enabled: flow.enabled,
    integration_type: flow.integrationType,
    ...flow.other,
    date_created: twilioDate(flow.dateCreated),
    date_updated: twilioDate(flow.dateUpdated),
    url: `${base}/FlexFlows/${flow.sid}`,
  };
}

// FlexFlows of Flex's REST API. An account holds so many and no more: a count, which waiting does not help.

import { ApiError, type Account, type FlexFlow } from "../account";
import { newSid } from "../sids";
import { listAnswer } from "./lists";
import { invalid, notFound, required, requiredSid, twilioDate, type Asked, type Resource } from "./resource";

const channelTypes = ["web", "sms", "facebook", "whatsapp", "line", "custom"];
const integrationTypes = ["studio", "external", "task"];

/** Twilio documents no code for a full account; this is one of its codes for a count that is used up. */
const TOO_MANY = 45207;

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

export const fetchFlexFlow: Resource = (asked) => ({
  status: 200,
  body: toJson(findFlow(asked), asked.account, asked.base),
});

export const createFlexFlow: Resource = ({ account, gate, form, base }) => {
  const max = gate.limit("Flex Flows");
  if (account.flexFlows.size >= max) {
    throw new ApiError(400, TOO_MANY, `The account has reached its maximum of ${max} Flex Flows`);
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
  change(flow, form);
  account.flexFlows.set(flow.sid, flow);
  return { status: 201, body: toJson(flow, account, base) };
};

export const updateFlexFlow: Resource = (asked) => {
  const flow = findFlow(asked);
  change(flow, asked.form);
  flow.dateUpdated = new Date().toISOString();
  return { status: 200, body: toJson(flow, asked.account, asked.base) };
};

export const deleteFlexFlow: Resource = (asked) => {
  asked.account.flexFlows.delete(findFlow(asked).sid);
  return { status: 204 };
};

function findFlow({ account, sids: [sid = ""] }: Asked): FlexFlow {
  const flow = account.flexFlows.get(sid);
  if (!flow) throw notFound(`/FlexFlows/${sid}`);
  return flow;
}

/** Takes over what the form names, and leaves the rest. */
function change(flow: FlexFlow, form: URLSearchParams): void {
  const channelType = form.get("ChannelType") ?? flow.channelType;
  if (!channelTypes.includes(channelType)) throw invalid("ChannelType", channelType);
  const integrationType = form.get("IntegrationType") ?? flow.integrationType;
  if (!integrationTypes.includes(integrationType)) throw invalid("IntegrationType", integrationType);
  flow.channelType = channelType;
  flow.integrationType = integrationType;
  flow.friendlyName = form.get("FriendlyName") ?? flow.friendlyName;
  flow.contactIdentity = form.get("ContactIdentity") ?? flow.contactIdentity;
  flow.enabled = flag(form, "Enabled") ?? flow.enabled;
  flow.other = {
    ...flow.other,
    chat_service_sid: form.get("ChatServiceSid") ?? flow.other.chat_service_sid,
    long_lived: flag(form, "LongLived") ?? flow.other.long_lived,
    janitor_enabled: flag(form, "JanitorEnabled") ?? flow.other.janitor_enabled,
    integration: { ...(flow.other.integration as object), ...integration(form) },
  };
}

/** Integration.FlowSid=FW… and its like, by their names in the answer. */
function integration(form: URLSearchParams): Record<string, unknown> {
  const sent: Record<string, unknown> = {};
  for (const name of ["FlowSid", "Url", "WorkspaceSid", "WorkflowSid", "Channel"]) {
    const value = form.get(`Integration.${name}`);
    if (value !== null) sent[name.replace(/(?<=[a-z])(?=[A-Z])/g, "_").toLowerCase()] = value;
  }
  for (const name of ["Timeout", "Priority", "RetryCount"]) {
    const value = form.get(`Integration.${name}`);
    if (value !== null) sent[name.replace(/(?<=[a-z])(?=[A-Z])/g, "_").toLowerCase()] = Number(value);
  }
  return sent;
}

function flag(form: URLSearchParams, name: string): boolean | undefined {
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

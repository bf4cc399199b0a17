// Sessions in the Proxy API. Creating one counts as an out-of-session callback, which has no endpoint of its own.

import { newSid } from "../sids";
import { twilioDate, type Resource } from "./resource";

/** Not stored, because nothing else in the stand-in uses sessions. */
export const createProxySession: Resource = ({ account, form, base }) => {
  const sid = newSid("KC");
  const now = twilioDate(new Date().toISOString());
  return {
    status: 201,
    body: {
      sid,
      service_sid: base.split("/").pop(),
      account_sid: account.sid,
      unique_name: form.get("UniqueName"),
      status: "open",
      mode: form.get("Mode") ?? "voice-and-message",
      ttl: Number(form.get("Ttl") ?? 0),
      date_created: now,
      date_updated: now,
      url: `${base}/Sessions/${sid}`,
    },
  };
};

// Identifiers in Twilio's format: two letters for the kind, then 32 hexadecimal digits.

import { createHash, randomBytes } from "crypto";

export function newSid(prefix: string): string {
  return prefix + randomBytes(16).toString("hex");
}

/** The same name always gives the same sid, so that an agent's URLs and tokens stay valid after a restart. */
export function stableSid(prefix: string, name: string): string {
  return prefix + createHash("md5").update(`${prefix} ${name}`).digest("hex");
}

/**
 * In the bundle, this module replaces how Twilio's Sync SDK makes UUIDs: with `crypto.randomUUID`, which browsers have only
 * since Chrome 92, Firefox 95 and Safari 15.4.
 */

export function randomUUID() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  // Version 4 of the variant that RFC 9562 defines.
  bytes[6] = 0x40 + (bytes[6] % 0x10);
  bytes[8] = 0x80 + (bytes[8] % 0x40);
  const digits = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

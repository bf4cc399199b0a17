// Replaces fonts, sounds and pictures that Flex loads from other hosts by a similar local font, silence, or nothing.

import { sendJson, sendText, type Handler } from "../http";

const assetHosts = /^(assets\.flex\.twilio\.com|media\.twiliocdn\.com|.*\.(googleapis|gstatic)\.com)$/;

export const assetRoutes: Handler = (exchange) => {
  const { host, path, query, response } = exchange;
  if (host === undefined || !assetHosts.test(host)) return false;
  if (host === "fonts.googleapis.com") return sendText(exchange, "text/css", fontFace(query.get("family") ?? ""));
  if (path.endsWith(".json")) return sendJson(exchange, 200, []);
  if (path.endsWith(".mp3")) {
    response.writeHead(200, { "Content-Type": "audio/wav", "Content-Length": silence.length }).end(silence);
    return true;
  }
  response.writeHead(204).end();
  return true;
};

const similarFonts = [
  "Open Sans",
  "Segoe UI",
  "Helvetica Neue",
  "Noto Sans",
  "Roboto",
  "DejaVu Sans",
  "Liberation Sans",
  "Arial",
];

/** Maps "Open Sans:300,400" to a similar font of this machine. */
function fontFace(family: string): string {
  const name = family.split(":")[0] ?? "";
  if (name !== "Open Sans") return "";
  const sources = similarFonts.map((font) => `local("${font}")`).join(", ");
  return `@font-face { font-family: "${name}"; src: ${sources}; }`;
}

/** A tenth of a second of silence as a WAV file. */
const silence = silentWav(800, 8000);

function silentWav(samples: number, samplesPerSecond: number): Buffer {
  const file = Buffer.alloc(44 + samples, 128);
  file.write("RIFF", 0);
  file.writeUInt32LE(36 + samples, 4);
  file.write("WAVEfmt ", 8);
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20); // PCM
  file.writeUInt16LE(1, 22); // one channel
  file.writeUInt32LE(samplesPerSecond, 24);
  file.writeUInt32LE(samplesPerSecond, 28); // bytes a second
  file.writeUInt16LE(1, 32); // bytes a sample
  file.writeUInt16LE(8, 34); // bits a sample
  file.write("data", 36);
  file.writeUInt32LE(samples, 40);
  return file;
}

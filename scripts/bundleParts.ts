/** Prints what each part of the bundle costs, gzipped: `npm run size:parts`, after a build. */

import { readFileSync } from "fs";
import { SourceMap, SourceMapPayload } from "module";
import { resolve } from "path";
import { gzipSync } from "zlib";

const BUNDLE = resolve(__dirname, "../build/plugin-flex-throttle.js");

/** The first matching pattern applies. */
const PARTS: readonly (readonly [path: RegExp, part: string])[] = [
  [/twilio-sync|twilsock|@twilio\/(?!flex-plugin)|sdk\w+\.js|node_modules\/twilio/, "Twilio's Sync SDK"],
  [/node_modules\//, "other libraries"],
  [/src\/texts\//, "`src/texts/`: six languages"],
  [/src\/components\/form\//, "`src/components/form/`: settings form"],
  [/src\/components\/view\/\w*plot/i, "plots of the view"],
  [/src\/components\/view\//, "`src/components/view/`: view “Limits”"],
  [/src\/components\//, "`src/components/`: banners, list, tasks"],
];

const OWN_FOLDER = /src\/(\w+)\//;

function partOf(source: string): string {
  const named = PARTS.find(([path]) => path.test(source));
  if (named) return named[1];
  const folder = OWN_FOLDER.exec(source)?.[1];
  return folder ? `\`src/${folder}/\`` : "start and glue";
}

export interface PartSize {
  readonly part: string;
  /** By how many bytes the gzipped bundle would be smaller without the part. */
  readonly bytes: number;
}

/** @returns the largest part first. The sum is smaller than the bundle: parts that resemble each other compress better. */
export function measureParts(code: string, map: SourceMapPayload): readonly PartSize[] {
  const owners = findOwners(code, new SourceMap(map));
  const parts = Array.from(new Set(owners));
  const whole = gzipSync(code, { level: 9 }).length;
  const without = (part: string) =>
    gzipSync(
      code
        .split("")
        .filter((_, at) => owners[at] !== part)
        .join(""),
      { level: 9 },
    ).length;
  return parts.map((part) => ({ part, bytes: whole - without(part) })).sort((a, b) => b.bytes - a.bytes);
}

/** The part of each UTF-16 unit of the code. */
function findOwners(code: string, map: SourceMap): readonly string[] {
  return code.split("\n").flatMap((line, row) =>
    Array.from({ length: line.length + 1 }, (_, column) => {
      const entry = map.findEntry(row, column);
      return partOf("originalSource" in entry ? entry.originalSource : "");
    }),
  );
}

if (require.main === module) {
  const map = JSON.parse(readFileSync(`${BUNDLE}.map`, "utf8")) as SourceMapPayload;
  for (const { part, bytes } of measureParts(readFileSync(BUNDLE, "utf8"), map))
    console.log(`| ${part} | ${(bytes / 1000).toFixed(1)} kB |`);
}

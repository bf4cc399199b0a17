/** Draws the account's answers per second as an SVG, one row per policy. */

export interface Row {
  readonly name: string;
  readonly note: string;
  readonly joinedBySecond: readonly number[];
  readonly throttledBySecond: readonly number[];
}

const WIDTH = 800;
const LEFT = 190;
const ROW_HEIGHT = 86;
const BARS_HEIGHT = 56;
const TOP = 52;

/** Higher bars are cut off. A label shows their number of 429s. */
const MAX_SHOWN = 40;

const JOINED = "#0b8a5a";
const THROTTLED = "#d6301f";
const BAND = "#eef0f4";

/** A time that the picture marks. */
export interface Band {
  readonly name: string;
  readonly fromMs: number;
  readonly toMs: number;
}

export function drawPicture(title: string, rows: readonly Row[], lastSecond: number, band?: Band): string {
  const seconds = Math.max(10, lastSecond + 1);
  const step = (WIDTH - LEFT - 20) / seconds;
  const height = TOP + rows.length * ROW_HEIGHT + 24;
  const bars = rows.map((row, index) => drawRow(row, TOP + index * ROW_HEIGHT, seconds, step)).join("\n");
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" font-family="system-ui, sans-serif" font-size="12" role="img" aria-label="${escape(title)}">
<rect width="${WIDTH}" height="${height}" fill="#fff"/>
<text x="12" y="20" font-size="15" font-weight="600">${escape(title)}</text>
<rect x="12" y="30" width="10" height="10" fill="${JOINED}"/><text x="27" y="39">joined</text>
<rect x="82" y="30" width="10" height="10" fill="${THROTTLED}"/><text x="97" y="39">throttled (429), per second; the dashed line is the limit</text>
${band ? `${drawBand(band, height, step)}\n` : ""}${bars}
${drawSeconds(seconds, step, height - 10)}
</svg>
`;
}

/** Its name is on the right, because labels of cut-off bars are on the left. */
function drawBand({ name, fromMs, toMs }: Band, height: number, step: number): string {
  const x = (ms: number) => LEFT + (ms / 1000) * step;
  return `<rect x="${x(fromMs).toFixed(1)}" y="${TOP - 6}" width="${(x(toMs) - x(fromMs)).toFixed(1)}" height="${height - TOP - 18}" fill="${BAND}"/><text x="${(x(toMs) - 4).toFixed(1)}" y="${TOP + 7}" font-size="11" text-anchor="end" fill="#555">${escape(name)}</text>`;
}

function drawRow(
  { name, note, joinedBySecond, throttledBySecond }: Row,
  top: number,
  seconds: number,
  step: number,
): string {
  const floor = top + BARS_HEIGHT + 14;
  const scale = BARS_HEIGHT / MAX_SHOWN;
  const parts = [
    `<text x="12" y="${top + 34}" font-weight="600">${escape(name)}</text>`,
    `<text x="12" y="${top + 50}" fill="#555">${escape(note)}</text>`,
  ];
  let isCutOff = false;
  for (let second = 0; second < seconds; second += 1) {
    const joined = joinedBySecond[second] ?? 0;
    const throttled = throttledBySecond[second] ?? 0;
    const shown = Math.min(throttled, MAX_SHOWN - Math.min(joined, MAX_SHOWN));
    const x = LEFT + second * step;
    const bar = (count: number, above: number, color: string) =>
      `<rect x="${x.toFixed(1)}" y="${(floor - (above + count) * scale).toFixed(1)}" width="${Math.max(0.8, step - 0.6).toFixed(1)}" height="${(count * scale).toFixed(1)}" fill="${color}"/>`;
    if (joined > 0) parts.push(bar(joined, 0, JOINED));
    if (shown > 0) parts.push(bar(shown, joined, THROTTLED));
    // Labels only the first bar that is cut off, since labels of neighbours would overlap.
    if (shown < throttled && !isCutOff) {
      isCutOff = true;
      parts.push(
        `<text x="${x.toFixed(1)}" y="${floor - BARS_HEIGHT - 3}" font-size="10" fill="${THROTTLED}">${throttled} throttled</text>`,
      );
    }
  }
  const limit = floor - 10 * scale;
  parts.push(
    `<line x1="${LEFT}" x2="${WIDTH - 20}" y1="${limit}" y2="${limit}" stroke="#777" stroke-dasharray="3 3"/>`,
  );
  parts.push(`<line x1="${LEFT}" x2="${WIDTH - 20}" y1="${floor}" y2="${floor}" stroke="#bbb"/>`);
  return parts.join("\n");
}

function drawSeconds(seconds: number, step: number, y: number): string {
  const every = [5, 10, 20, 30, 60].find((each) => seconds / each <= 12) ?? 60;
  // A label at the very end would be cut off.
  const marks = Array.from({ length: Math.floor((seconds * 0.97) / every) + 1 }, (_, index) => index * every);
  return marks
    .map(
      (second) =>
        `<text x="${(LEFT + second * step).toFixed(1)}" y="${y}" font-size="11" fill="#555">${second} s</text>`,
    )
    .join("\n");
}

function escape(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

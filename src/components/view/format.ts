/** Numbers and times as they stand in the view. */

/** @returns `18:49:36`, with the day before it unless that is today; by the agent's own clock and time zone. */
export function formatTime(atMs: number, todayMs = Date.now()): string {
  const time = new Date(atMs).toTimeString().slice(0, 8);
  const day = formatDay(atMs);
  return day === formatDay(todayMs) ? time : `${day} ${time}`;
}

function formatDay(ms: number): string {
  const date = new Date(ms);
  const padTo2 = (part: number) => String(part).padStart(2, "0");
  return `${date.getFullYear()}-${padTo2(date.getMonth() + 1)}-${padTo2(date.getDate())}`;
}

export function formatNumber(value: number, language: string): string {
  return new Intl.NumberFormat(language, { maximumFractionDigits: 1 }).format(value);
}

/** Numbers and times as they stand in the view. */

/** @returns `18:49:36`, with the day before it unless that is today; by the agent's own clock and time zone. */
export function timeOfDay(atMs: number, todayMs = Date.now()): string {
  const time = new Date(atMs).toTimeString().slice(0, 8);
  const day = dayOf(atMs);
  return day === dayOf(todayMs) ? time : `${day} ${time}`;
}

function dayOf(ms: number): string {
  const date = new Date(ms);
  const two = (part: number) => String(part).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

export function inNumbers(value: number, language: string): string {
  return new Intl.NumberFormat(language, { maximumFractionDigits: 1 }).format(value);
}

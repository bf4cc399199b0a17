/** Formats numbers and times for the view. */

import { AdminServices } from "../services";

/** @returns local time such as `18:49:36`, preceded by the date unless it is today. */
export function formatTime(atMs: number, todayMs = Date.now()): string {
  const time = new Date(atMs).toTimeString().slice(0, 8);
  const day = formatDay(atMs);
  return day === formatDay(todayMs) ? time : `${day} ${time}`;
}

/** @returns the local date such as `2026-11-29`. */
export function formatDay(ms: number): string {
  const date = new Date(ms);
  const padTo2 = (part: number) => String(part).padStart(2, "0");
  return `${date.getFullYear()}-${padTo2(date.getMonth() + 1)}-${padTo2(date.getDate())}`;
}

/** @returns local date and time such as `2026-11-29 18:00`. */
export function formatHour(ms: number): string {
  return `${formatDay(ms)} ${new Date(ms).toTimeString().slice(0, 5)}`;
}

/** For measured waits: in seconds also if they are long. */
export function formatWait(ms: number, services: Pick<AdminServices, "language" | "text">): string {
  return services.text("ViewSeconds", { seconds: formatNumber(ms / 1000, services) });
}

export function formatNumber(value: number, { language }: Pick<AdminServices, "language">): string {
  return new Intl.NumberFormat(language(), { maximumFractionDigits: 1 }).format(value);
}

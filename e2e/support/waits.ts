/** Waits as the plugin shows them: "8 s", "5 min", "4 min 59 s". */

/** As a part of a regular expression. */
export const WAIT = String.raw`(?:\d+\smin ?)?(?:\d+\ss)?`;

/** @returns the seconds of the first wait in a text; 0 if there is none. */
export function readSeconds(text: string): number {
  const numberBefore = (unit: string) => Number(new RegExp(String.raw`(\d+)\s${unit}\b`).exec(text)?.[1] ?? 0);
  return 60 * numberBefore("min") + numberBefore("s");
}

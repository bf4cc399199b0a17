/** The path of a setting, and its text form. */

/** The keys that lead to a setting, starting below `flexThrottle`. */
export type Path = readonly (string | number)[];

/** @returns the path in JavaScript notation: `flexThrottle.limits["POST /channels"].burst`. */
export function formatPath(path: Path): string {
  return path.reduce<string>(
    (text, key) =>
      typeof key === "string" && /^[A-Za-z_$][\w$]*$/.test(key) ? `${text}.${key}` : `${text}[${JSON.stringify(key)}]`,
    "flexThrottle",
  );
}

/** Where a setting stands, and how that is written for a person. */

/** The keys that lead there from `flexThrottle`, which itself is not among them. */
export type Path = readonly (string | number)[];

/** @returns the path as one would write it in JavaScript: `flexThrottle.limits["POST /channels"].burst`. */
export function formatPath(path: Path): string {
  return path.reduce<string>(
    (text, key) =>
      typeof key === "string" && /^[A-Za-z_$][\w$]*$/.test(key) ? `${text}.${key}` : `${text}[${JSON.stringify(key)}]`,
    "flexThrottle",
  );
}

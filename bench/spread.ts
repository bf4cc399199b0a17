/** Describes the results of several rounds. */

const sorted = (values: readonly number[]) => values.slice().sort((a, b) => a - b);

export const median = (values: readonly number[]) => sorted(values)[Math.floor(values.length / 2)];

/** Such as `12 (10 to 15)`: median, minimum and maximum. */
export function describeSpread(values: readonly number[], digits: number): string {
  const all = sorted(values);
  const [min, max] = [all[0], all[all.length - 1]];
  return `${median(values).toFixed(digits)} (${min.toFixed(digits)} to ${max.toFixed(digits)})`;
}

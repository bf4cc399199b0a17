/**
 * For what is measured by the clock: on a machine that others share, one slow measurement says nothing of the plugin, and
 * where the plugin is slow none of them is good.
 *
 * @param measure is awaited at most so many times, until one is good enough.
 * @returns the first good one, else the last.
 */
export async function bestOf<Figure>(
  times: number,
  measure: () => Promise<Figure>,
  isGood: (figure: Figure) => boolean,
): Promise<Figure> {
  for (let left = times; ; left -= 1) {
    const figure = await measure();
    if (isGood(figure) || left === 1) return figure;
  }
}

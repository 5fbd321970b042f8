/** Shortest wait after a failure, in milliseconds. */
const shortest = 1000;

/**
 * How long to wait after failures in a row: doubling from a second to
 * `longest`, spread over the upper half so that many partitions do not come
 * back in one wave. What the source asked for (`retryAfter`) is a floor, up to
 * an hour.
 *
 * @param options.chance - evenly distributed in [0, 1)
 */
export function backOff(options: {
  failures: number;
  longest: number;
  chance: number;
  retryAfter?: number;
}): number {
  const { failures, longest, chance, retryAfter = 0 } = options;
  const ceiling = Math.min(
    longest,
    shortest * 2 ** Math.min(Math.max(failures - 1, 0), 20),
  );
  const wait = ceiling * (0.5 + chance / 2);
  return Math.round(Math.max(wait, Math.min(retryAfter, 60 * 60 * 1000)));
}

/** 97.5 % of a normal distribution lie below: both bounds together leave 5 %. */
const z = 1.959963984540054;

/**
 * Lower bound of how often somebody is right, at 95 %, after having been
 * right so many times of so many: Wilson's, which does not jump to certainty
 * after a few lucky ones.
 *
 * @param options.minimum - samples that it takes to say anything
 * @returns 0 to 1; `undefined` below the minimum
 */
export function calibrate(options: {
  right: number;
  of: number;
  minimum: number;
}): number | undefined {
  const { right, of, minimum } = options;
  if (of < Math.max(1, minimum)) {
    return undefined;
  }
  const share = right / of;
  const zz = z * z;
  const centre = share + zz / (2 * of);
  const spread = z * Math.sqrt((share * (1 - share) + zz / (4 * of)) / of);
  // (centre - spread) / (1 + zz / of), without the difference of two numbers
  // that are almost the same.
  return share ** 2 / (centre + spread);
}

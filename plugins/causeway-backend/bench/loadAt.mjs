/** A percentile of some times. */
export const percentile = (values, share) =>
  [...values].sort((a, b) => a - b)[Math.ceil(values.length * share) - 1];

/**
 * Calls at an even pace, whether or not earlier calls have been answered, and
 * measures each from when it should have begun: who waits in front of a busy
 * server waits as well.
 *
 * @param {{ perSecond: number, count: number, call: (n: number) => Promise<void> }} options
 * @returns {Promise<number[]>} milliseconds of each call
 */
export async function loadAt({ perSecond, count, call }) {
  const began = performance.now();
  return Promise.all(
    Array.from({ length: count }, async (_, n) => {
      const due = began + (n * 1000) / perSecond;
      await new Promise(resolve => {
        setTimeout(resolve, due - performance.now());
      });
      await call(n);
      return performance.now() - due;
    }),
  );
}
